"""The report as an archive PDF: tagged, in French, made after PDF/A-3a (not certified), with the JSON report attached."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from clausecheck.errors import UsageError
from clausecheck.reporting.json_report import dumps
from clausecheck.reporting.outline import outline
from clausecheck.reporting.templating import fill
from clausecheck.reporting.view import ReportView

VARIANT = "pdf/a-3a"
ATTACHMENT = "rapport.json"
_UNDATED = datetime(1980, 1, 1, tzinfo=UTC)


def ready() -> None:
    """Check that WeasyPrint and the pango library are there. Raises UsageError, which says what to install."""
    try:
        import weasyprint  # noqa: F401
    except ImportError as error:
        raise UsageError(
            'Le rapport PDF demande WeasyPrint : installez-le avec « pip install "clausecheck[pdf]" », ou demandez --format docx ou odt.',
            "pdf_weasyprint_absent",
        ) from error
    except OSError as error:
        raise UsageError(
            "Le rapport PDF demande la bibliothèque pango : « apt install libpango-1.0-0 libpangoft2-1.0-0 » (Debian, Ubuntu), "
            "« brew install pango » (macOS), MSYS2 puis « pacman -S mingw-w64-x86_64-pango » (Windows) ; ou demandez --format docx ou odt.",
            "pdf_pango_absent",
        ) from error


def render(view: ReportView) -> bytes:
    """Return the file. Raises UsageError where it cannot be made here."""
    ready()
    from weasyprint import HTML, Attachment

    data = dumps(view.report).encode("utf-8")
    attached = Attachment(
        string=data, name=ATTACHMENT, description="Le rapport en JSON", created=_UNDATED, modified=_UNDATED, relationship="Data"
    )
    page = HTML(string=page_html(view), url_fetcher=_refuse)
    pdf: bytes = page.write_pdf(
        attachments=[attached], pdf_variant=VARIANT, pdf_tags=True, pdf_identifier=hashlib.sha256(data).digest()[:16]
    )
    return pdf


def page_html(view: ReportView) -> str:
    """Return the page that is printed."""
    return fill("impression.html", said=outline(view))


def _refuse(url: str, *_: Any, **__: Any) -> Any:
    """Fetch nothing: the page holds all it needs, and a report must not speak to the network."""
    raise ValueError(f"external resource refused: {url}")
