"""Check French public procurement contracts for data protection, security and data ownership clauses."""

__version__ = "0.1.0"
