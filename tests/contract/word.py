"""The contract as a Word file, part by part: automatic numbers, real footnotes, form check boxes."""

import io
import zipfile
from itertools import count
from xml.sax.saxutils import escape

from contract import Contract, Item

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NAMES = f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = ("styles", "numbering", "footnotes", "header", "footer")
_STYLES = {"title": "Titre", "annex": "Annexe", "subannex": "Sousannexe", "article": "Titre1", "sub": "Titre2"}
_FIRST_LIST = 20


def docx(contract: Contract) -> bytes:
    """Return the contract as a DOCX that Word and LibreOffice open."""
    body = _Body()
    content = "".join(body.group(kind, items) for kind, items in contract.groups())
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default" r:id="footer"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1700" w:right="1418" w:bottom="1700" w:left="1418" '
        'w:header="700" w:footer="700"/></w:sectPr>'
    )
    parts = {
        "document": f"<w:body>{content}{section}</w:body>",
        "styles": _styles(),
        "numbering": _numbering(body.numbers),
        "footnotes": "".join(_footnote(number, words) for number, words in contract.notes),
        "header": f"<w:p>{_run(contract.header)}</w:p>",
        "footer": f"<w:p>{_run(contract.footer)}</w:p>",
    }
    return _package(parts)


class _Body:
    """Writes paragraphs and gives a list of its own to each list and each run of articles."""

    def __init__(self) -> None:
        self.numbers: list[tuple[int, int]] = []
        self._next = count(_FIRST_LIST)
        self._articles = 0

    def group(self, kind: str, items: list[Item]) -> str:
        if kind == "row":
            return _table(items)
        number = self._list(3) if kind == "letter" else 4 if kind == "dash" else 0
        return "".join(self._paragraph(item, number) for item in items)

    def _list(self, abstract: int) -> int:
        number = next(self._next)
        self.numbers.append((number, abstract))
        return number

    def _paragraph(self, item: Item, number: int) -> str:
        style = _STYLES.get(item.kind, "")
        level = 1 if item.kind in ("sub", "subannex") else 0
        if item.kind in ("annex", "subannex"):
            self._articles, number = 0, 1
        elif item.kind in ("article", "sub"):
            self._articles = number = self._articles or self._list(2)
        properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + (
            f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
        )
        box = _box(checked=item.checked) + _run(" ") if item.kind == "box" else ""
        return f"<w:p><w:pPr>{properties}</w:pPr>{box}{_words(item)}</w:p>"


def _run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _words(item: Item) -> str:
    calls = [
        f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>' for number, _ in item.notes
    ]
    return "".join((_run(chunk) if chunk else "") + call for chunk, call in zip(item.chunks, [*calls, ""], strict=True))


def _box(*, checked: bool) -> str:
    state, glyph = (1, "☒") if checked else (0, "☐")
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox></w:sdtPr><w:sdtContent>'
        f'<w:r><w:rPr><w:rFonts w:ascii="DejaVu Sans" w:hAnsi="DejaVu Sans"/></w:rPr><w:t>{glyph}</w:t></w:r></w:sdtContent></w:sdt>'
    )


def _table(items: list[Item]) -> str:
    width = 9000 // len(items[0].cells)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    rows = "".join(
        "<w:tr>"
        + "".join(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p>{_run(cell)}</w:p></w:tc>' for cell in item.cells)
        + "</w:tr>"
        for item in items
    )
    grid = f'<w:gridCol w:w="{width}"/>' * len(items[0].cells)
    return f"<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl><w:p/>"


def _footnote(number: int, words: str) -> str:
    start = '<w:p><w:pPr><w:pStyle w:val="Note"/></w:pPr><w:r><w:footnoteRef/></w:r>'
    return f'<w:footnote w:id="{number}">{start}{_run(" " + words)}</w:p></w:footnote>'


def _styles() -> str:
    def style(identifier: str, name: str, outline: int | None, size: int, *, bold: bool = True) -> str:
        level = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
        weight = "<w:b/>" if bold else ""
        return (
            f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
            f'<w:pPr><w:spacing w:before="200" w:after="120"/>{level}</w:pPr><w:rPr>{weight}<w:sz w:val="{size}"/></w:rPr></w:style>'
        )

    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:spacing w:after="160" w:line="340" '
        'w:lineRule="auto"/></w:pPr><w:rPr><w:rFonts w:ascii="Liberation Serif" w:hAnsi="Liberation Serif"/>'
        '<w:sz w:val="24"/></w:rPr></w:style>'
    )
    headings = (("Titre", "Title", None, 36), ("Annexe", "Titre d’annexe", 0, 32), ("Sousannexe", "Titre de sous-annexe", 1, 28))
    numbered = (("Titre1", "heading 1", 1, 28), ("Titre2", "heading 2", 2, 26))
    return normal + "".join(style(*values) for values in (*headings, *numbered)) + style("Note", "footnote text", None, 18, bold=False)


def _numbering(numbers: list[tuple[int, int]]) -> str:
    def level(index: int, text: str, form: str = "decimal") -> str:
        numbers = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="space"/>'
        return f'<w:lvl w:ilvl="{index}">{numbers}<w:lvlText w:val="{text}"/></w:lvl>'

    levels = {
        1: level(0, "Annexe %1 –") + level(1, "Annexe %1.%2 –"),
        2: level(0, "Article %1 –") + level(1, "%1.%2"),
        3: level(0, "%1)", "lowerLetter"),
        4: level(0, "-", "bullet"),
    }
    lists = [(1, 1), (4, 4), *numbers]  # each a list of its own: LibreOffice loses restarts when it writes the old Word format
    abstracts = "".join(f'<w:abstractNum w:abstractNumId="{number}">{levels[kind]}</w:abstractNum>' for number, kind in lists)
    return abstracts + "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number, _ in lists)


def _package(parts: dict[str, str]) -> bytes:
    roots = {"header": "hdr", "footer": "ftr"}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        overrides = "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{name if name != "document" else "document.main"}+xml"/>'
            for name in parts
        )
        types = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        archive.writestr("[Content_Types].xml", f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{types}{overrides}</Types>')
        archive.writestr("_rels/.rels", _relations({"officeDocument": "word/document.xml"}))
        archive.writestr("word/_rels/document.xml.rels", _relations({name: f"{name}.xml" for name in _PARTS}))
        for name, content in parts.items():
            root = roots.get(name, name)
            archive.writestr(f"word/{name}.xml", f"{_HEAD}<w:{root} {_NAMES}>{content}</w:{root}>")
    return stream.getvalue()


def _relations(targets: dict[str, str]) -> str:
    links = "".join(f'<Relationship Id="{kind}" Type="{_R}/{kind}" Target="{target}"/>' for kind, target in targets.items())
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
