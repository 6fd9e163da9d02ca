"""Checks of transparent government (T)."""
