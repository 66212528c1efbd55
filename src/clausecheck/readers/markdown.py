"""Markdown reader: headings, lists, tables and text, freed of their marks."""

import html
import re
from collections.abc import Iterator

from clausecheck.document import Document, DocumentBuilder, Source
from clausecheck.readers.counters import RAISED
from clausecheck.readers.headings import guess_heading, heading_number, list_marker, parse_number
from clausecheck.readers.outline import Outline
from clausecheck.readers.pdf_words import LineJoiner
from clausecheck.readers.plaintext import add_text
from clausecheck.readers.text_encoding import decode
from clausecheck.vocabulary import BlockKind, Layer

_WIDEST = 120
"""No editor wraps its lines at more: a longer line ended where its author ended a sentence, and the next opens a paragraph."""

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FRONT_MATTER = re.compile(r"\A---\n(?:[\w-]+:.*\n|[ \t].*\n|- .*\n)+---\n")
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-{2,})\s*$")
_RULE = re.compile(r"^ {0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_ITEM = re.compile(r"^(?P<indent>\s*)(?P<marker>[-*+]|\d{1,3}[.)])\s+(?P<text>.*)$")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_CELL = re.compile(r"(?<!\\)\|")
_BOLD_LINE = re.compile(r"^(?:\*\*|__)(?P<text>[^*_]+(?:[*_][^*_]+)*)(?:\*\*|__)\s*:?\s*$")
_PAGE_TITLE = re.compile(r"^#{1,6}\s+page\s+\d+\s*$", re.IGNORECASE | re.MULTILINE)
_HTML_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_INNER_LINK = re.compile(r"^\**\[[^\]]*\]\(#[^)]*\)\**\s*$")
_FOOTNOTE = re.compile(r"^\[\^(?P<mark>[^\]]+)\]:\s*(?P<text>.*)$")
_NOTE_CALL = re.compile(r"\[\^(\d{1,3})\]")
_TASK = re.compile(r"^\[(?P<tick>[ xX])\]\s+")
_INLINE = (
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\[[^\]]*\]"), r"\1"),
    (re.compile(r"<((?:https?://|mailto:)[^>]+|[\w.+-]+@[\w.-]+)>"), r"\1"),
    (re.compile(r"<br\s*/?>|\\:br", re.IGNORECASE), " "),
    (re.compile(r"</?[A-Za-z][^>]*>"), ""),
    (re.compile(r"(?<!\\)(\*{1,3})(?=\S)(.+?)(?<=\S)(?<!\\)\1"), r"\2"),
    (re.compile(r"(?<![\w\\])(_{1,3})(?=[^\s_])(.+?)(?<=[^\s_])\1(?!\w)"), r"\2"),
    (re.compile(r"~~(.+?)~~"), r"\1"),
    (re.compile(r"`+([^`]+)`+"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~$&\"'])"), r"\1"),
)


def read(data: bytes, source: Source) -> Document:
    """Read a Markdown file; one converted from a PDF («## Page 3») is read as plain text."""
    builder = DocumentBuilder(source)
    text = _COMMENT.sub("", decode(data))
    text = _FRONT_MATTER.sub("", text)
    if len(_PAGE_TITLE.findall(text)) >= 2:
        _add_converted(Outline(builder), text)
    else:
        _MarkdownWalker(Outline(builder)).walk(text.split("\n"))
    return builder.build()


def strip_inline(text: str) -> str:
    """Return ``text`` without emphasis, links, tags and escapes; calls of footnotes become raised digits."""
    text = _NOTE_CALL.sub(lambda match: match[1].translate(RAISED), text)
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return re.sub(r"[ \t]+", " ", html.unescape(text)).strip()


def _add_converted(outline: Outline, text: str) -> None:
    """Page titles and rules are the converter's own: they cut no sentence."""
    lines = (line for line in text.split("\n") if not _RULE.match(line) and not _PAGE_TITLE.match(line))
    add_text(outline, (re.sub(r"^(\s*)(?:#{1,6}|>)\s+", r"\1", line) for line in lines))


