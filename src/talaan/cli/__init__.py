"""The command line: arguments in, one pipeline or read function called, its result printed."""
