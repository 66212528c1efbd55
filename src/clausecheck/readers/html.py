"""HTML reader: headings, paragraphs, lists and tables; scripts, styles, navigation and footers dropped."""

import re
from collections.abc import Iterator
from typing import Any

from clausecheck.document import Document, DocumentBuilder, Source
from clausecheck.errors import ReadError
from clausecheck.readers.counters import RAISED
from clausecheck.readers.headings import heading_number
from clausecheck.readers.outline import Outline
from clausecheck.readers.text_encoding import decode
from clausecheck.vocabulary import BlockKind

_DROPPED = frozenset({"script", "style", "nav", "footer", "noscript", "template", "svg", "head", "button", "iframe", "object"})
_BLOCKS = frozenset(
    [
        *("p", "div", "section", "article", "main", "header", "aside", "body", "form", "fieldset", "table", "blockquote", "pre"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd"),
        *("figure", "address", "details", "summary", "center"),
    ]
)
_HEADING = re.compile(r"h([1-6])")


def read(data: bytes, source: Source) -> Document:
    """Read an HTML page. Raises ``ReadError`` when it holds no element at all."""
    builder = DocumentBuilder(source)
    root = _parse(data, source.path)
    _Walker(Outline(builder)).walk(root)
    title = root.find(".//title")
    words = _squeeze(title.text_content()) if title is not None else ""
    return builder.build(metadata=(("titre", words),) if words else ())


def table_rows(fragment: str) -> Iterator[str]:
    """Yield the rows of an HTML table, cells joined by « | »."""
    from lxml import html as lxml_html

    root = lxml_html.fragment_fromstring(fragment, create_parent="div")
    for row in root.iter("tr"):
        yield _row(row)


def _parse(data: bytes, path: str) -> Any:
    from lxml import etree
    from lxml import html as lxml_html

    declared = re.search(rb"charset=[\"']?([\w-]+)", data[:2048])
    parser = lxml_html.HTMLParser(no_network=True, huge_tree=False)
    try:
        text = data.decode(declared[1].decode("ascii")) if declared else decode(data)
    except (LookupError, UnicodeDecodeError):
        text = decode(data)
    try:
        return _with_raised(lxml_html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=parser))
    except (etree.ParserError, ValueError) as error:
        raise ReadError(
            f"« {path} » est une page HTML vide ou illisible\u202f: fournissez la pièce en .docx ou .pdf.",
            "fichier_endommage",
        ) from error


def _with_raised(root: Any) -> Any:
    """Write the digits of ``<sup>`` in their raised form, so that the call of a footnote stays apart from the word before it."""
    for element in root.iter("sup"):
        for inner in element.iter():
            inner.text = inner.text and inner.text.translate(RAISED)
    return root


def _is_notes(element: Any) -> bool:
    """Tell the list of footnotes at the end of a page."""
    return element.get("role") in ("doc-endnotes", "doc-footnotes") or "footnotes" in (element.get("class") or "").split()


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _cell(cell: Any) -> str:
    return _squeeze(" ".join(cell.itertext()))


def _row(row: Any) -> str:
    return " | ".join(_cell(cell) for cell in row if cell.tag in ("td", "th"))


class _Walker:
    """Visits elements in order; loose text between blocks makes paragraphs."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._loose: list[str] = []

    def walk(self, element: Any, depth: int = 0) -> None:
        """Add the blocks of ``element``; ``depth`` counts the lists around it."""
        tag = element.tag if isinstance(element.tag, str) else None
        if tag is None or tag in _DROPPED:
            return
        if tag in _BLOCKS:
            self._flush()
            self._block(element, tag, depth)
            self._flush()
        elif tag == "br":
            self._loose.append(" ")
        else:
            self._children(element, depth)

    def _block(self, element: Any, tag: str, depth: int) -> None:
        if match := _HEADING.fullmatch(tag):
            self._heading(_squeeze(element.text_content()), int(match[1]))
        elif tag == "table":
            for row in element.iter("tr"):
                self._outline.row(_row(row))
        elif _is_notes(element):
            self._notes(element)
        elif tag == "li":
            self._item(element, depth)
        else:
            self._children(element, depth + (tag in ("ul", "ol")))

    def _heading(self, text: str, level: int) -> None:
        self._outline.heading(text, level, heading_number(text))

    def _notes(self, element: Any) -> None:
        for number, note in enumerate(element.iter("li"), 1):
            self._outline.aside(f"{number} {_squeeze(note.text_content())}", BlockKind.FOOTNOTE)

    def _item(self, element: Any, depth: int) -> None:
        self._loose = [_item_marker(element)]
        level = max(1, depth)
        for text, child in _parts(element):
            self._loose.append(text)
            if child is not None and child.tag in ("ul", "ol", "table"):
                self._flush_item(level)
                self.walk(child, depth)
            elif child is not None:
                self._loose.append(" ".join(child.itertext()) if child.tag not in _DROPPED else "")
                self._loose.append(" " if child.tag in _BLOCKS or child.tag == "br" else "")
        self._flush_item(level)

    def _flush_item(self, level: int) -> None:
        text, self._loose = _squeeze("".join(self._loose)), []
        if len(text) > 2:
            self._outline.list_item(text, level)

    def _children(self, element: Any, depth: int) -> None:
        for text, child in _parts(element):
            self._loose.append(text)
            if child is not None:
                self.walk(child, depth)

    def _flush(self) -> None:
        text, self._loose = _squeeze("".join(self._loose)), []
        if text:
            self._outline.paragraph(text)


def _parts(element: Any) -> Iterator[tuple[str, Any]]:
    """Yield the text and the child elements of ``element`` in order."""
    yield element.text or "", None
    for child in element:
        yield "", child if isinstance(child.tag, str) else None
        yield child.tail or "", None


def _item_marker(element: Any) -> str:
    parent = element.getparent()
    if parent is None or parent.tag != "ol":
        return "- "
    start = int(parent.get("start", "1")) if parent.get("start", "1").isdigit() else 1
    rank = start + [child for child in parent if child.tag == "li"].index(element)
    style = parent.get("type", "1")
    return f"{chr(ord(style) + rank - 1)}) " if style in "aA" and rank <= 26 else f"{rank}. "
