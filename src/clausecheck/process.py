"""Prepares a process for work that is done once, then over."""

import gc
import os

_COLLECT_EVERY = 50_000
"""Objects made between two searches for cycles: the catalogue is many small objects that live as long as the process."""


def set_up() -> None:
    """Collect rarely, and compute on one core: dossiers are shared out between processes, small products gain nothing from threads."""
    gc.set_threshold(_COLLECT_EVERY)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is imported
