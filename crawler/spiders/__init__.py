"""Spiders: one for all portals."""