class _MarkdownWalker:
    """Takes the lines one by one; text waits in ``_pending`` until a blank line or another construct ends it."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._pending: list[str] = []
        self._item: tuple[str, int] | None = None
        self._indents: list[int] = []
        self._counts: list[tuple[str, int]] = []
        self._html: list[str] = []
        self._joiner = LineJoiner(())

    def walk(self, lines: list[str]) -> None:
        """Read all lines."""
        self._joiner = LineJoiner(lines)
        for line in _without_fences(lines):
            self._line(line.expandtabs(4).rstrip())
        self._flush_html()
        self._flush()

    def _line(self, line: str) -> None:
        line = re.sub(r"^\s{0,3}(?:>\s?)+", "", line)
        if self._html or _HTML_TABLE.search(line):
            self._take_html(line)
        elif not line.strip() or line.strip() == "\\":
            self._flush()
        elif self._pending and not self._item and _UNDERLINE.match(line):
            self._underlined(1 if "=" in line else 2)
        elif _RULE.match(line):
            self._flush()
        elif match := _HEADING.match(line):
            self._flush()
            self._heading(match[2], len(match[1]))
        else:
            self._text(line)

    def _text(self, line: str) -> None:
        if match := _FOOTNOTE.match(line):
            self._flush()
            self._outline.aside(f"{match['mark']} {strip_inline(match['text'])}", BlockKind.FOOTNOTE)
        elif "|" in line and (line.lstrip().startswith("|") or _TABLE_RULE.match(line)):
            self._flush()
            self._row(line)
        elif match := _ITEM.match(line):
            self._start_item(match)
        else:
            if self._pending and not self._item and len(self._pending[-1]) > _WIDEST and self._pending[-1].endswith((".", "!", "?")):
                self._flush()
            self._pending.append(line)

    def _heading(self, text: str, level: int) -> None:
        self._end_lists()
        words = strip_inline(text)
        if _INNER_LINK.match(text):
            self._outline.aside(words, layer=Layer.TOC)
        else:
            self._outline.heading(words, level, heading_number(words))

    def _underlined(self, level: int) -> None:
        text, self._pending = " ".join(self._pending), []
        self._heading(text, level)

    def _start_item(self, match: re.Match[str]) -> None:
        self._flush()
        indent = len(match["indent"])
        while self._indents and indent < self._indents[-1]:
            self._indents.pop()
        if not self._indents or indent > self._indents[-1]:
            self._indents.append(indent)
        marker = match["marker"] if match["marker"] not in "*+" else "-"
        self._item = (self._shown(marker, len(self._indents)), len(self._indents))
        self._pending = [match["text"]]

    def _shown(self, marker: str, level: int) -> str:
        """Return the marker as it is shown: items that all say «1.» are counted, as many writers leave it to Markdown to do."""
        first, count = self._counts[level - 1] if level <= len(self._counts) else ("", 0)
        count = count + 1 if marker == first else 0
        self._counts[level - 1 :] = [(marker if not count else first, count)]
        return f"{int(marker[:-1]) + count}{marker[-1]}" if count and marker[0].isdigit() else marker

    def _end_lists(self) -> None:
        self._indents, self._counts = [], []

    def _row(self, line: str) -> None:
        if _TABLE_RULE.match(line):
            return
        cells = [strip_inline(cell.strip()) for cell in _CELL.split(line.strip().strip("|"))]
        self._outline.row(" | ".join(cells))

    def _flush(self) -> None:
        text = self._joiner.join([stripped for part in self._pending if (stripped := part.strip())])
        item, self._item, self._pending = self._item, None, []
        if not text.strip():
            return
        if item:
            self._add_item(text, *item)
        else:
            self._paragraph(text)

    def _add_item(self, text: str, marker: str, level: int) -> None:
        """A lone numbered bold line is a heading; other items keep their marker."""
        words = f"{marker} {_ticked(strip_inline(text))}"
        if _INNER_LINK.match(text):
            self._outline.aside(words, layer=Layer.TOC)
        elif marker[0].isdigit() and level == 1 and _BOLD_LINE.match(text) and guess_heading(words):
            self._bold_heading(words)
        else:
            self._outline.list_item(words, level)

    def _paragraph(self, text: str) -> None:
        words = strip_inline(text)
        bold = _BOLD_LINE.match(text)
        numbered = guess_heading(words)
        if _INNER_LINK.match(text):
            self._outline.aside(words, layer=Layer.TOC)
        elif (bold and len(words) <= 110 and not words.endswith((".", ";", ","))) or (numbered and numbered.keyword):
            self._bold_heading(words)
        elif list_marker(words):
            self._outline.list_item(words, max(1, len(self._indents)))
        else:
            if not text.startswith(" "):
                self._end_lists()
            self._outline.paragraph(words)

    def _bold_heading(self, words: str) -> None:
        """A heading without ``#`` ranks below the last one that has some, unless its own number says more."""
        self._end_lists()
        numbered = parse_number(words)
        marked = self._outline.marked_level
        self._outline.heading(words, marked + (numbered.level if numbered else 1), heading_number(words), marked=False)

    def _take_html(self, line: str) -> None:
        self._flush()
        self._html.append(line)
        if re.search(r"</table\s*>", line, re.IGNORECASE):
            self._flush_html()

    def _flush_html(self) -> None:
        if not self._html:
            return
        from clausecheck.readers.html import table_rows

        for row in table_rows("\n".join(self._html)):
            self._outline.row(row)
        self._html = []


def _ticked(text: str) -> str:
    match = _TASK.match(text)
    return text if not match else ("☐ " if match["tick"] == " " else "☒ ") + text[match.end() :]


def _without_fences(lines: list[str]) -> Iterator[str]:
    """Drop the fence marks; what they hold is text."""
    for line in lines:
        yield "" if _FENCE.match(line) else line
