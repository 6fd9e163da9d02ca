"""Checks of user-centric government (U)."""
