"""The didban command, one file per group of commands."""
