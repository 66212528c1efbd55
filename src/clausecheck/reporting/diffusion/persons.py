"""Finds the names of natural persons: after a civility, after the words that announce who signs or whom to reach, and said again alone."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from clausecheck.catalogue.schema import PersonWords
from clausecheck.document.model import Document, TextSpan
from clausecheck.vocabulary import Layer

_SPACE = r"[ \t\u00a0\u202f]+"
_WORD = r"(?!(?:Tél|Tel|Mail|Mél|Fax|Port)\b)(?:[A-ZÀ-ÖØ-Þ][\w'’\-]*\w|[A-ZÀ-ÖØ-Þ]\.)"
_PARTICLE = r"(?:(?:d[eu]|des|la|le|van|von|di|da|el|ben)[ \u00a0]+|d['’])"
_MORE = 3
"""Words of a name after its first one."""
_ANNOUNCED = r"[ \t\u00a0\u202f]*[:|–][ \t\u00a0\u202f]*"
_REVISION = re.compile(r"(?:suppression|insertion|modification) de (.+?)(?: le \d[^\u202f]*?)?(?: \(\d+ passages\))?\u202f:")
_COMMENT = re.compile(r"Commentaire de (.+?)\u202f:")
_UNKNOWN = "auteur inconnu"


def name_pattern(least: int) -> str:
    """Return the pattern of a name of ``least`` words or more: «Jeanne de Zorglub», «ZORGLUB Jeanne»."""
    return rf"(?P<name>(?:{_WORD})(?:{_SPACE}{_PARTICLE}?(?:{_WORD})){{{least - 1},{_MORE}}})"


@dataclass(frozen=True)
class Persons:
    """Applies the catalogue's ``words``. ``known``: names met elsewhere in the dossier, hidden wherever they stand."""

    words: PersonWords
    known: tuple[str, ...] = ()

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        civility = rf"\b(?:{_any(self.words.civilities)}){_SPACE}"
        announced = rf"\b(?i:{_any(self.words.labels)}){_ANNOUNCED}(?:{civility})?"
        by = rf"\b(?i:{_any(self.words.introductions)}){_SPACE}(?:(?:son|sa|leur)\b[^,\n]{{1,80}},\s*)?(?:{civility})?"
        spoken = [rf"{civility}{name_pattern(1)}", rf"{announced}{name_pattern(2)}", rf"{by}{name_pattern(2)}"]
        again = [rf"(?<!\w)(?P<name>{_any(self.known)})(?!\w)"] if self.known else []
        return tuple(map(re.compile, [*spoken, *again]))

    @cached_property
    def _not_names(self) -> frozenset[str]:
        return frozenset(word.lower() for word in self.words.not_names)

    def spans(self, text: str) -> Iterator[TextSpan]:
        """Yield where ``text`` names a person; some may overlap."""
        for pattern in self._patterns:
            for match in pattern.finditer(text):
                if not self._is_function(match["name"]):
                    yield TextSpan(*match.span("name"))

    def _is_function(self, name: str) -> bool:
        """Tell that the words name an office or a service: «Madame la Présidente», «Contact : Service Achats»."""
        return any(word.lower().strip(".") in self._not_names for word in name.split())

    def meeting(self, documents: Iterable[Document]) -> "Persons":
        """Return these words with every full name that ``documents`` give, and the authors of their changes and comments."""
        names = {name for document in documents for name in (*self._full_names(document.text), *_authors(document))}
        return Persons(self.words, tuple(sorted(names, key=lambda name: (-len(name), name))))

    def _full_names(self, text: str) -> Iterator[str]:
        yield from (name for span in self.spans(text) if " " in (name := text[span.start : span.end]))


def _authors(document: Document) -> Iterator[str]:
    """Yield who changed or commented the file, as its readers tell it."""
    told = [match[1] for warning in document.warnings for match in _REVISION.finditer(warning.message)]
    notes = (document.quote(block.span) for block in document.blocks if block.layer is Layer.NOTE)
    told += [match[1] for note in notes if (match := _COMMENT.match(note))]
    yield from (name for name in told if name != _UNKNOWN)


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
