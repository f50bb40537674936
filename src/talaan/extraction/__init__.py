"""Documents to leads and claims: gate, sentences, mentions, relevance, readers; anchoring and resolving shared by all."""
