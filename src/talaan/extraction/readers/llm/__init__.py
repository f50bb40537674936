"""What a language model is asked and what it answers: requests out, answers in, drafts of claims out."""
