"""The round as people read it."""
