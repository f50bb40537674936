"""The register of ideal points from votes in the UN General Assembly."""
