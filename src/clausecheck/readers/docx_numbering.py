"""Automatic numbers of a DOCX, computed as Word prints them."""

import re
from dataclasses import dataclass, field
from functools import partial

from clausecheck.readers.counters import bare_number, format_number, spaced
from clausecheck.readers.docx_styles import Style, Styles
from clausecheck.readers.docx_xml import Members, W, find, integer, members, toggle, val
from clausecheck.readers.package import Element
from clausecheck.readers.paragraphs import Label
from clausecheck.readers.symbols import bullet

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_SUFFIXES = {"nothing": "", "space": " ", "tab": " "}


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list. ``restart``: the 1-based level above which it restarts, 0 never, None any higher level."""

    start: int
    format: str
    text: str
    legal: bool
    suffix: str
    restart: int | None
    style: str | None


@dataclass(slots=True)
class _List:
    """An abstract list and its running counters, shared by every ``w:num`` that points to it."""

    levels: dict[int, _Level]
    counters: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


@dataclass(slots=True)
class _Instance:
    """A ``w:num``: its list, its own levels, and the starts that apply from its first paragraph on."""

    list: _List
    levels: dict[int, _Level]
    starts: dict[int, int]


class Numbering:
    """Counts the numbered paragraphs in document order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        abstracts = {} if root is None else {a.get(W + "abstractNumId", ""): a for a in root.findall(W + "abstractNum")}
        nums = [] if root is None else root.findall(W + "num")
        targets = {num.get(W + "numId", ""): val(num, "abstractNumId") or "" for num in nums}
        lists = {key: _List(_levels(_linked(abstract, abstracts, targets, styles))) for key, abstract in abstracts.items()}
        self._instances = {
            num.get(W + "numId", ""): _instance(num, lists[targets[num.get(W + "numId", "")]])
            for num in nums
            if targets[num.get(W + "numId", "")] in lists
        }
        self._started: set[tuple[str, int]] = set()

    def next(self, properties: Members, style: Style) -> Label | None:
        """Advance for a paragraph with these members of ``w:pPr`` and style; return the label printed, None when it has none."""
        direct = properties.get(W + "numPr")
        num_id = val(direct, "numId") or style.num_id
        instance = self._instances.get(num_id or "")
        if instance is None or num_id is None:
            return None
        level = integer(val(direct, "ilvl"))
        if level is None:
            level = _level_of_style(instance, style)
        if level not in instance.levels:
            return None
        self._advance(instance, num_id, level)
        return _label(instance, level)

    def _advance(self, instance: _Instance, num_id: str, level: int) -> None:
        counters = instance.list.counters
        if level in instance.starts and (num_id, level) not in self._started:
            self._started.add((num_id, level))
            counters[level] = None
        current = counters[level]
        counters[level] = _start(instance, level) if current is None else current + 1
        for deeper in range(level + 1, _LEVELS):
            if _restarts(instance, deeper, level):
                counters[deeper] = None


def _restarts(instance: _Instance, deeper: int, level: int) -> bool:
    restart = instance.levels[deeper].restart if deeper in instance.levels else None
    return restart is None or level < restart


def _start(instance: _Instance, level: int) -> int:
    if level in instance.starts:
        return instance.starts[level]
    return instance.levels[level].start if level in instance.levels else 1


def _level_of_style(instance: _Instance, style: Style) -> int:
    for level, definition in instance.levels.items():
        if definition.style and definition.style in (style.id, style.num_owner):
            return level
    return style.num_level or 0


def _label(instance: _Instance, level: int) -> Label:
    definition = instance.levels[level]
    suffix = _SUFFIXES.get(definition.suffix, " ")
    if definition.format == "bullet":
        return Label(bullet(definition.text) + " ", None, level + 1)
    fill = partial(_filled, instance, definition)
    printed = fill(definition.text)
    number = bare_number(definition.text, _PLACEHOLDER, fill)
    return Label(spaced(printed, suffix) if printed.strip() else "", number, level + 1)


def _filled(instance: _Instance, definition: _Level, pattern: str) -> str:
    return _PLACEHOLDER.sub(lambda match: _value(instance, int(match[1]) - 1, legal=definition.legal), pattern)


def _value(instance: _Instance, level: int, *, legal: bool) -> str:
    definition = instance.levels.get(level)
    counter = instance.list.counters[level]
    if definition is None or definition.format == "none":
        return ""
    value = _start(instance, level) if counter is None else counter
    return str(value) if legal else format_number(value, definition.format)


def _instance(num: Element, target: _List) -> _Instance:
    levels, starts = dict(target.levels), {}
    for override in num.findall(W + "lvlOverride"):
        index = integer(override.get(W + "ilvl"))
        if index is None or not 0 <= index < _LEVELS:
            continue
        own = find(override, "lvl")
        if own is not None:
            levels[index] = _level(own)
        start = integer(val(override, "startOverride"))
        if start is not None:
            starts[index] = start
    return _Instance(target, levels, starts)


def _linked(abstract: Element, abstracts: dict[str, Element], targets: dict[str, str], styles: Styles) -> Element:
    """Follow ``w:numStyleLink`` to the list that the numbering style really uses."""
    link = val(abstract, "numStyleLink")
    target = targets.get(styles.character(link).num_id or "") if link else None
    return abstracts.get(target or "", abstract)


def _levels(abstract: Element) -> dict[int, _Level]:
    found = {}
    for element in abstract.findall(W + "lvl"):
        index = integer(element.get(W + "ilvl"))
        if index is not None and 0 <= index < _LEVELS:
            found[index] = _level(element)
    return found


def _level(element: Element) -> _Level:
    own = members(element)
    start = integer(val(own.get(W + "start")))
    return _Level(
        start=0 if start is None else start,
        format=val(own.get(W + "numFmt")) or "decimal",
        text=val(own.get(W + "lvlText")) or "",
        legal=toggle(own, "isLgl") or False,
        suffix=val(own.get(W + "suff")) or "tab",
        restart=integer(val(own.get(W + "lvlRestart"))),
        style=val(own.get(W + "pStyle")),
    )
