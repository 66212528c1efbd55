"""Reads annotated copies back without the code that wrote them: lxml and python-docx for Word, lxml for ODT, pdfium for PDF."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from lxml import etree
from pypdfium2 import raw

from clausecheck.document import Document, TextSpan

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


@dataclass(frozen=True)
class Seen:
    """A note read back: the words under it and what it says."""

    words: str
    said: str


def letters(text: str) -> str:
    """Letters and digits only: what remains when line ends, hyphens, bullets and ligatures are folded."""
    for ligature, plain in (("ﬀ", "ff"), ("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬃ", "ffi"), ("ﬄ", "ffl")):
        text = text.replace(ligature, plain)
    return "".join(re.findall(r"[^\W_]+", text))


def written(document: Document, span: TextSpan) -> str:
    """The words of ``span`` that stand in the file: an automatic number is printed, not written."""
    return "".join(document.text[max(a.span.start, span.start) : min(a.span.end, span.end)] for a in document.locate(span))


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def word_comments(data: bytes) -> list[Seen]:
    """The comments of clausecheck, in order, with the words between their marks."""
    words: dict[str, list[str]] = {}
    opened: list[str] = []
    for element in part(data, "word/document.xml").iter():
        identifier = element.get(W + "id") or ""
        if element.tag == W + "commentRangeStart":
            opened.append(identifier)
            words[identifier] = []
        elif element.tag == W + "commentRangeEnd":
            opened.remove(identifier)
        elif element.tag in (W + "t", W + "sym"):
            for each in opened:
                words[each].append(element.text or "")
    assert opened == []
    comments = part(data, "word/comments.xml").findall(W + "comment")
    return [
        Seen("".join(words[c.get(W + "id") or ""]), _said(c, W + "p", W + "t")) for c in comments if c.get(W + "author") == "clausecheck"
    ]


def _said(comment: etree._Element, paragraph: str, text: str) -> str:
    return "\n".join("".join(t.text or "" for t in p.iter(text)) for p in comment.iter(paragraph))


def odt_annotations(data: bytes) -> list[Seen]:
    words: dict[str, list[str]] = {}
    said: dict[str, str] = {}
    opened: list[str] = []
    for kind, value, element in _odt_events(part(data, "content.xml")):
        if kind == "start":
            opened.append(value)
            words[value] = []
            said[value] = "\n".join("".join(p.itertext()) for p in element.iter(TEXT + "p"))
        elif kind == "end":
            opened.remove(value)
        else:
            for each in opened:
                words[each].append(value)
    assert opened == []
    return [Seen("".join(words[name]), said[name]) for name in said if name.startswith("clausecheck")]


def _odt_events(element: etree._Element) -> Iterator[tuple[str, str, etree._Element]]:
    name = element.get(OFFICE + "name") or ""
    if element.tag == OFFICE + "annotation":
        yield "start", name, element
    elif element.tag == OFFICE + "annotation-end":
        yield "end", name, element
    else:
        if element.text:
            yield "text", element.text, element
        for child in element:
            yield from _odt_events(child)
            if child.tail:
                yield "text", child.tail, child


def pdf_highlights(data: bytes) -> list[Seen]:
    """The highlights, page after page, with the characters whose middle stands in their quadrilaterals."""
    found = []
    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            textpage = page.get_textpage()
            chars = [(textpage.get_text_range(i, 1), textpage.get_charbox(i, loose=True)) for i in range(textpage.count_chars())]
            for index in range(raw.FPDFPage_GetAnnotCount(page)):
                annotation = raw.FPDFPage_GetAnnot(page, index)
                if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_HIGHLIGHT:
                    words = "".join(_under(chars, quad) for quad in _quads(annotation))
                    found.append(Seen(words, _contents(annotation)))
                raw.FPDFPage_CloseAnnot(annotation)
    return found


def _quads(annotation: object) -> Iterator[tuple[float, float, float, float]]:
    """Left, bottom, right, top of each quadrilateral, in user space."""
    quad = raw.FS_QUADPOINTSF()
    for index in range(raw.FPDFAnnot_CountAttachmentPoints(annotation)):
        raw.FPDFAnnot_GetAttachmentPoints(annotation, index, quad)
        xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
        yield min(xs), min(ys), max(xs), max(ys)


def _under(chars: list[tuple[str, tuple[float, ...]]], quad: tuple[float, float, float, float]) -> str:
    left, bottom, right, top = quad
    inside = [c for c, box in chars if left <= (box[0] + box[2]) / 2 <= right and bottom <= (box[1] + box[3]) / 2 <= top]
    return "".join(inside)


def _contents(annotation: object) -> str:
    size = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
    buffer = (raw.FPDF_WCHAR * (size // 2))()
    raw.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")
