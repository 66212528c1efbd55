"""Styles of a DOCX, with what they inherit: heading level, numbering, bold, hidden text, table of contents."""

import re
from dataclasses import dataclass, replace

from clausecheck.readers.docx_xml import W, find, integer, members, switched, val
from clausecheck.readers.package import Element

_HEADING_NAME = re.compile(r"(?:heading|titre)\s*([1-9])", re.IGNORECASE)
_TITLE_NAMES = ("title", "titre")
_TOC_NAME = re.compile(r"(?:toc|tm|table of figures|table des illustrations|table of authorities)(?:\s*\d|\s+heading|$)", re.IGNORECASE)
_TITLED = re.compile(r"titre|heading|title", re.IGNORECASE)
_MAX_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Style:
    """A style once inherited. ``heading``: level from 1; ``num_id``: «0» means numbering switched off."""

    id: str = ""
    name: str = ""
    heading: int | None = None
    num_id: str | None = None
    num_level: int | None = None
    num_owner: str = ""
    bold: bool = False
    hidden: bool = False
    toc: bool = False

    @property
    def titled(self) -> bool:
        """True when the style is named after titles, although it gives no level."""
        return bool(_TITLED.search(self.name))


class Styles:
    """Resolves styles by identifier; an unknown identifier gives the default paragraph style."""

    def __init__(self, root: Element | None) -> None:
        elements = [] if root is None else root.findall(W + "style")
        self._elements = {style.get(W + "styleId", ""): style for style in elements}
        self._resolved: dict[str, Style] = {}
        default = next((s for s in elements if s.get(W + "default") == "1" and s.get(W + "type") == "paragraph"), None)
        self.default = Style() if default is None else self._resolve(default.get(W + "styleId", ""), 0)

    def get(self, style_id: str | None) -> Style:
        """Return the style ``style_id``."""
        return self._resolve(style_id, 0) if style_id in self._elements and style_id else self.default

    def character(self, style_id: str | None) -> Style:
        """Return the character style ``style_id``; an empty one when there is none."""
        return self._resolve(style_id, 0) if style_id in self._elements and style_id else Style()

    def _resolve(self, style_id: str, depth: int) -> Style:
        if style_id not in self._resolved:
            self._resolved[style_id] = self._inherit(style_id, depth)
        return self._resolved[style_id]

    def _inherit(self, style_id: str, depth: int) -> Style:
        element = self._elements.get(style_id)
        if element is None or depth > _MAX_DEPTH:
            return Style()
        based_on = val(element, "basedOn")
        base = self._resolve(based_on, depth + 1) if based_on and based_on != style_id else Style()
        return _overridden(base, element, style_id)


def _overridden(base: Style, element: Element, style_id: str) -> Style:
    name = val(element, "name") or style_id
    run = members(find(element, "rPr"))
    return replace(
        _numbered(base, element, style_id),
        id=style_id,
        name=name,
        heading=_heading_level(base, element, name),
        bold=switched(run, "b", inherited=base.bold),
        hidden=switched(run, "vanish", inherited=base.hidden),
        toc=base.toc or bool(_TOC_NAME.match(name)),
    )


def _heading_level(base: Style, element: Element, name: str) -> int | None:
    outline = integer(val(element, "pPr", "outlineLvl"))
    if outline is not None:
        return outline + 1 if outline < 9 else None
    if match := _HEADING_NAME.fullmatch(name):
        return int(match[1])
    return 1 if name.lower() in _TITLE_NAMES else base.heading


def _numbered(base: Style, element: Element, style_id: str) -> Style:
    properties = find(element, "pPr", "numPr")
    if properties is None:
        return base
    num_id, level = val(properties, "numId"), integer(val(properties, "ilvl"))
    return replace(
        base,
        num_id=num_id or base.num_id,
        num_level=base.num_level if level is None else level,
        num_owner=style_id,
    )
