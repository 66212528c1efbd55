"""What of WordprocessingML python-docx has no word for: bookmarks, links, fields, row flags, borders (ECMA-376, part 1, 17)."""

import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Row
    from docx.text.paragraph import Paragraph

_NAME_LENGTH = 40
"""Word refuses longer names of bookmarks."""


def _xml(proxy: Any) -> Any:
    """Return the element behind a python-docx object: it has no public name."""
    return proxy._element  # noqa: SLF001


def _element(name: str, /, **attributes: str) -> Any:
    """Return an element of the «w» namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def lighten(document: "Document") -> None:
    """Leave out what python-docx's template brings and a reader of the file does not need: a second, older set of styles, a thumbnail."""
    for rels in (document.part.rels, document.part.package.rels):
        for identifier in [i for i, rel in rels.items() if rel.reltype.endswith(("/stylesWithEffects", "/thumbnail"))]:
            del rels[identifier]


def comment_styles(document: "Document") -> None:
    """Define the styles of comments and of their marks, which python-docx names and its template lacks; Word has both built in."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt

    mark = document.styles.add_style("annotation reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.font.size = Pt(8)
    _xml(mark).set(qn("w:styleId"), "CommentReference")
    said = document.styles.add_style("annotation text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    said.font.size = Pt(10)
    _xml(said).set(qn("w:styleId"), "CommentText")


def set_style(paragraph: "Paragraph", identifier: str) -> None:
    """Give ``paragraph`` the style of that identifier."""
    _xml(paragraph).style = identifier


def _bookmark_name(anchor: str) -> str:
    return "_" + anchor.replace("-", "_")[: _NAME_LENGTH - 1]


def bookmark(paragraph: "Paragraph", anchor: str) -> None:
    """Make ``anchor`` lead to ``paragraph``."""
    number = str(zlib.crc32(anchor.encode()) >> 1)
    _xml(paragraph).insert(1, _element("bookmarkStart", id=number, name=_bookmark_name(anchor)))
    _xml(paragraph).append(_element("bookmarkEnd", id=number))


def link(paragraph: "Paragraph", anchor: str, text: str) -> None:
    """Add ``text`` to ``paragraph``, leading to the bookmark of ``anchor``."""
    run = paragraph.add_run(text)
    target = _element("hyperlink", anchor=_bookmark_name(anchor), history="1")
    _xml(paragraph).append(target)
    target.append(_xml(run))


def field(paragraph: "Paragraph", instruction: str, parts: Sequence[str] = ("begin", "instruction", "separate", "value", "end")) -> None:
    """Add the field ``instruction``, or those ``parts`` of it; its value until Word works it out is «1»."""
    for part in parts:
        run = paragraph.add_run("1" if part == "value" else "")
        if part == "instruction":
            words = _element("instrText")
            words.text = f" {instruction} "
            _xml(run).append(words)
        elif part != "value":
            _xml(run).append(_element("fldChar", fldCharType=part))


def flag(row: "_Row", name: str) -> None:
    """Set a property of ``row``: «tblHeader» repeats it on each page, «cantSplit» keeps it whole."""
    _xml(row).get_or_add_trPr().append(_element(name))


def set_widths(document: "Document", table: "Table", shares: Sequence[int]) -> None:
    """Share the width of the page between the columns; Word reads the cells, LibreOffice the grid."""
    from docx.shared import Emu

    section = document.sections[0]
    room = int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Emu(room * share // sum(shares))
        for cell in column.cells:
            cell.width = column.width


def shade(cell: Any, colour: str) -> None:
    """Give ``cell`` a background."""
    _xml(cell).get_or_add_tcPr().append(_element("shd", val="clear", color="auto", fill=colour))


def frame(style: Any, colour: str) -> None:
    """Draw a line around the paragraphs of ``style``."""
    borders = _element("pBdr")
    for side in ("top", "left", "bottom", "right"):
        borders.append(_element(side, val="single", sz="4", space="4", color=colour))
    _xml(style).get_or_add_pPr().insert_element_before(borders, "w:shd", "w:spacing", "w:ind")
