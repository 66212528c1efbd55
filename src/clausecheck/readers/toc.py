"""Tables of contents typed as plain lists: entries that repeat the headings of the document."""

import re
from collections.abc import Iterator

from clausecheck.document import Block, Document, DocumentBuilder
from clausecheck.readers.headings import list_marker
from clausecheck.vocabulary import BlockKind, Layer

TITLE = re.compile(r"(?:\d{1,2}[.)]?\s+)?(?:sommaire|table des mati[èe]res|table of contents)\s*:?", re.IGNORECASE)
"""The title of a table of contents."""

_PAGE = re.compile(r"[\s.…_]*\d{1,3}$")


def mark_typed_toc(draft: Document, builder: DocumentBuilder) -> None:
    """Move to layer TOC the blocks of ``draft`` that follow a contents title and repeat headings."""
    for index in _entries(draft):
        builder.amend(index, kind=BlockKind.PARAGRAPH, layer=Layer.TOC, level=None, number=None)


def _entries(draft: Document) -> Iterator[int]:
    headings = {_key(draft, block) for block in draft.blocks if block.kind is BlockKind.HEADING}
    inside = False
    for index, block in enumerate(draft.blocks):
        if TITLE.fullmatch(draft.quote(block.span)):
            inside = True
        elif inside and block.kind is not BlockKind.HEADING and _repeats(draft, block, headings):
            yield index
        elif block.layer is Layer.BODY:
            inside = False


def _repeats(draft: Document, block: Block, headings: set[str]) -> bool:
    key = _key(draft, block)
    return key in headings or _PAGE.sub("", key) in headings


def _key(draft: Document, block: Block) -> str:
    text = draft.quote(block.span)
    marker = list_marker(text) or ""
    return " ".join(text[len(marker) :].lower().split())
