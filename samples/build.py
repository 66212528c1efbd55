"""Builds the sample dossiers from ``samples/sources``: run it, and the same bytes come out (no clock, no random).

Usage: ``python samples/build.py [folder]`` (the folder of this script by default). Needs python-docx and reportlab.

A source is plain Markdown: ``#`` title, ``##`` article, ``###`` sub-article (numbers are added), ``- `` items, ``| a | b |`` rows, one
paragraph a line; ``header`` and ``footer`` stand between two ``---`` lines at the top.
"""

import io
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

FOLDER = Path(__file__).parent
EPOCH = (2026, 1, 5, 9, 0, 0)
TARGETS = {
    "presque-conforme/CCAP.docx": "presque-conforme.CCAP.md",
    "presque-conforme/CCTP.odt": "presque-conforme.CCTP.md",
    "presque-conforme/annexe-rgpd.pdf": "presque-conforme.annexe-rgpd.md",
    "faible/contrat.docx": "faible.contrat.md",
    "cgv-reprend-tout/CCP.docx": "cgv-reprend-tout.CCP.md",
    "cgv-reprend-tout/CGV.pdf": "cgv-reprend-tout.CGV.md",
}


@dataclass(frozen=True)
class Line:
    """A line of a source. ``kind``: title, article, sub, item, row or text; ``number``: that of an article («4», «4.2»)."""

    kind: str
    text: str
    number: str = ""

    @property
    def cells(self) -> list[str]:
        """The cells of a row."""
        return [cell.strip() for cell in self.text.strip("|").split("|")]

    @property
    def printed(self) -> str:
        """The text with its number, for formats without automatic numbering."""
        lead = {"article": f"Article {self.number} – ", "sub": f"{self.number} "}.get(self.kind, "")
        return lead + self.text


@dataclass(frozen=True)
class Source:
    """A contract piece in plain lines."""

    lines: tuple[Line, ...]
    header: str = ""
    footer: str = ""

    @property
    def title(self) -> str:
        """The first title."""
        return next((line.text for line in self.lines if line.kind == "title"), "")

    def groups(self) -> Iterator[tuple[str, list[Line]]]:
        """Yield runs of lines of one kind: a list, a table."""
        for kind, lines in groupby(self.lines, key=lambda line: line.kind):
            yield kind, list(lines)


def parse(text: str) -> Source:
    """Read a source."""
    settings, body = {}, text
    if text.startswith("---\n"):
        head, body = text[4:].split("\n---\n", 1)
        settings = dict(line.split(": ", 1) for line in head.splitlines())
    return Source(tuple(_lines(body)), settings.get("header", ""), settings.get("footer", ""))


def _lines(body: str) -> Iterator[Line]:
    article = sub = 0
    for raw in filter(None, map(str.strip, body.splitlines())):
        mark, _, rest = raw.partition(" ")
        if mark == "##":
            article, sub = article + 1, 0
            yield Line("article", rest, str(article))
        elif mark == "###":
            sub += 1
            yield Line("sub", rest, f"{article}.{sub}")
        elif mark == "#":
            yield Line("title", rest)
        elif mark == "-":
            yield Line("item", rest)
        else:
            yield Line("row" if mark == "|" else "text", raw)


# --- Word -----------------------------------------------------------------------------------------------------------------

_STYLES = {"title": "Title", "article": "Heading 1", "sub": "Heading 2", "item": "List Bullet", "text": "Normal"}
_NUMBERING = """<w:abstractNum xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:abstractNumId="90">
<w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading1"/><w:lvlText w:val="Article %1 – "/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading2"/><w:lvlText w:val="%1.%2 "/></w:lvl>
</w:abstractNum>"""


def docx(source: Source) -> bytes:
    """Return ``source`` as a Word file: its article numbers are automatic, none is in the text."""
    document = Document()
    _number_headings(document)
    document.sections[0].header.paragraphs[0].text = source.header
    document.sections[0].footer.paragraphs[0].text = source.footer
    for kind, lines in source.groups():
        if kind == "row":
            _word_table(document, lines)
        else:
            for line in lines:
                document.add_paragraph(line.text, style=_STYLES[kind])
    for name in ("created", "modified"):
        setattr(document.core_properties, name, datetime(*EPOCH, tzinfo=UTC))
    document.core_properties.author, document.core_properties.title = "clausecheck", source.title
    buffer = io.BytesIO()
    document.save(buffer)
    return _frozen(buffer.getvalue())


def _number_headings(document: Any) -> None:
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(_NUMBERING))
    number = numbering.add_num(90).numId
    for level, name in enumerate(("Heading 1", "Heading 2")):
        properties = document.styles[name].element.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().set(qn("w:val"), str(level))
        properties.get_or_add_numId().set(qn("w:val"), str(number))


def _word_table(document: Any, rows: list[Line]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0].cells), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row.cells, strict=True):
            cell.text = text


