"""The register of SIPRI's tables of trend-indicator values."""
