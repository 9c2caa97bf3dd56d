"""Pages of events and disputes."""
