"""talaan reads reporting about the arms trade and holds its claims against the open registers."""

__version__ = "0.1.0"
