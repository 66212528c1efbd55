"""The inside of an ODT paragraph: what is read and what is set aside."""

from dataclasses import dataclass, field

from clausecheck.document import ParagraphLocator
from clausecheck.document.builder import Piece
from clausecheck.readers.odt_styles import OdtStyle, OdtStyles
from clausecheck.readers.odt_xml import DRAW, FORM, OFFICE, TEXT, XML_ID, TextNode, count, text_nodes
from clausecheck.readers.package import Element
from clausecheck.readers.pieces import BREAK, clean
from clausecheck.readers.printed import Printed
from clausecheck.readers.symbols import TICKED, UNTICKED, decode

_SKIPPED = {TEXT + name for name in ("ruby-text", "tracked-changes", "note-citation", "script")} | {OFFICE + "annotation-end"}
_ASIDE = {TEXT + "note", OFFICE + "annotation", TEXT + "change", TEXT + "change-start"}


@dataclass(slots=True)
class OdtInline(Printed):
    """What a paragraph holds; ``aside``: notes, comments, changes and drawings, in order."""

    aside: list[Element] = field(default_factory=list)


class OdtRuns:
    """Reads the paragraphs of one part."""

    def __init__(self, part: str, root: Element, styles: OdtStyles) -> None:
        self._part = part
        self._styles = styles
        self._paragraphs = {p: index for index, p in enumerate(root.iter(TEXT + "p", TEXT + "h"))}
        self._controls = dict(_controls(root))

    def read(self, paragraph: Element) -> OdtInline:
        """Return the content of ``paragraph``."""
        style = self._styles.paragraph(paragraph.get(TEXT + "style-name"))
        place = ParagraphLocator(self._part, self._paragraphs[paragraph])
        order = {node: index for index, node in enumerate(text_nodes(paragraph))}
        reading = _Reading(self._styles, self._controls, place, order)
        reading.walk(paragraph, style)
        return reading.found


@dataclass(slots=True)
class _Reading:
    styles: OdtStyles
    controls: dict[str, str]
    place: ParagraphLocator
    order: dict[TextNode, int]
    found: OdtInline = field(default_factory=OdtInline)

    def walk(self, element: Element, look: OdtStyle) -> None:
        self._text((element, False), element.text, look)
        for child in element:
            self._child(child, look)
            self._text((child, True), child.tail, look)

    def _child(self, child: Element, look: OdtStyle) -> None:
        tag = child.tag
        if tag in _SKIPPED:
            return
        if tag in _ASIDE:
            self.found.aside.append(child)
        elif tag == DRAW + "control":
            self._keep([(self.controls.get(child.get(DRAW + "control") or "", ""), self.place)], look)
        elif str(tag).startswith(DRAW) and tag != DRAW + "a":
            self.found.aside.append(child)
        elif blank := _blank(child):
            self._keep([(blank, self.place)], look)
        elif tag == TEXT + "hidden-text":
            self.found.hidden.append((child.get(TEXT + "string-value") or "", self.place))
        else:
            self.walk(child, self.styles.character(child.get(TEXT + "style-name"), look) if tag == TEXT + "span" else look)

    def _text(self, node: TextNode, text: str | None, look: OdtStyle) -> None:
        if text:
            place = ParagraphLocator(self.place.part, self.place.paragraph, self.order[node])
            self._keep(list(clean(decode(text, look.font) if look.font else text, place)), look)

    def _keep(self, pieces: list[Piece], look: OdtStyle) -> None:
        self.found.keep(pieces, bold=look.bold, hidden=look.hidden)


def _blank(element: Element) -> str:
    if element.tag == TEXT + "s":
        return " " * min(count(element, TEXT + "c"), 1000)
    if element.tag == TEXT + "tab":
        return " "
    return BREAK if element.tag == TEXT + "line-break" else ""


def _controls(root: Element) -> list[tuple[str, str]]:
    """Return what each form control prints, by identifier: a box and its label, or the value typed."""
    found = []
    for control in root.iter(FORM + "checkbox", FORM + "radio", FORM + "text", FORM + "textarea", FORM + "combobox"):
        identifier = control.get(FORM + "id") or control.get(XML_ID) or ""
        found.append((identifier, _control_text(control)))
    return found


def _control_text(control: Element) -> str:
    if control.tag in (FORM + "checkbox", FORM + "radio"):
        state = control.get(FORM + "current-state") or control.get(FORM + "state") or control.get(FORM + "current-selected") or ""
        box = TICKED if state in ("checked", "true") else UNTICKED
        return f"{box} {control.get(FORM + 'label') or ''}".rstrip()
    return control.get(FORM + "current-value") or control.get(FORM + "value") or ""
