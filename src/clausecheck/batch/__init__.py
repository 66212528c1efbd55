"""Batch: reserved for judging many dossiers in one run."""
