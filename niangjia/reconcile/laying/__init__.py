"""Two lists laid beside each other: read, compared, and merged into what was known of them before."""
