"""How events and disputes stand on pages: rows for the tables and lists of the kit."""
