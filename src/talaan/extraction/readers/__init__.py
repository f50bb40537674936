"""Who turns leads into claims: a language model, a proven pattern (a person is one too, in the workbench)."""
