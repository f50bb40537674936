"""Bytes into documents with stable offsets: files, folders, JSON lines, standard input, addresses."""

from talaan.documents.load import load, load_bytes
from talaan.documents.sources import Source, sources

__all__ = ["Source", "load", "load_bytes", "sources"]
