"""The forms a report may take, by name. Each is a function of the one view; its library is imported when it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass

from clausecheck.reporting.view import ReportView


@dataclass(frozen=True, slots=True)
class Export:
    """A form of the report: ``filename`` in the output folder, ``render`` its bytes. ``textual``: may go to a terminal or a pipe."""

    filename: str
    render: Callable[[ReportView], bytes]
    textual: bool = False


def _json(view: ReportView) -> bytes:
    from clausecheck.reporting.json_report import dumps

    return dumps(view.report).encode("utf-8")


def _html(view: ReportView) -> bytes:
    from clausecheck.reporting.html_report import render

    return render(view).encode("utf-8")


EXPORTS = {
    "json": Export("rapport.json", _json, textual=True),
    "html": Export("rapport.html", _html, textual=True),
}
"""In the order in which they are written; «json» and «html» always are."""

ALWAYS = ("json", "html")
