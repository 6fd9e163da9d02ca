"""Kits that authors of rules may look at when a figure is poor."""
