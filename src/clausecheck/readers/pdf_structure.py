"""From lines to paragraphs: which line continues the one above, across columns and pages too."""

import itertools
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from clausecheck.readers.headings import is_capitals, list_marker, parse_number
from clausecheck.readers.pdf_layout import Line

_TERMINAL = frozenset(".!?:;…")
_CLOSING = frozenset('»”")')
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:art|cf|al|p|pp|ex|chap|vol|M|MM|Mme|n)\.\s*$", re.IGNORECASE)
_BRACKETED = re.compile(r"\((?:[ivx]{1,5}|[a-z]|\d{1,2})\)\s")
_SIZE_CHANGE = 0.08
_OCR_SIZE_CHANGE = 0.35
"""Relative change of size that opens a paragraph; sizes measured on scans vary."""

_LOOSE = 1.35
"""A line further below than this many usual leadings opens a paragraph."""

_WIDEST = 2.3
"""Widest leading inside a sentence, in font sizes."""


class Group:
    """Lines that make one block, in order; ``text``: their words, joined by spaces."""

    __slots__ = ("lines", "text")

    def __init__(self, line: Line) -> None:
        self.lines, self.text = [line], line.text

    def append(self, line: Line) -> None:
        """Add the next line."""
        self.lines.append(line)
        self.text += " " + line.text


@dataclass(slots=True)
class Typography:
    """What is usual in a document: body size and weight, leading for each size, edges of each column.

    ``bold``: so much of the body is bold that weight says nothing.
    """

    size: float
    bold: bool = False
    leading: dict[int, float] = field(default_factory=dict)
    page_leading: dict[tuple[int, int], float] = field(default_factory=dict)
    right: dict[tuple[int, int], float] = field(default_factory=dict)
    left: dict[tuple[int, int], float] = field(default_factory=dict)

    def usual_leading(self, line: Line) -> float:
        """Usual distance, in points, from a line to the next at this size."""
        size = round(line.size)
        usual = self.leading.get(size, 1.2 * max(line.size, 1.0))
        return self.page_leading.get((line.page, size), usual)

    def edge(self, line: Line) -> float:
        """Right edge of the column of ``line``."""
        return self.right.get((line.page, line.column), line.right)


def measure(lines: Sequence[Line]) -> Typography:
    """Measure the usual sizes, leadings and edges of the body lines."""
    sizes: Counter[float] = Counter()
    edges: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        if not line.is_row:
            sizes[round(line.size * 2) / 2] += len(line.text)
            edges[line.page, line.column].append(line)
    typography = Typography(
        size=sizes.most_common(1)[0][0] if sizes else 10.0,
        bold=_mostly_bold(lines),
        right={key: _right_edge(column) for key, column in edges.items()},
        left={key: min(line.left for line in column) for key, column in edges.items()},
    )
    _measure_leading(lines, typography)
    return typography


def _mostly_bold(lines: Sequence[Line]) -> bool:
    total = sum(len(line.text) for line in lines)
    return sum(len(line.text) for line in lines if line.bold) > 0.35 * total


def _measure_leading(lines: Sequence[Line], typography: Typography) -> None:
    """Leadings seen inside sentences: a full line, then one that starts with a small letter."""
    steps: dict[int, list[float]] = defaultdict(list)
    by_page: dict[tuple[int, int], list[float]] = defaultdict(list)
    for above, below in itertools.pairwise(lines):
        step, size = below.top - above.top, round(below.size)
        if _inside_sentence(above, below, typography) and 0 < step < _WIDEST * max(above.size, 1.0):
            steps[size].append(step)
            by_page[below.page, size].append(step)
    typography.leading = {size: statistics.median(values) for size, values in steps.items()}
    typography.page_leading = {key: statistics.median(values) for key, values in by_page.items() if len(values) >= 2}


def _inside_sentence(above: Line, below: Line, typography: Typography) -> bool:
    if above.page != below.page or above.column != below.column or above.cells or below.cells:
        return False
    if not (below.text[0].islower() or _ends_shortened(above.text)) or round(above.size) != round(below.size):
        return False
    return not (list_marker(below.text) or _ends_sentence(above.text) or _would_fit(above, below, typography))


def _right_edge(lines: Sequence[Line]) -> float:
    rights = sorted(line.right for line in lines)
    return rights[min(len(rights) - 1, int(0.92 * len(rights)))]


