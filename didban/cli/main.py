"""The didban command."""


def main() -> None:
    """Entry point of the `didban` command."""
