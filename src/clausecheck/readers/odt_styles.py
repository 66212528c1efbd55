"""Styles of an ODT, with what they inherit."""

from dataclasses import dataclass, replace

from clausecheck.readers.odt_xml import FO, STYLE, TEXT
from clausecheck.readers.package import Element
from clausecheck.readers.symbols import is_symbol_font

_MAX_DEPTH = 20


@dataclass(frozen=True, slots=True)
class OdtStyle:
    """A paragraph or character style once inherited; ``font``: a symbol font only, ``None`` for letters."""

    name: str = ""
    title: bool = False
    list_style: str | None = None
    bold: bool = False
    hidden: bool = False
    font: str | None = None


class OdtStyles:
    """Resolves the named styles of styles.xml and the automatic styles of the part."""

    def __init__(self, *roots: Element | None) -> None:
        self._elements: dict[tuple[str, str], Element] = {}
        for root in roots:
            for style in [] if root is None else root.iter(STYLE + "style"):
                self._elements[style.get(STYLE + "family", ""), style.get(STYLE + "name", "")] = style
        self._resolved: dict[tuple[str, str], OdtStyle] = {}

    def paragraph(self, name: str | None) -> OdtStyle:
        """Return the paragraph style ``name``; an empty one when there is none."""
        return self._resolve(("paragraph", name or ""), 0)

    def character(self, name: str | None, around: OdtStyle) -> OdtStyle:
        """Return the look of a span of style ``name`` inside text of look ``around``."""
        key = ("text", name or "")
        if key not in self._elements:
            return around
        return _overridden(around, self._elements[key])

    def _resolve(self, key: tuple[str, str], depth: int) -> OdtStyle:
        element = self._elements.get(key)
        if element is None or depth > _MAX_DEPTH:
            return OdtStyle(key[1])
        if key not in self._resolved:
            parent = element.get(STYLE + "parent-style-name")
            base = self._resolve((key[0], parent), depth + 1) if parent else OdtStyle()
            self._resolved[key] = _overridden(base, element)
        return self._resolved[key]


def _overridden(base: OdtStyle, element: Element) -> OdtStyle:
    text = element.find(STYLE + "text-properties")
    name = element.get(STYLE + "display-name") or element.get(STYLE + "name") or ""
    style = replace(base, name=base.name if _automatic(name, base) else name, title=base.title or name in ("Title", "Titre"))
    listed = element.get(STYLE + "list-style-name")
    if listed is not None:
        style = replace(style, list_style=listed or None)
    return style if text is None else _formatted(style, text)


def _automatic(name: str, base: OdtStyle) -> bool:
    """Tell the automatic styles «P12», «T3», which have a parent with a name a reader knows."""
    return bool(base.name) and name[:1] in "PT" and name[1:].isdecimal()


def _formatted(style: OdtStyle, text: Element) -> OdtStyle:
    weight, display = text.get(FO + "font-weight"), text.get(TEXT + "display")
    font = text.get(STYLE + "font-name") or text.get(FO + "font-family")
    if weight is not None:
        style = replace(style, bold=weight == "bold" or (weight.isdecimal() and int(weight) >= 600))
    if display is not None:
        style = replace(style, hidden=display == "none")
    if font is not None:
        style = replace(style, font=font if is_symbol_font(font) else None)
    return style
