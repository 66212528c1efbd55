"""The forms a report may take, by name. Each is a function of the one view; its library is imported when it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clausecheck.reporting.filenames import HTML_REPORT, JSON_REPORT, versioned
from clausecheck.reporting.view import ReportView
from clausecheck.vocabulary import Diffusion

if TYPE_CHECKING:
    from clausecheck.reporting.tables.model import Workbook


def _nothing_needed() -> None:
    """Say that what clausecheck always installs is enough."""


@dataclass(frozen=True, slots=True)
class Export:
    """A form of the report: ``filename`` in the output folder, ``render`` its bytes. ``textual``: may go to a terminal or a pipe.

    ``ready`` raises UsageError where something that the form needs is not installed: asked before the work.
    """

    filename: str
    render: Callable[[ReportView], bytes]
    textual: bool = False
    ready: Callable[[], None] = _nothing_needed

    def filename_of(self, diffusion: Diffusion) -> str:
        """Return the name of the file, which tells a version that may be communicated from one that may not."""
        return versioned(self.filename, diffusion)

    def filename_for(self, view: ReportView) -> str:
        """Return the name of the file for this view."""
        return self.filename_of(view.report.diffusion)


def _json(view: ReportView) -> bytes:
    from clausecheck.reporting.json_report import dumps

    return dumps(view.report).encode("utf-8")


def _html(view: ReportView) -> bytes:
    from clausecheck.reporting.html_report import render

    return render(view).encode("utf-8")


def _xlsx(view: ReportView) -> bytes:
    from clausecheck.reporting.tables.model import in_memory
    from clausecheck.reporting.tables.xlsx import write_xlsx

    return in_memory(write_xlsx, _workbook(view))


def _ods(view: ReportView) -> bytes:
    from clausecheck.reporting.tables.model import in_memory
    from clausecheck.reporting.tables.ods import write_ods

    return in_memory(write_ods, _workbook(view))


def _workbook(view: ReportView) -> "Workbook":
    from clausecheck.reporting.comparison import Comparison, Judged
    from clausecheck.reporting.payload import report_of
    from clausecheck.reporting.tables.sheets import workbook

    report = report_of(view)
    return workbook(Comparison.of(report.dossier.name, [Judged.of(report, EXPORTS["html"].filename_for(view))]), view.run)


def _sarif(view: ReportView) -> bytes:
    from clausecheck.reporting.payload import report_of
    from clausecheck.reporting.sarif import to_sarif

    return to_sarif(report_of(view)).encode("utf-8")


def _junit(view: ReportView) -> bytes:
    from clausecheck.reporting.junit import to_junit
    from clausecheck.reporting.payload import report_of

    return to_junit(report_of(view)).encode("utf-8")


def _docx(view: ReportView) -> bytes:
    from clausecheck.reporting.docx_report import render

    return render(view)


def _odt(view: ReportView) -> bytes:
    from clausecheck.reporting.odt_report import render

    return render(view)


def _pdf(view: ReportView) -> bytes:
    from clausecheck.reporting.pdf_report import render

    return render(view)


def _pdf_ready() -> None:
    from clausecheck.reporting.pdf_report import ready

    ready()


def _markdown(view: ReportView) -> bytes:
    from clausecheck.reporting.markdown_report import render

    return render(view).encode("utf-8")


EXPORTS = {
    "json": Export(JSON_REPORT, _json, textual=True),
    "html": Export(HTML_REPORT, _html, textual=True),
    "xlsx": Export("rapport.xlsx", _xlsx),
    "ods": Export("rapport.ods", _ods),
    "sarif": Export("rapport.sarif", _sarif, textual=True),
    "junit": Export("rapport.junit.xml", _junit, textual=True),
    "md": Export("rapport.md", _markdown, textual=True),
    "docx": Export("rapport.docx", _docx),
    "odt": Export("rapport.odt", _odt),
    "pdf": Export("rapport.pdf", _pdf, ready=_pdf_ready),
}
"""In the order in which they are written; «json» and «html» always are."""

ALWAYS = ("json", "html")
