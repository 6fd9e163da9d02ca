"""Checks of participatory government (P)."""
