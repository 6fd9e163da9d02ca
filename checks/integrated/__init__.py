"""Checks of integrated government (I)."""
