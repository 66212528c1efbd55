"""Command line: arguments in, French messages and exit codes out."""
