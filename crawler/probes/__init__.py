"""Looks beyond the link graph, one file each."""
