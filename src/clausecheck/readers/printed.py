"""What a paragraph of a word-processing file prints and what it hides, whatever the format."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from clausecheck.document.builder import Piece


@dataclass(slots=True)
class Printed:
    """``pieces`` printed and ``hidden``; ``characters`` and ``bold`` count those printed, blanks left out."""

    pieces: list[Piece] = field(default_factory=list)
    hidden: list[Piece] = field(default_factory=list)
    characters: int = 0
    bold: int = 0

    @property
    def all_bold(self) -> bool:
        """True when every printed character is bold."""
        return 0 < self.characters == self.bold

    def keep(self, pieces: Sequence[Piece], *, bold: bool, hidden: bool) -> int:
        """File ``pieces`` and return how many characters they print."""
        if hidden:
            self.hidden.extend(pieces)
            return 0
        count = sum(len("".join(text.split())) for text, _ in pieces)
        self.pieces.extend(pieces)
        self.characters += count
        self.bold += count if bold else 0
        return count
