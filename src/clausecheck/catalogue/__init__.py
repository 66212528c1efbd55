"""Catalogue: the requirements, lexicon and frames read from YAML, checked and frozen."""
