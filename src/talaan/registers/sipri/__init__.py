"""SIPRI's trade register: its facts (register.toml), its reader, and the bundled excerpt (sample/)."""
