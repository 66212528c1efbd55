"""The measured quality, one data file: ``models/qualite.json``, the figures of ``docs/qualite.md``, shipped with the package."""

import json
from functools import cache
from pathlib import Path

from clausecheck.catalogue.schema import Strict
from clausecheck.vocabulary import Status

NAME = "qualite.json"


class ContractFigure(Strict):
    """A figure on real contracts, 0 to 1. ``read``: those the rules were written with; ``unread``: those nobody read."""

    label: str
    aim: float
    read: float
    unread: float
    rules_read: float
    rules_unread: float


class BankFigure(Strict):
    """A figure on contracts composed from clauses written apart, 0 to 1. ``model``: rules and model; ``rules``: rules alone."""

    label: str
    aim: float
    model: float
    rules: float


class StatusFigure(Strict):
    """How many findings announced with a ``status`` were right, on contracts nobody read."""

    status: Status
    right: int
    total: int


class MeasuredQuality(Strict):
    """What was measured, of which version, when (in French) and by which command."""

    version: str
    measured: str
    command: str
    contracts: tuple[ContractFigure, ...]
    bank: tuple[BankFigure, ...]
    confidence: tuple[StatusFigure, ...]


@cache
def load_quality() -> MeasuredQuality:
    """Read the figures shipped with the package, or those of the source tree."""
    installed = Path(__file__).parent.parent / "_data" / "models" / NAME
    path = installed if installed.is_file() else Path(__file__).parents[3] / "models" / NAME
    return MeasuredQuality.model_validate(json.loads(path.read_text(encoding="utf-8")))
