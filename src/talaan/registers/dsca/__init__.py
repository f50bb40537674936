"""The register of notifications of possible US Foreign Military Sales."""
