"""Proven patterns as a reader: an analysed text in, drafts of claims out."""
