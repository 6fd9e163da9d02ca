"""Checks: pure functions from a snapshot to a result, one file each."""
