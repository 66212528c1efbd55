"""The vendor register: what was found, consultation after consultation, in one local SQLite file."""
