"""A workbook as ODS: odfpy for styles, pages, filters and views, lxml for the rows; nothing of the moment of writing stays in it."""

import io
import zipfile
from typing import TYPE_CHECKING, Any

from lxml import etree

from clausecheck.reporting.tables.model import COLOURS, UNWRAPPED, Cell, Sheet, Style, Target, Workbook, storable

if TYPE_CHECKING:
    from odf.opendocument import OpenDocument

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_CM_PER_CHARACTER = 0.21
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LOOKS: dict[Style, dict[str, str]] = {
    Style.TITLE: {"fontweight": "bold", "fontsize": "16pt"},
    Style.HEADER: {"fontweight": "bold"},
    Style.STRONG: {"fontweight": "bold"},
    Style.SOFT: {"color": "#5a5d68"},
    Style.LINK: {"color": "#1d4f91"},
}


def to_ods(workbook: Workbook) -> bytes:
    """Return the file. Same workbook, same bytes."""
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
    return _packed(buffer.getvalue(), workbook)


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
        table.setAttribute("printranges", f"'{sheet.name}'.A1:'{sheet.name}'.{_letters(sheet.printed)}{len(sheet.lines())}")
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


def _fill(tree: etree._Element, workbook: Workbook) -> None:
    """Put the rows in ``content.xml``: by lxml, for odfpy takes a minute and a gigabyte over 200 dossiers."""
    for table, sheet in zip(tree.iter(f"{_TABLE}table"), workbook.sheets, strict=True):
        for number, line in enumerate(sheet.lines()):
            _add_row(etree.SubElement(table, f"{_TABLE}table-header-rows") if number == sheet.header else table, line)


def _add_row(parent: etree._Element, cells: tuple[Cell, ...]) -> None:
    row = etree.SubElement(parent, f"{_TABLE}table-row")
    for cell in cells or (Cell(),):
        element = etree.SubElement(row, f"{_TABLE}table-cell")
        if cell.value is not None:
            _set_value(element, cell)


def _set_value(element: etree._Element, cell: Cell) -> None:
    element.set(f"{_TABLE}style-name", cell.style.value)
    if isinstance(cell.value, str):
        element.set(f"{_OFFICE}value-type", "string")
        lines = storable(cell.value).splitlines()
    else:
        element.set(f"{_OFFICE}value-type", "float")
        element.set(f"{_OFFICE}value", str(cell.value))
        lines = [str(cell.value).replace(".", ",")]
    for line in lines:
        paragraph = etree.SubElement(element, f"{_TEXT}p")
        holder = paragraph if cell.link is None else etree.SubElement(paragraph, f"{_TEXT}a", {_HREF: _address(cell.link)})
        holder.text = line


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


def _packed(data: bytes, workbook: Workbook) -> bytes:
    """Pack the file again, rows put in, dates and traces taken out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as written, zipfile.ZipFile(buffer, "w") as packed:
        for item in written.infolist():
            entry = zipfile.ZipInfo(item.filename, _EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if item.filename == "mimetype" else zipfile.ZIP_DEFLATED
            part = written.read(item.filename)
            if item.filename.endswith(".xml"):
                tree = _parsed(part)
                if item.filename == "content.xml":
                    _fill(tree, workbook)
                part = _canonical(tree)
            packed.writestr(entry, part)
    return buffer.getvalue()


def _canonical(tree: etree._Element) -> bytes:
    """Canonical XML: odfpy declares in each file every namespace that the process has used so far, in that order."""
    etree.cleanup_namespaces(tree, keep_ns_prefixes=["ooo"])
    return etree.tostring(tree, method="c14n")


def _parsed(part: bytes) -> etree._Element:
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
