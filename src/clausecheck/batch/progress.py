"""What a run says of its progress; who shows it, and where, is the command line's business."""

from collections.abc import Sequence
from typing import Protocol

from clausecheck.document.model import Problem


class Listener(Protocol):
    """Told of each step as it ends."""

    def reading(self, total: int) -> None:
        """``total`` files are about to be read; those already known are not counted."""

    def read(self, pages: int, problems: Sequence[Problem]) -> None:
        """One file was read."""

    def judging(self, total: int) -> None:
        """``total`` dossiers are about to be judged; those already done are not counted."""

    def judged(self, problems: Sequence[Problem]) -> None:
        """One dossier was judged."""


class Silent:
    """Listens and says nothing."""

    def reading(self, total: int) -> None:
        """Say nothing."""

    def read(self, pages: int, problems: Sequence[Problem]) -> None:
        """Say nothing."""

    def judging(self, total: int) -> None:
        """Say nothing."""

    def judged(self, problems: Sequence[Problem]) -> None:
        """Say nothing."""