def continues(group: Group, line: Line, typography: Typography) -> bool:
    """Tell whether ``line`` belongs to the same paragraph as ``group``."""
    above = group.lines[-1]
    if above.is_row or line.is_row:
        return False
    if above.page != line.page or above.column != line.column:
        return _continues_elsewhere(group, line, typography)
    step = line.top - above.top
    usual = max(typography.usual_leading(above), typography.usual_leading(line))
    widest = _WIDEST * line.size if _inside_sentence(above, line, typography) else _LOOSE * usual
    if step < 0 or step > widest:
        return False
    if _changes_size(above, line) and min(len(above.text), len(line.text)) > 3:
        return False
    return _same_paragraph(group, above, line, typography)


def _ends_sentence(text: str) -> bool:
    end = text.rstrip()
    if end[-1:] in _CLOSING:
        end = end[:-1].rstrip()
    return end[-1:] in _TERMINAL and not _ends_shortened(text)


def _ends_shortened(text: str) -> bool:
    """Tell whether ``text`` ends with an abbreviation: «cf.»."""
    return text.rstrip()[-1:] == "." and bool(_ABBREVIATION.search(text))


def _changes_size(above: Line, line: Line) -> bool:
    allowed = _SIZE_CHANGE if line.confidence is None else _OCR_SIZE_CHANGE
    return abs(above.size - line.size) > allowed * max(above.size, line.size)


def _same_paragraph(group: Group, above: Line, line: Line, typography: Typography) -> bool:
    ended = _ends_sentence(above.text)
    fits = _would_fit(above, line, typography)
    if list_marker(line.text):
        return not fits and (_runs_on(group, line) or (not ended and line.text[0] in "-–—" and not list_marker(group.text)))
    if _opens_paragraph(group, line, fits=fits, ended=ended):
        return False
    if _is_bare_number(group) or _ends_shortened(above.text):
        return True
    if _capital_title(group.text) and not is_capitals(line.text):
        return False
    if fits or (ended and above.text.rstrip().endswith(";")):
        return not ended and line.text[0].islower()
    return not (ended and _indented(group, line))


def _runs_on(group: Group, line: Line) -> bool:
    """Tell whether ``line`` opens with a number of an enumeration run in a sentence: «(i) livrer, (ii) former»."""
    return bool(_BRACKETED.match(line.text) and _BRACKETED.search(group.text, 1))


def _opens_paragraph(group: Group, line: Line, *, fits: bool, ended: bool) -> bool:
    """A number, or a change of weight outside a sentence, that opens a paragraph."""
    above = group.lines[-1]
    reweighted = above.bold != line.bold
    if _opens_number(line.text) and (ended or fits or reweighted or _is_title_group(group)):
        return True
    return reweighted and not _flows(above, line, fits=fits, ended=ended)


def _capital_title(text: str) -> bool:
    """A title in capitals, its number aside: text in small letters below it is no part of it."""
    numbered = parse_number(text)
    return is_capitals(numbered.title if numbered else text)


def _flows(above: Line, line: Line, *, fits: bool, ended: bool) -> bool:
    """A change of weight inside a sentence: the line above is full and not ended."""
    return not ended and not fits and (line.text[0].islower() or (not line.bold and not above.bold))


def _would_fit(above: Line, line: Line, typography: Typography) -> bool:
    """Tell whether the first word of ``line`` had room at the end of the line above."""
    first = line.text.split(" ", 1)[0]
    char = (line.right - line.left) / max(len(line.text), 1)
    return above.right + (len(first) + 1.5) * char < typography.edge(above)


def _opens_number(text: str) -> bool:
    numbered = parse_number(text)
    return bool(numbered) and (not numbered.title or not numbered.title[0].islower()) if numbered else False


def _is_title_group(group: Group) -> bool:
    return group.lines[0].bold and all(line.bold for line in group.lines)


def _is_bare_number(group: Group) -> bool:
    if len(group.lines) != 1:
        return False
    numbered = parse_number(group.text)
    return (numbered is not None and not numbered.title) or bool(re.fullmatch(r"[-•▪o☐☒]", group.text))


def _indented(group: Group, line: Line) -> bool:
    """A first-line indent: the line starts right of the paragraph's other lines."""
    lines = group.lines[1:] or group.lines
    return line.left > min(other.left for other in lines) + 0.8 * line.size


def _continues_elsewhere(group: Group, line: Line, typography: Typography) -> bool:
    """A sentence cut by the end of a column or page."""
    above = group.lines[-1]
    if _ends_sentence(above.text) or list_marker(line.text) or above.bold != line.bold:
        return False
    if _changes_size(above, line) or is_capitals(above.text) != is_capitals(line.text):
        return False
    if line.text[0].islower():
        return True
    full = above.right > typography.edge(above) - 4 * above.size
    return full and not _opens_number(line.text) and not _is_title_group(group)
