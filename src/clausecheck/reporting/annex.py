"""The counter-proposal: a Word annex with the model clauses for what is missing or weakened, each traced to its finding."""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from clausecheck.assessment.model import Finding
from clausecheck.reporting.annotate.notes import AUTHOR
from clausecheck.reporting.annotate.package import frozen
from clausecheck.reporting.docx_parts import comment_styles, lighten
from clausecheck.reporting.typography import french, plural
from clausecheck.reporting.view import FAMILY_LABELS, SEVERITY_LABELS, STATUS_LABELS, ReportView
from clausecheck.reporting.wording import BUYER, HOLDER, PURPOSE, Chunk, Wording, delays

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

TITLE = "Annexe – clauses proposées"
FILENAME = "Annexe – clauses proposées.docx"
CLAUSE = "Clause proposée"
_NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)
_LANGUAGE = "fr-FR"


def render(view: ReportView) -> bytes:
    """Return the annex. Same report, same bytes: it bears no date."""
    annex = _Annex(view)
    annex.write()
    buffer = io.BytesIO()
    annex.document.save(buffer)
    return frozen(buffer.getvalue())


def proposed(view: ReportView) -> list[tuple[str, list[Finding]]]:
    """Return the open findings by family, families and requirements in the order of the catalogue."""
    families = [name for name, _ in view.by_family()]
    open_ = sorted((f for f in view.report.findings if f.open), key=lambda f: families.index(f.requirement.family))  # stable
    return [(name, list(group)) for name, group in groupby(open_, key=lambda f: f.requirement.family)]


class _Annex:
    """The document being written."""

    def __init__(self, view: ReportView) -> None:
        import docx

        self.document: Document = docx.Document()
        self._view = view
        self._wording = Wording(view.report)
        self._blanks: list[tuple[str, str]] = []
        self._number = 0

    def write(self) -> None:
        """Write everything."""
        _set_up(self.document, french(f"{TITLE} · {self._view.report.name}"))
        self.document.add_paragraph(TITLE, style="Title")
        self._opening()
        for family, findings in proposed(self._view):
            self.document.add_heading(FAMILY_LABELS.get(family, family), level=1)
            for finding in findings:
                self._clause(finding)
        self._left_to_complete()

    def _opening(self) -> None:
        for label, slot in (("Acheteur", BUYER), ("Titulaire", HOLDER), ("Objet", PURPOSE)):
            self._chunks([Chunk(french(f"{label} : ")), self._wording.fill(slot)], "Normal", "en-tête")
        self._say(_PARTIES)
        count = sum(len(findings) for _, findings in proposed(self._view))
        proposals = plural(count, "clause proposée", "clauses proposées")
        self._say(f"{proposals}. Le commentaire de chacune donne le constat qui la motive." if count else _NOTHING)
        if self._view.unclear:
            self._say(f"{plural(len(self._view.unclear), 'exigence')} sans conclusion possible : {_UNCLEAR}")

    def _say(self, text: str, style: str = "Normal") -> None:
        self.document.add_paragraph(french(text), style=style)

    def _clause(self, finding: Finding) -> None:
        self._number += 1
        heading = self.document.add_heading(french(f"Clause {self._number} – {finding.requirement.title}"), level=2)
        self._chunks(self._wording.of(finding), CLAUSE, f"clause {self._number}")
        self._comment(heading, _trace(self._view, finding))

    def _comment(self, paragraph: "Paragraph", lines: Iterable[str]) -> None:
        """Say why in the margin: the annex goes to the other party, its reasons need not, and comments are removed at once."""
        from docx.oxml.ns import qn

        text = french("\n".join(lines))
        comment = self.document.add_comment(paragraph.runs, text, author=AUTHOR, initials="cc")
        del comment._comment_elm.attrib[qn("w:date")]  # noqa: SLF001  (python-docx dates comments by the clock)

    def _chunks(self, chunks: Sequence[Chunk], style: str, where: str) -> None:
        """Add a paragraph; what remains to complete is bold and highlighted, so that nobody misses it."""
        from docx.enum.text import WD_COLOR_INDEX

        paragraph = self.document.add_paragraph(style=style)
        for chunk in chunks:
            run = paragraph.add_run(chunk.text)
            if chunk.blank:
                run.bold, run.font.highlight_color = True, WD_COLOR_INDEX.YELLOW
                self._blanks.append((chunk.slot or "", where))

    def _left_to_complete(self) -> None:
        if self._blanks:
            self.document.add_heading("Champs à compléter", level=1)
            for slot, where in self._blanks:
                self._say(f"{slot} ({where})", "List Bullet")


_PARTIES = (
    "Dans la présente annexe, « l’acheteur » et « le titulaire » désignent les parties nommées ci-dessus ; ses stipulations complètent ou "
    "remplacent celles des pièces du dossier qui traitent du même sujet."
)
_UNCLEAR = "aucune clause n’est proposée, relisez les pièces que le rapport signale."
_NOTHING = "Aucune clause à proposer : aucune exigence n’est absente, affaiblie ou contredite."


def _trace(view: ReportView, finding: Finding) -> Iterator[str]:
    """Say which finding the clause answers: identifier, status, reason, places, delays read."""
    yield f"{finding.requirement.id} – {STATUS_LABELS[finding.status]} ({SEVERITY_LABELS[finding.severity].lower()}). {finding.reason}"
    places = list(dict.fromkeys(view.place(e) for e in finding.evidence))
    if places:
        yield f"Passages : {' ; '.join(places)}."
    stated = list(dict.fromkeys(delays(finding.evidence)))
    if stated:
        yield f"Délais lus dans ces passages : {', '.join(stated)}."


def _set_up(document: "Document", header: str) -> None:
    """Set styles, language, header, page numbers and properties."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm

    _speak_french(document)
    lighten(document)
    comment_styles(document)
    clause = document.styles.add_style(CLAUSE, WD_STYLE_TYPE.PARAGRAPH)
    clause.base_style = document.styles["Normal"]
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.header.paragraphs[0].text = header
    _page_number(section.footer.paragraphs[0])
    properties = document.core_properties
    properties.title, properties.author, properties.language, properties.comments = TITLE, "clausecheck", _LANGUAGE, ""
    properties.created = properties.modified = _NO_DATE


def _speak_french(document: "Document") -> None:
    """Set the language of the default style: spelling, hyphens, screen readers."""
    from docx.oxml.ns import qn

    for language in document.styles.element.iter(qn("w:lang")):
        for name in ("val", "eastAsia"):
            language.set(qn(f"w:{name}"), _LANGUAGE)


def _page_number(paragraph: "Paragraph") -> None:
    """Write «Page 3 sur 12» with Word's own fields."""
    for text, code in (("Page ", "PAGE"), (" sur ", "NUMPAGES")):
        paragraph.add_run(text)
        paragraph._p.append(_field(code))  # noqa: SLF001  (python-docx has no fields)


def _field(code: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    return field
