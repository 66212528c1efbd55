"""A workbook as XLSX, by XlsxWriter: it dates nothing by itself, writes text as text, and sets panes, filters and print-out.

(openpyxl stamps the moment of writing into the file and its archive, so that two runs would differ.)
"""

import math
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any

from clausecheck.reporting.tables.model import COLOURS, UNWRAPPED, Cell, Sheet, Style, Target, Workbook, looks_like_formula, storable

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook as Book
    from xlsxwriter.worksheet import Worksheet

MAX_LINKS = 65_530
"""Links that one sheet may hold (a limit of the format): cells beyond keep their words."""

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_A3, _A4 = 8, 9
_LINE_HEIGHT, _TITLE_HEIGHT, _MAX_HEIGHT = 13.0, 24.0, 409.0
_BASE: dict[str, Any] = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
_RULE = {"bottom": 1, "bottom_color": "#d9d6cd"}
_LOOKS: dict[Style, dict[str, Any]] = {
    Style.TITLE: {"bold": True, "font_size": 16},
    Style.HEADER: {"bold": True, "valign": "vcenter", "border": 1, "border_color": "#d9d6cd"},
    Style.STRONG: {"bold": True},
    Style.SOFT: {"font_color": "#5a5d68"},
    Style.LINK: {"font_color": "#1d4f91", "underline": 1},
}


def write_xlsx(workbook: Workbook, stream: IO[bytes]) -> None:
    """Write the file, a row in memory at a time. Same workbook, same bytes."""
    from xlsxwriter import Workbook as Book

    book = Book(stream, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": storable(workbook.title), "author": "clausecheck", "created": _EPOCH})
    styles = _Styles(book)
    for sheet in workbook.sheets:
        _write(book.add_worksheet(sheet.name), sheet, styles)
    book.close()


class _Styles:
    """Formats of the book, each made once."""

    def __init__(self, book: "Book") -> None:
        self._book = book
        self._made: dict[tuple[Style, bool], Format] = {}

    def get(self, style: Style, *, quoted: bool = False) -> "Format":
        """``quoted``: Excel's own mark for «this is text», so that editing the cell never turns it into a formula."""
        key = (style, quoted)
        if key not in self._made:
            colours = dict(zip(("font_color", "bg_color"), COLOURS[style], strict=True)) if style in COLOURS else {}
            shape = {"text_wrap": False} if style in UNWRAPPED else {"text_wrap": True, **_RULE}
            self._made[key] = self._book.add_format({**_BASE, **shape, **colours, **_LOOKS.get(style, {}), "quote_prefix": quoted})
        return self._made[key]


def _write(page: "Worksheet", sheet: Sheet, styles: _Styles) -> None:
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)
    links = 0
    for i, line in enumerate(sheet.lines()):
        page.set_row(i, _height(line, sheet))
        for j, cell in enumerate(line):
            links += cell.link is not None
            _put(page, i, j, cell if links <= MAX_LINKS else Cell(cell.value, cell.style), styles)
    last = max(sheet.header + len(sheet.rows), sheet.header + 1)
    page.freeze_panes(sheet.header + 1, sheet.frozen)
    page.autofilter(sheet.header, 0, last, len(sheet.columns) - 1)
    _print_setup(page, sheet)


def _put(page: "Worksheet", row: int, column: int, cell: Cell, styles: _Styles) -> None:
    if cell.value is None:
        return
    if not isinstance(cell.value, str):
        page.write_number(row, column, cell.value, styles.get(cell.style))
        return
    text = storable(cell.value)
    look = styles.get(cell.style, quoted=looks_like_formula(text))
    if cell.link is None:
        page.write_string(row, column, text, look)
    else:
        page.write_url(row, column, _address(cell.link), look, text)


def _height(line: tuple[Cell, ...], sheet: Sheet) -> float:
    """Height in points that shows the whole text: Excel guesses it on opening, LibreOffice does not."""
    if any(cell.style is Style.TITLE for cell in line):
        return _TITLE_HEIGHT
    wrapped = ((str(cell.value), column.width) for cell, column in zip(line, sheet.columns, strict=False) if cell.style not in UNWRAPPED)
    lines = max((sum(math.ceil(len(part) / width) or 1 for part in text.split("\n")) for text, width in wrapped), default=1)
    return min(max(lines, 1) * _LINE_HEIGHT + 2, _MAX_HEIGHT)


def _address(link: Target | str) -> str:
    return f"internal:'{link.sheet}'!A{link.row + 1}" if isinstance(link, Target) else f"external:{link}"


def _print_setup(page: "Worksheet", sheet: Sheet) -> None:
    page.set_landscape()
    page.set_paper(_A3 if sheet.large else _A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(sheet.header)
    if sheet.printed:
        page.print_area(0, 0, sheet.height - 1, sheet.printed - 1)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.set_footer("&L&A&Rpage &P sur &N")
