"""Addresses of the app, one file for each subject."""
