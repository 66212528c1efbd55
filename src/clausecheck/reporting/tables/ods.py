"""A workbook as ODS: odfpy for styles, pages, filters and views, the rows one after the other; nothing dates it."""

import io
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import IO, TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from clausecheck.reporting.tables.model import COLOURS, UNWRAPPED, Cell, Sheet, Style, Target, Workbook, storable

if TYPE_CHECKING:
    from odf.opendocument import OpenDocument

_NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
"""Those of the rows."""

_CONTENT = "content.xml"
_TABLE_END = b"</table:table>"
_ROWS_AT_ONCE = 20
_CM_PER_CHARACTER = 0.21
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LOOKS: dict[Style, dict[str, str]] = {
    Style.TITLE: {"fontweight": "bold", "fontsize": "16pt"},
    Style.HEADER: {"fontweight": "bold"},
    Style.STRONG: {"fontweight": "bold"},
    Style.SOFT: {"color": "#5a5d68"},
    Style.LINK: {"color": "#1d4f91"},
}


def write_ods(workbook: Workbook, stream: IO[bytes]) -> None:
    """Write the file, some rows in memory at a time. Same workbook, same bytes."""
    from odf.opendocument import OpenDocumentSpreadsheet

    document = OpenDocumentSpreadsheet()
    _properties(document, workbook)
    for style in Style:
        _cell_style(document, style)
    pages = {large: _page(document, large=large) for large in (False, True)}
    for sheet in workbook.sheets:
        document.spreadsheet.addElement(_table(document, sheet, pages[sheet.large]))
    document.spreadsheet.addElement(_filters(workbook))
    _freeze(document, workbook)
    buffer = io.BytesIO()
    document.write(buffer)
    _pack(buffer.getvalue(), workbook, stream)


def _properties(document: "OpenDocument", workbook: Workbook) -> None:
    from odf import dc

    document.meta.addElement(dc.Title(text=storable(workbook.title)))
    document.meta.addElement(dc.Language(text="fr"))


def _cell_style(document: "OpenDocument", look: Style) -> None:
    from odf.style import Style as OdfStyle
    from odf.style import TableCellProperties, TextProperties

    colour, background = COLOURS.get(look, (None, None))
    text = {"fontname": "Calibri", "fontsize": "10pt", **({"color": colour} if colour else {}), **_LOOKS.get(look, {})}
    shape = {"wrapoption": "no-wrap"} if look in UNWRAPPED else {"wrapoption": "wrap", "borderbottom": "0.5pt solid #d9d6cd"}
    cell = {"verticalalign": "top", "padding": "0.05cm", **shape, **({"backgroundcolor": background} if background else {})}
    style = OdfStyle(name=look.value, family="table-cell")
    for part in (TableCellProperties(**cell), TextProperties(**text)):
        style.addElement(part)
    document.styles.addElement(style)


def _page(document: "OpenDocument", *, large: bool) -> str:
    """Add a landscape page (A3 where ``large``, else A4), fitted to the width, and return the name of its table style."""
    from odf.namespaces import STYLENS
    from odf.style import MasterPage, PageLayout, PageLayoutProperties, TableProperties
    from odf.style import Style as OdfStyle

    name = "A3" if large else "A4"
    width, height = ("42cm", "29.7cm") if large else ("29.7cm", "21cm")
    layout = PageLayout(name=f"page{name}")
    shape = PageLayoutProperties(pagewidth=width, pageheight=height, printorientation="landscape", margin="1cm")
    for axis, pages in (("X", "1"), ("Y", "0")):
        shape.setAttrNS(STYLENS, f"scale-to-{axis}", pages)
    layout.addElement(shape)
    document.automaticstyles.addElement(layout)
    document.masterstyles.addElement(MasterPage(name=name, pagelayoutname=layout))
    style = OdfStyle(name=f"table{name}", family="table", masterpagename=name)
    style.addElement(TableProperties(display="true"))
    document.automaticstyles.addElement(style)
    return f"table{name}"


def _table(document: "OpenDocument", sheet: Sheet, style: str) -> Any:
    """Return the sheet with its columns, without its rows."""
    from odf.table import Table, TableColumn

    table = Table(name=sheet.name, stylename=style)
    if sheet.printed:
        table.setAttribute("printranges", f"'{sheet.name}'.A1:'{sheet.name}'.{_letters(sheet.printed)}{sheet.height}")
    for column in sheet.columns:
        table.addElement(TableColumn(stylename=_column_style(document, column.width)))
    return table


def _column_style(document: "OpenDocument", width: int) -> str:
    from odf.style import Style as OdfStyle
    from odf.style import TableColumnProperties

    name = f"largeur{width}"
    if all(style.getAttribute("name") != name for style in document.automaticstyles.childNodes):
        style = OdfStyle(name=name, family="table-column")
        style.addElement(TableColumnProperties(columnwidth=f"{width * _CM_PER_CHARACTER:.2f}cm"))
        document.automaticstyles.addElement(style)
    return name


