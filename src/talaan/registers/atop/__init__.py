"""The register of Alliance Treaty Obligations and Provisions (ATOP)."""
