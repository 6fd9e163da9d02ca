"""`python -m didban` is the didban command."""

from didban.cli.main import main

if __name__ == "__main__":
    main()
