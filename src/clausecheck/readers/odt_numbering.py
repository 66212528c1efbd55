"""Automatic numbers of an ODT, computed as LibreOffice prints them."""

import re
from dataclasses import dataclass, field

from clausecheck.readers.counters import bare_number, format_number, spaced
from clausecheck.readers.odt_xml import LOEXT, STYLE, TEXT, XML_ID, count
from clausecheck.readers.package import Element
from clausecheck.readers.paragraphs import Label
from clausecheck.readers.symbols import bullet

_LEVELS = 10
_PLACEHOLDER = re.compile(r"%(\d{1,2})%")
_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none"}
_LEVEL_TAGS = tuple(
    TEXT + name for name in ("list-level-style-number", "list-level-style-bullet", "list-level-style-image", "outline-level-style")
)


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list style. ``text``: pattern with %n% placeholders; ``bullet``: the sign printed instead."""

    format: str
    text: str
    start: int
    bullet: str | None
    suffix: str


@dataclass(slots=True)
class OdtList:
    """A list being counted: its style's levels and the running counters."""

    levels: dict[int, _Level]
    style: str
    counters: list[int | None] = field(default_factory=lambda: [None] * (_LEVELS + 1))

    def next(self, level: int, start: int | None = None) -> Label | None:
        """Advance ``level`` (from 1), to ``start`` when the file sets it, and return the label printed."""
        definition = self.levels.get(level)
        if definition is None:
            return None
        current = self.counters[level]
        self.counters[level] = start if start is not None else definition.start if current is None else current + 1
        self.counters[level + 1 :] = [None] * (_LEVELS - level)
        if definition.bullet is not None:
            return Label(f"{definition.bullet} ", None, level)
        return self._label(definition, level)

    def _label(self, definition: _Level, level: int) -> Label | None:
        printed = self._filled(definition.text)
        if not printed.strip() or (definition.format == "none" and not _PLACEHOLDER.sub("", definition.text).strip()):
            return None
        return Label(spaced(printed, definition.suffix), bare_number(definition.text, _PLACEHOLDER, self._filled), level)

    def _filled(self, pattern: str) -> str:
        return _PLACEHOLDER.sub(lambda match: self._value(int(match[1])), pattern)

    def _value(self, level: int) -> str:
        definition = self.levels.get(level)
        if definition is None or level > _LEVELS:
            return ""
        value = self.counters[level]
        return format_number(definition.start if value is None else value, definition.format)


class OdtNumbering:
    """The list styles of a document, its outline, and the lists met so far."""

    def __init__(self, *roots: Element | None) -> None:
        self._styles: dict[str, dict[int, _Level]] = {}
        outline: dict[int, _Level] = {}
        for root in roots:
            for style in [] if root is None else root.iter(TEXT + "list-style"):
                self._styles[style.get(STYLE + "name", "")] = _levels(style)
            for style in [] if root is None else root.iter(TEXT + "outline-style"):
                outline = _levels(style)
        self.outline = OdtList(outline, "Outline")
        self._by_id: dict[str, OdtList] = {}
        self._latest: dict[str, OdtList] = {}

    def open(self, element: Element, default_style: str | None) -> OdtList:
        """Return the list of an outermost ``text:list``: a new one, or the one that it continues."""
        style = element.get(TEXT + "style-name") or default_style or ""
        found = self._by_id.get(element.get(TEXT + "continue-list") or "")
        if found is None and element.get(TEXT + "continue-numbering") == "true":
            found = self._latest.get(style)
        current = found or OdtList(self._styles.get(style, {}), style)
        self._latest[style] = current
        identifier = element.get(XML_ID)
        if identifier:
            self._by_id[identifier] = current
        return current

    def restyled(self, current: OdtList, style: str | None) -> OdtList:
        """Return ``current``, or the same counters under another style that a nested list names."""
        if not style or style == current.style or style not in self._styles:
            return current
        return OdtList(self._styles[style], style, current.counters)


def _levels(style: Element) -> dict[int, _Level]:
    return {count(level, TEXT + "level"): _level(level) for level in style if level.tag in _LEVEL_TAGS}


def _level(element: Element) -> _Level:
    sign = None
    if element.tag == TEXT + "list-level-style-bullet":
        sign = bullet(element.get(TEXT + "bullet-char") or "•")
    elif element.tag == TEXT + "list-level-style-image":
        sign = "•"
    number_format = element.get(STYLE + "num-format") or ""
    return _Level(
        format=_FORMATS.get(number_format, "decimal"),
        text=element.get(LOEXT + "num-list-format") or element.get(STYLE + "num-list-format") or _pattern(element, number_format),
        start=count(element, TEXT + "start-value"),
        bullet=sign,
        suffix=_suffix(element),
    )


def _pattern(element: Element, number_format: str) -> str:
    """Rebuild the pattern of files older than ``num-list-format``: prefix, levels joined by dots, suffix."""
    level = count(element, TEXT + "level")
    first = level - count(element, TEXT + "display-levels") + 1
    shown = ".".join(f"%{index}%" for index in range(max(first, 1), level + 1)) if number_format else ""
    return (element.get(STYLE + "num-prefix") or "") + shown + (element.get(STYLE + "num-suffix") or "")


def _suffix(element: Element) -> str:
    alignment = next(element.iter(STYLE + "list-level-label-alignment"), None)
    followed = None if alignment is None else alignment.get(TEXT + "label-followed-by")
    return "" if followed == "nothing" else " "
