"""Levels to scores, coverage, bounds and ranks; pure."""
