"""The contract as an OpenDocument text: numbers by list and outline styles, real footnotes."""

import io
import zipfile
from xml.sax.saxutils import escape

from contract import Contract, Item

_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("fo", "xsl-fo-compatible"))
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MIME = "application/vnd.oasis.opendocument.text"
_OUTLINE = {"article": 2, "sub": 3}


def odt(contract: Contract) -> bytes:
    """Return the contract as an ODT."""
    body = _Body()
    content = "".join(body.group(kind, items) for kind, items in contract.groups())
    page = (
        f"<style:header><text:p>{escape(contract.header)}</text:p></style:header>"
        f"<style:footer><text:p>{escape(contract.footer)}</text:p></style:footer>"
    )
    styles = (
        f"<office:styles>{_named()}{_outline()}{_lists()}</office:styles>"
        '<office:automatic-styles><style:page-layout style:name="page"/></office:automatic-styles>'
        f'<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page">{page}'
        "</style:master-page></office:master-styles>"
    )
    parts = {
        "content.xml": f'{_HEAD}<office:document-content {_NAMES} office:version="1.2"><office:body><office:text>{content}'
        "</office:text></office:body></office:document-content>",
        "styles.xml": f'{_HEAD}<office:document-styles {_NAMES} office:version="1.2">{styles}</office:document-styles>',
        "META-INF/manifest.xml": _manifest(),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _MIME, zipfile.ZIP_STORED)
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


class _Body:
    """Writes paragraphs; articles restart after each annex."""

    def __init__(self) -> None:
        self._restart = False

    def group(self, kind: str, items: list[Item]) -> str:
        if kind == "row":
            rows = "".join("<table:table-row>" + "".join(map(_cell, item.cells)) + "</table:table-row>" for item in items)
            return f'<table:table><table:table-column table:number-columns-repeated="{len(items[0].cells)}"/>{rows}</table:table>'
        if kind in ("dash", "letter"):
            entries = "".join(f"<text:list-item><text:p>{_words(item)}</text:p></text:list-item>" for item in items)
            return f'<text:list text:style-name="{kind}">{entries}</text:list>'
        return "".join(self._paragraph(item) for item in items)

    def _paragraph(self, item: Item) -> str:
        if item.kind in _OUTLINE:
            restart = ' text:restart-numbering="true" text:start-value="1"' if self._restart and item.kind == "article" else ""
            self._restart = self._restart and item.kind != "article"
            return f'<text:h text:outline-level="{_OUTLINE[item.kind]}"{restart}>{_words(item)}</text:h>'
        if item.kind in ("annex", "subannex"):
            self._restart = True
            level = item.level
            words = f'<text:h text:style-name="Annexe" text:outline-level="{level}">{_words(item)}</text:h>'
            inner = f"<text:list-item>{words}</text:list-item>"
            if level == 2:
                inner = f"<text:list-item><text:list>{inner}</text:list></text:list-item>"
            return f'<text:list text:style-name="annexes" text:continue-numbering="true">{inner}</text:list>'
        style = ' text:style-name="Title"' if item.kind == "title" else ""
        return f"<text:p{style}>{item.lead if item.kind == 'box' else ''}{_words(item)}</text:p>"


def _words(item: Item) -> str:
    notes = [
        f'<text:note text:note-class="footnote"><text:note-citation>{number}</text:note-citation>'
        f"<text:note-body><text:p>{escape(words)}</text:p>"
        "</text:note-body></text:note>"
        for number, words in item.notes
    ]
    return "".join(escape(chunk) + note for chunk, note in zip(item.chunks, [*notes, ""], strict=True))


def _cell(text: str) -> str:
    return f"<table:table-cell><text:p>{escape(text)}</text:p></table:table-cell>"


def _named() -> str:
    return "".join(f'<style:style style:name="{name}" style:family="paragraph"/>' for name in ("Title", "Annexe"))


def _outline() -> str:
    levels = (
        '<text:outline-level-style text:level="1" style:num-format=""/>'
        '<text:outline-level-style text:level="2" style:num-format="1" style:num-prefix="Article " style:num-suffix=" – "/>'
        '<text:outline-level-style text:level="3" style:num-format="1" text:display-levels="2" style:num-suffix=" "/>'
    )
    return f'<text:outline-style style:name="Outline">{levels}</text:outline-style>'


def _lists() -> str:
    number = "text:list-level-style-number"
    annexes = (
        f'<{number} text:level="1" style:num-format="1" style:num-prefix="Annexe " style:num-suffix=" – "/>'
        f'<{number} text:level="2" style:num-format="1" text:display-levels="2" style:num-prefix="Annexe " style:num-suffix=" – "/>'
    )
    letter = f'<{number} text:level="1" style:num-format="a" style:num-suffix=")"/>'
    dash = '<text:list-level-style-bullet text:level="1" text:bullet-char="-"/>'
    levels = (("annexes", annexes), ("letter", letter), ("dash", dash))
    return "".join(f'<text:list-style style:name="{name}">{level}</text:list-style>' for name, level in levels)


def _manifest() -> str:
    entries = (("/", _MIME), ("content.xml", "text/xml"), ("styles.xml", "text/xml"))
    lines = "".join(f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>' for path, kind in entries)
    opening = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"'
    return f"{_HEAD}<manifest:manifest {opening}>{lines}</manifest:manifest>"
