"""Tracked changes of a DOCX as another view than the final one shows them: its XML is turned before it is read."""

from collections.abc import Callable

from clausecheck.readers.docx_xml import W, find
from clausecheck.readers.package import Element
from clausecheck.vocabulary import MARKS, View

_INSERTED = (W + "ins", W + "moveTo")
_DELETED = (W + "del", W + "moveFrom")
_SWAPPED = dict(zip((*_INSERTED, *_DELETED), (*_DELETED, *_INSERTED), strict=True))


def turning(view: View) -> Callable[[Element], None] | None:
    """Return what turns the XML of a part towards ``view``, None where nothing is to be done."""
    return {View.ORIGINAL: _swap, View.MARKED: _mark}.get(view)


def _swap(root: Element) -> None:
    """The original is what is read when insertions and deletions trade places."""
    for element in root.iter(*_SWAPPED):
        element.tag = _SWAPPED[str(element.tag)]


def _mark(root: Element) -> None:
    """Keep everything, deletions and insertions between their marks."""
    for element in list(root.iter(*_SWAPPED)):
        deleted = element.tag in _DELETED
        if find(element, "r") is not None:
            opening, closing = MARKS[deleted]
            element.insert(0, _run(element, opening))
            element.append(_run(element, closing))
        if deleted:
            element.tag = _SWAPPED[str(element.tag)]


def _run(near: Element, text: str) -> Element:
    run = near.makeelement(W + "r", {}, None)
    holder = near.makeelement(W + "t", {}, None)
    holder.text = text
    run.append(holder)
    return run