def _frozen(data: bytes) -> bytes:
    """Return the same zip with fixed dates."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            _store(new, name, old.read(name))
    return buffer.getvalue()


def _store(archive: zipfile.ZipFile, name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED) -> None:
    info = zipfile.ZipInfo(name, EPOCH)
    info.create_system, info.external_attr = 3, 0o600 << 16
    archive.writestr(info, data, method)


# --- OpenDocument ---------------------------------------------------------------------------------------------------------

_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("meta", "meta"))
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MIME = "application/vnd.oasis.opendocument.text"
_MANIFEST = f"""{_HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""


def odt(source: Source) -> bytes:
    """Return ``source`` as an OpenDocument text: its article numbers are those of the outline style."""
    body = "".join(_odt_group(kind, lines) for kind, lines in source.groups())
    content = (
        f'{_HEAD}<office:document-content {_NAMES} office:version="1.2">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        _store(archive, "mimetype", _MIME.encode(), zipfile.ZIP_STORED)
        _store(archive, "content.xml", content.encode())
        _store(archive, "styles.xml", _odt_styles(source).encode())
        _store(archive, "META-INF/manifest.xml", _MANIFEST.encode())
    return buffer.getvalue()


def _odt_group(kind: str, lines: list[Line]) -> str:
    if kind == "row":
        rows = "".join("<table:table-row>" + "".join(map(_odt_cell, line.cells)) + "</table:table-row>" for line in lines)
        return f'<table:table><table:table-column table:number-columns-repeated="{len(lines[0].cells)}"/>{rows}</table:table>'
    if kind == "item":
        items = "".join(f"<text:list-item><text:p>{escape(line.text)}</text:p></text:list-item>" for line in lines)
        return f"<text:list>{items}</text:list>"
    tags = {
        "title": ("p", ' text:style-name="Title"'),
        "article": ("h", ' text:outline-level="1"'),
        "sub": ("h", ' text:outline-level="2"'),
    }
    tag, attributes = tags.get(kind, ("p", ""))
    return "".join(f"<text:{tag}{attributes}>{escape(line.text)}</text:{tag}>" for line in lines)


def _odt_cell(text: str) -> str:
    return f"<table:table-cell><text:p>{escape(text)}</text:p></table:table-cell>"


def _odt_styles(source: Source) -> str:
    levels = (
        '<text:outline-level-style text:level="1" style:num-format="1" style:num-prefix="Article " style:num-suffix=" – "/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2" style:num-suffix=" "/>'
    )
    page = (
        f"<style:header><text:p>{escape(source.header)}</text:p></style:header>"
        f"<style:footer><text:p>{escape(source.footer)}</text:p></style:footer>"
    )
    return (
        f'{_HEAD}<office:document-styles {_NAMES} office:version="1.2"><office:styles>'
        '<style:style style:name="Title" style:family="paragraph"/>'
        f'<text:outline-style style:name="Outline">{levels}</text:outline-style></office:styles>'
        '<office:automatic-styles><style:page-layout style:name="page"/></office:automatic-styles>'
        f'<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page">{page}</style:master-page>'
        "</office:master-styles></office:document-styles>"
    )


# --- PDF ------------------------------------------------------------------------------------------------------------------


def pdf(source: Source) -> bytes:
    """Return ``source`` as a PDF with a text layer, its numbers printed, its header and footer on each page."""
    buffer = io.BytesIO()
    template = SimpleDocTemplate(buffer, title=source.title, author="clausecheck", invariant=1, topMargin=70, bottomMargin=70)
    story = [flowable for kind, lines in source.groups() for flowable in _flowables(kind, lines)]
    furniture = _furniture(source)
    template.build(story, onFirstPage=furniture, onLaterPages=furniture)
    return buffer.getvalue()


def _flowables(kind: str, lines: list[Line]) -> list[Any]:
    sheet = getSampleStyleSheet()
    style = sheet[{"title": "Title", "article": "Heading1", "sub": "Heading2"}.get(kind, "BodyText")]
    if kind == "row":
        rows = [[Paragraph(escape(cell), style) for cell in line.cells] for line in lines]
        return [Table(rows, style=[("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")])]
    return [Paragraph(("- " if kind == "item" else "") + escape(line.printed), style) for line in lines]


def _furniture(source: Source) -> Callable[[Any, Any], None]:
    def draw(canvas: Any, template: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, 800, source.header)
        canvas.drawString(72, 36, f"{source.footer} — page {template.page}")

    return draw


WRITERS: dict[str, Callable[[Source], bytes]] = {".docx": docx, ".odt": odt, ".pdf": pdf}


def build(folder: Path) -> None:
    """Write every sample under ``folder``."""
    for target, name in TARGETS.items():
        path = folder / target
        path.parent.mkdir(parents=True, exist_ok=True)
        source = parse((FOLDER / "sources" / name).read_text(encoding="utf-8"))
        path.write_bytes(WRITERS[path.suffix](source))
        print(target)


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
