"""The styles of the Word report: the reader may change them all at once, as in any document."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clausecheck.reporting.blocks import Role
from clausecheck.reporting.docx_parts import frame, lighten
from clausecheck.vocabulary import Status

if TYPE_CHECKING:
    from docx.document import Document
    from docx.shared import RGBColor

STYLES = {
    Role.BODY: "Normal",
    Role.DECISION: "Décision",
    Role.STATUS: "Statut du constat",
    Role.QUOTE: "Citation du contrat",
    Role.PLACE: "Provenance",
    Role.PROPOSAL: "Clause proposée",
    Role.NOTE: "Note",
}
CELL, HEAD_CELL = "Cellule", "Cellule de titre"
MARKED = "Liste à coches"
_INK, _SOFT = "1C1D22", "5A5D68"
SHADE = "EFEDE6"
_COLOURS = {
    Status.CONFORME: "1B6E3C",
    Status.AFFAIBLIE: "8A5A00",
    Status.CONTREDITE: "A3231F",
    Status.ABSENTE: "A3231F",
    Status.SANS_OBJET: "5A5D68",
    Status.NON_CONCLUANT: "6B3FA0",
}
"""On white, contrast 4.5:1 or better (RGAA); the word and the icon say it too."""

_FONT = "Arial"


@dataclass(frozen=True, slots=True)
class _Look:
    """A paragraph style. ``keep``: on the page of what follows; measures in points."""

    size: float
    bold: bool = False
    italic: bool = False
    colour: str = _INK
    before: float = 0
    after: float = 0
    indent: float = 0
    hanging: float = 0
    keep: bool = False


_LOOKS = {
    "Normal": _Look(10, before=3, after=3),
    "Title": _Look(18, bold=True, after=6),
    "Heading 1": _Look(16, bold=True, before=18, after=6, keep=True),
    "Heading 2": _Look(12.5, bold=True, before=14, after=2, keep=True),
    "TOC Heading": _Look(16, bold=True, after=8),
    "toc 1": _Look(10, bold=True, before=6, after=1),
    "toc 2": _Look(9.5, after=1, indent=12),
    "Caption": _Look(9.5, bold=True, before=8, after=3, keep=True),
    "List Bullet": _Look(10, after=1, indent=14, hanging=10),
    MARKED: _Look(10, after=1, indent=14, hanging=10),
    "Footer": _Look(8.5, colour=_SOFT),
    STYLES[Role.DECISION]: _Look(13, bold=True, before=4, after=8),
    STYLES[Role.STATUS]: _Look(10, bold=True, after=3, keep=True),
    STYLES[Role.QUOTE]: _Look(10, italic=True, before=4, indent=14, keep=True),
    STYLES[Role.PLACE]: _Look(9, colour=_SOFT, after=5, indent=14),
    STYLES[Role.PROPOSAL]: _Look(10, before=4, after=8),
    STYLES[Role.NOTE]: _Look(9, colour=_SOFT, before=10),
    CELL: _Look(9, before=1.5, after=1.5),
    HEAD_CELL: _Look(9, bold=True, before=1.5, after=1.5),
}


def status_colour(status: Status) -> "RGBColor":
    """Return the colour of a status."""
    from docx.shared import RGBColor

    return RGBColor.from_string(_COLOURS[status])


def prepare(document: "Document") -> None:
    """Set the page, the language and every style that the report uses."""
    lighten(document)
    _page(document)
    _language(document)
    for name, look in _LOOKS.items():
        _apply(_named(document, name), look)
    proposal: Any = document.styles[STYLES[Role.PROPOSAL]]
    proposal.paragraph_format.keep_together = True
    frame(proposal, _SOFT)


def _page(document: "Document") -> None:
    """A4, margins of 2 cm."""
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)


def _language(document: "Document") -> None:
    """French, for spelling and for screen readers."""
    from docx.oxml.ns import qn

    declared = [*document.styles.element.iter(qn("w:lang")), *document.settings.element.iter(qn("w:themeFontLang"))]
    for language in declared:
        language.set(qn("w:val"), "fr-FR")


def _apply(style: Any, look: _Look) -> None:
    from docx.shared import Pt, RGBColor

    _font(style, _FONT)
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, look.italic
    style.font.color.rgb = RGBColor.from_string(look.colour)
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after, spacing.keep_with_next = Pt(look.before), Pt(look.after), look.keep
    if look.indent:
        spacing.left_indent, spacing.first_line_indent = Pt(look.indent), Pt(-look.hanging)


def _named(document: "Document", name: str) -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    if name in [style.name for style in document.styles]:
        return document.styles[name]
    style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc "))
    style.base_style = document.styles["Normal"]
    return style


def _font(style: Any, name: str) -> None:
    """Name the font for every script, in place of the theme's."""
    from docx.oxml.ns import qn

    style.font.name = name
    fonts = style.element.rPr.rFonts
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.attrib.pop(qn(f"w:{script}Theme"), None)
        fonts.set(qn(f"w:{script}"), name)
