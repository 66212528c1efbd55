"""Reporting: a judged dossier as HTML, JSON or text for the terminal."""
