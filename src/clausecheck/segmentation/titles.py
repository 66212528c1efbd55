"""Titles printed as text: they name a subject, bind nobody, and prove nothing."""

import re
from collections.abc import Sequence

_NUMBER = re.compile(
    r"\s*(?:(?:\d{1,3}(?:\.\d{1,3})+)\s?[.)°–—-]?\s+|(?:\d{1,3}|[IVX]{1,5}|[A-Z])(?:[.\-]\d{1,3})*(?:\s?[.)°]|\s?[–—-](?=\s))+\s*)"
)
_BARE_NUMBER = re.compile(r"\s*(?:\d{1,3}(?:\.\d{1,3})*|[A-Z](?:\.\d{1,3})+|[IVX]{1,5})\s?[.)]?\s*")
_NAMES = re.compile(r"[^\W\d_][^.;:,!?…|/@=_\d☐☒{}]*")
"""Letters and blanks alone: no figure, which may be a delay, and nothing that ends or parts a sentence."""

_SENTENCE = re.compile(
    r"(?:Les?|La|L['’]|Un|Une|Il|Elle|Ils|Elles|Ce|Cet|Cette|Ces|Tout|Toute|Tous|Toutes|Chaque|Aucune?|Nul|On|Nous|Vous|The|Each|All|No)\b|"
    r".*\b(?:interdi\w+|obligatoire\w*|uniquement|exclusivement|doi(?:t|vent)|peut|peuvent|est|sont|sera|seront|engage\w*|must|shall|will|is|are)\b",
    re.IGNORECASE | re.DOTALL,
)
_MOST_WORDS = 6
_MOST_CAPITALS = 10
_PROSE = 8
"""Words from which what follows a title is a sentence, rather than the next line of a terse list."""


def is_title(text: str, following: str) -> bool:
    """Tell whether a whole block is a title: its bare number, a few capitals, or a few words that prose follows."""
    if _BARE_NUMBER.fullmatch(text):
        return True
    words = _words(text.rstrip(" :"))
    if not words:
        return False
    if "".join(words).isupper():
        return _NUMBER.match(text) is not None and len(words) <= _MOST_CAPITALS
    return len(words) <= _MOST_WORDS and len(following.split()) >= _PROSE and not text.rstrip().endswith(":")


def is_run_in(sentence: str) -> bool:
    """Tell whether the first sentence of a block is its title: «G. Transferts. Le prestataire …»."""
    return _NUMBER.match(sentence) is not None and 0 < len(_words(sentence.rstrip(" ."))) <= _MOST_WORDS


def _words(text: str) -> Sequence[str]:
    """Return the words of what may be a title, without its number; none where it reads as a sentence."""
    number = _NUMBER.match(text)
    name = text[number.end() if number else 0 :].strip()
    if not _NAMES.fullmatch(name) or not name[0].isupper() or _SENTENCE.match(name):
        return ()
    return name.split()
