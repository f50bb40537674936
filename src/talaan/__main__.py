"""`python -m talaan` is the `talaan` command."""

from talaan.cli.main import run

if __name__ == "__main__":
    run()
