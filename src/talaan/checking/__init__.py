"""Checking: leads and claims in, the register's rows beside leads and verdicts on claims out; `rules.py` is the table of rules."""
