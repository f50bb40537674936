"""The register of Correlates of War formal alliances."""
