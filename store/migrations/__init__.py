"""Migrations of the store, run by store.session."""
