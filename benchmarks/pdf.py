"""Time the PDF report beside WeasyPrint alone on the same HTML: ``python benchmarks/pdf.py``. Processor time, best of three in turn."""

import time
from collections.abc import Callable
from pathlib import Path

from weasyprint import HTML

from clausecheck.catalogue.loader import load_catalogue
from clausecheck.cli.gather import gather
from clausecheck.pipeline import Engine
from clausecheck.reporting import docx_report, odt_report, pdf_report
from clausecheck.reporting.view import ReportView

SAMPLE = Path(__file__).parents[1] / "samples" / "presque-conforme"
RUNS = 3


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print each form's time, and the ratio."""
    gathered = gather([SAMPLE])
    view = ReportView.of(Engine(load_catalogue()).assess(gathered.documents, name=gathered.name))
    page = pdf_report.page_html(view)
    works = {
        "WeasyPrint alone": lambda: HTML(string=page).write_pdf(),
        "PDF report": lambda: pdf_report.render(view),
        "Word report": lambda: docx_report.render(view),
        "OpenDocument report": lambda: odt_report.render(view),
    }
    best = dict.fromkeys(works, float("inf"))
    for _ in range(RUNS):
        for name, work in works.items():
            best[name] = min(best[name], seconds(work))
    for name, value in best.items():
        print(f"{name}: {value:.2f} s")
    print(f"ratio: {best['PDF report'] / best['WeasyPrint alone']:.2f}")


if __name__ == "__main__":
    main()
