"""The vocabulary every room speaks: claims, documents, entries, verdicts, figures, errors."""
