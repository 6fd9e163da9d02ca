"""Fictional agencies' portals, served on loopback, with their truth."""
