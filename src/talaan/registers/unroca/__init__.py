"""The register of the UN Register of Conventional Arms."""
