"""Rosters as people really keep them, read into the register: file, heads, checks, staging, take-over, and back again."""
