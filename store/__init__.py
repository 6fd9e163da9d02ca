"""Rounds, visits and findings in a database. Written and owned by one hand: see repository.py for all access."""
