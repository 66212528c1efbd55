"""Sentences of legal French and English: a splitter that knows the abbreviations of contracts.

The parsers' own splitters cut «l'art. | 33»; a contract's unit of meaning is the sentence or the item of an enumeration.
"""

import re
from collections.abc import Iterator

_ABBREVIATION = re.compile(
    r"(?:\b(?:art|arts|al|cf|ex|p|pp|réf|ref|n|no|nos|m|mm|mme|mmes|mlle|dr|me|st|ste|sté|av|bd|tél|tel|fax|vol|chap|annexe|"
    r"etc|env|min|max|resp|soc|inc|ltd|co|e\.g|i\.e|nb|[a-z])\.|\b[LRDA]\.)$",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"\b[A-Z](?:\.[A-Z])+\.$")
_OPENING = re.compile(
    r"\s+(?:L[ea]s?|L['’]|Il|Elle|Ils|Elles|Ce|Cet|Cette|Ces|Cela|En|Dans|Pour|Au|Aux|À|Si|S['’]il|Tout|Toute|Tous|Toutes|Une?|Des|Du|"
    r"D['’]|Chaque|Aucune?|Par|Sur|Sauf|The|This|It|Any|All|In)(?![\w.])"
)
"""Words that open a sentence and no name: after «R.G.P.D.» they tell its full stop from the last dot of the acronym."""

_END = re.compile(
    r"(?:[.!?…](?=[\s\u202f»\"”)]|$)[\s\u202f]*[»\"”)]*|\s;(?=\s*(?:[-–—•▪►✓]|\d+[.)°]\s|[a-z][.)]\s))|[:;]?(?=\s+(?:[–—•▪►]|- )\s*\S))"
)
_BARE_NUMBER = re.compile(r"\s*(?:article\s+)?[\dIVXivx]+(?:\.\d+)*\s*[.)]\s*|\s*[a-zA-Z]\s*[.)]\s*")
_NEXT_START = re.compile(r"\s*[«\"“(\[–—•▪►\-]*\s*(?:[^\W_a-z]|[A-ZÀ-Ý0-9☐☒])")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each sentence of ``text``, trimmed of blanks."""
    start = 0
    for match in _END.finditer(text):
        if match.end() <= start or _BARE_NUMBER.fullmatch(text, start, match.end()) or not _is_end(text, match):
            continue
        yield from _trim(text, start, match.end())
        start = match.end()
    yield from _trim(text, start, len(text))


def _is_end(text: str, match: re.Match[str]) -> bool:
    mark = match.group()
    if not mark or mark[0] not in ".!?…":
        return _enumerates(text, match)
    before = text[max(0, match.start() - 12) : match.start() + 1]
    if mark[0] == "." and _ABBREVIATION.search(before):
        return bool(_ACRONYM.search(before) and _OPENING.match(text, match.start() + 1))
    return match.end() >= len(text.rstrip()) or _NEXT_START.match(text, match.end()) is not None


def _enumerates(text: str, match: re.Match[str]) -> bool:
    """A dash opens an item after «:», «;» or «.», not in the middle of a sentence («le titulaire – ou son mandataire – …»)."""
    before = text[: match.end()].rstrip()
    return before.endswith((":", ";", ".", ","))


def _trim(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
