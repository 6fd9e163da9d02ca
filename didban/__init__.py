"""The flow from register to report, and its command line."""
