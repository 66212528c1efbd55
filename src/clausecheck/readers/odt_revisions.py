"""Tracked changes of an ODT as another view than the final one shows them: its XML is turned before it is read.

An ODT keeps what was deleted apart (``text:tracked-changes``), with a mark where it stood; what was inserted stands between two marks.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import partial
from itertools import dropwhile, takewhile

from clausecheck.readers.odt_xml import TEXT, XML_ID
from clausecheck.readers.package import Element
from clausecheck.vocabulary import MARKS, View

_PARAGRAPHS = (TEXT + "p", TEXT + "h")
_DELETION, _INSERTION = TEXT + "deletion", TEXT + "insertion"

_Slot = tuple[Element, str]
"""A place of text in the tree: an element and «text» or «tail»."""


def turning(view: View) -> Callable[[Element], None] | None:
    """Return what turns the XML of a part towards ``view``, None where nothing is to be done."""
    return None if view is View.FINAL else partial(_turn, marked=view is View.MARKED)


def _turn(root: Element, *, marked: bool) -> None:
    regions = {identifier: region for region in root.iter(TEXT + "changed-region") for identifier in _identifiers(region) if len(region)}
    for mark in list(root.iter(TEXT + "change")):
        region = regions.get(mark.get(TEXT + "change-id") or "")
        if region is not None and region[0].tag == _DELETION:
            _restore(mark, region[0], marked=marked)
    for start in list(root.iter(TEXT + "change-start")):
        region = regions.get(start.get(TEXT + "change-id") or "")
        if region is not None and region[0].tag == _INSERTION:
            _inserted(root, start, region[0], marked=marked)
    for region in {id(region): region for region in regions.values()}.values():
        region[0].tag = _INSERTION if marked or region[0].tag == _DELETION else _DELETION


def _identifiers(region: Element) -> Iterator[str]:
    yield from (value for name in (TEXT + "id", XML_ID) if (value := region.get(name)))


def _restore(mark: Element, deletion: Element, *, marked: bool) -> None:
    """Put deleted text back: its last paragraph goes on in the one of the mark, the others stand before it."""
    paragraph = next((a for a in mark.iterancestors() if a.tag in _PARAGRAPHS), None)
    deleted = [deepcopy(p) for p in deletion if p.tag in _PARAGRAPHS]
    if not deleted:
        return
    if paragraph is None:
        for piece in deleted:
            _decorate(piece, deleted=True, marked=marked)
            mark.addprevious(piece)
        return
    for piece in deleted[:-1]:
        _decorate(piece, deleted=True, marked=marked)
        paragraph.addprevious(piece)
    last = deleted[-1]
    if "".join(map(str, last.itertext())):
        last.tag = TEXT + "span"
        _decorate(last, deleted=True, marked=marked)
        mark.addprevious(last)


def _decorate(element: Element, *, deleted: bool, marked: bool) -> None:
    if marked and "".join(map(str, element.itertext())):
        opening, closing = MARKS[deleted]
        element.text = opening + (element.text or "")
        tail = element.makeelement(TEXT + "span", {}, None)
        tail.text = closing
        element.append(tail)


def _inserted(root: Element, start: Element, insertion: Element, *, marked: bool) -> None:
    """Between the two marks of an insertion: set marks, or move the text to where a deletion keeps its own."""
    slots = [(element, name) for element, name in _between(root, start) if getattr(element, name)]
    if not slots:
        return
    if marked:
        opening, closing = MARKS[False]
        _set(slots[0], opening + getattr(*slots[0]))
        _set(slots[-1], getattr(*slots[-1]) + closing)
        return
    kept = insertion.makeelement(TEXT + "p", {}, None)
    kept.text = "".join(getattr(*slot) for slot in slots)
    insertion.append(kept)
    for slot in slots:
        _set(slot, None)


def _set(slot: _Slot, text: str | None) -> None:
    setattr(*slot, text)


def _between(root: Element, start: Element) -> Iterator[_Slot]:
    """Yield the places of text from ``start`` to the mark that ends its change."""
    identifier = start.get(TEXT + "change-id")
    after = dropwhile(lambda slot: slot != (start, "tail"), _slots(root))
    return takewhile(lambda slot: not (slot[0].tag == TEXT + "change-end" and slot[0].get(TEXT + "change-id") == identifier), after)


def _slots(element: Element) -> Iterator[_Slot]:
    yield element, "text"
    for child in element:
        yield from _slots(child)
        yield child, "tail"
