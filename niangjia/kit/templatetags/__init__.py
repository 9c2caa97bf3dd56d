"""The tags of the house."""