def _lines(sheet: Sheet) -> Iterator[str]:
    """Yield the rows as XML: written here, for odfpy takes a minute and a gigabyte over 200 dossiers."""
    for number, line in enumerate(sheet.lines()):
        row = f"<table:table-row>{''.join(map(_cell, line or (Cell(),)))}</table:table-row>"
        yield f"<table:table-header-rows>{row}</table:table-header-rows>" if number == sheet.header else row


def _cell(cell: Cell) -> str:
    if cell.value is None:
        return "<table:table-cell></table:table-cell>"
    if isinstance(cell.value, str):
        kind, lines = 'office:value-type="string"', escape(storable(cell.value)).splitlines()
    else:
        kind, lines = f'office:value="{cell.value}" office:value-type="float"', [str(cell.value).replace(".", ",")]
    if cell.link is not None:
        address = quoteattr(_address(cell.link))
        lines = [f"<text:a xlink:href={address}>{line}</text:a>" for line in lines]
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in lines)
    return f'<table:table-cell {kind} table:style-name="{cell.style.value}">{paragraphs}</table:table-cell>'


def _address(link: Target | str) -> str:
    """Addresses are relative to the inside of the archive, hence the «../»."""
    return f"#{link.sheet}.A{link.row + 1}" if isinstance(link, Target) else f"../{link}"


def _filters(workbook: Workbook) -> Any:
    from odf.table import DatabaseRange, DatabaseRanges

    ranges = DatabaseRanges()
    for number, sheet in enumerate(workbook.sheets):
        last = sheet.header + max(len(sheet.rows), 1) + 1
        area = f"'{sheet.name}'.A{sheet.header + 1}:'{sheet.name}'.{_letters(len(sheet.columns))}{last}"
        ranges.addElement(DatabaseRange(name=f"filtre{number}", targetrangeaddress=area, displayfilterbuttons="true"))
    return ranges


def _letters(number: int) -> str:
    """Column name of ``number``, from 1: A, Z, AA."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _freeze(document: "OpenDocument", workbook: Workbook) -> None:
    """Keep headers in sight, in the way LibreOffice stores its views."""
    from odf.config import ConfigItemMapEntry, ConfigItemMapIndexed, ConfigItemMapNamed, ConfigItemSet

    tables = ConfigItemMapNamed(name="Tables")
    for sheet in workbook.sheets:
        tables.addElement(_frozen(sheet))
    view = ConfigItemMapEntry()
    view.addElement(tables)
    views = ConfigItemMapIndexed(name="Views")
    views.addElement(view)
    settings = ConfigItemSet(name="ooo:view-settings")
    settings.addElement(views)
    document.settings.addElement(settings)


def _frozen(sheet: Sheet) -> Any:
    from odf.config import ConfigItem, ConfigItemMapEntry

    entry = ConfigItemMapEntry(name=sheet.name)
    row, column = sheet.header + 1, sheet.frozen
    modes = (("HorizontalSplitMode", "short", 2 if column else 0), ("VerticalSplitMode", "short", 2))
    places = (("HorizontalSplitPosition", "int", column), ("VerticalSplitPosition", "int", row))
    panes = (("ActiveSplitRange", "short", 3 if column else 2), ("PositionRight", "int", column), ("PositionBottom", "int", row))
    for name, kind, value in (*modes, *places, *panes):
        entry.addElement(ConfigItem(name=name, type=kind, text=str(value)))
    return entry


def _pack(data: bytes, workbook: Workbook, stream: IO[bytes]) -> None:
    """Pack the file again, rows put in, dates and traces taken out."""
    with zipfile.ZipFile(io.BytesIO(data)) as written, zipfile.ZipFile(stream, "w") as packed:
        for item in written.infolist():
            entry = zipfile.ZipInfo(item.filename, _EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if item.filename == "mimetype" else zipfile.ZIP_DEFLATED
            part = written.read(item.filename)
            with packed.open(entry, "w", force_zip64=item.filename == _CONTENT) as target:
                for piece in _parts(_canonical(part), workbook) if item.filename == _CONTENT else [_kept(item.filename, part)]:
                    target.write(piece)


def _kept(name: str, part: bytes) -> bytes:
    return _canonical(part) if name.endswith(".xml") else part


def _parts(content: bytes, workbook: Workbook) -> Iterator[bytes]:
    """Yield ``content.xml``, the rows of each sheet put where its table ends."""
    *tables, rest = content.split(_TABLE_END)
    for before, sheet in zip(tables, workbook.sheets, strict=True):
        yield before
        lines = _lines(sheet)
        while some := "".join(islice(lines, _ROWS_AT_ONCE)):
            yield some.encode()
        yield _TABLE_END
    yield rest


def _canonical(part: bytes) -> bytes:
    """Canonical XML: odfpy declares in each file every namespace that the process has used so far, in that order."""
    tree = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    etree.cleanup_namespaces(tree, top_nsmap=_NAMESPACES, keep_ns_prefixes=["ooo", *_NAMESPACES])
    return etree.tostring(tree, method="c14n")
