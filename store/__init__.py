"""Findings and rounds in a database."""
