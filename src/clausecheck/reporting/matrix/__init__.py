"""The matrix of a batch: requirement × vendor × lot, as files and on the terminal."""

from clausecheck.reporting.matrix.folder import FORMATS, read_folder, write_matrix

__all__ = ["FORMATS", "read_folder", "write_matrix"]
