"""Any other list of deals, read by a map of its columns."""
