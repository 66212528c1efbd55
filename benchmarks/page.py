"""Measure the HTML report in Chromium: ``python benchmarks/page.py [--findings 2000] [PIECE…]``.

Size of the page of the pieces given (a sample by default), then the same page with its findings repeated up to ``--findings``: time to be
ready, and, for each filter and search, from the event to the frame painted after it. A frame of 60 Hz lasts 16.7 ms; beyond 100 ms
a reader feels a delay.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from clausecheck.assessment.model import DossierReport, Finding
from clausecheck.catalogue.loader import load_catalogue
from clausecheck.cli.gather import gather
from clausecheck.pipeline import Engine
from clausecheck.reporting.html_report import render
from clausecheck.reporting.view import ReportView

SAMPLE = Path(__file__).parents[1] / "samples" / "presque-conforme"
STEPS = [("status", "affaiblie"), ("severity", "bloquante"), ("family", "RGPD"), ("decider", "dpo"), ("q", "délai"), ("q", "notification")]
RUNS = 5
PAINTED = """([name, value]) => new Promise(done => {
    const field = document.forms[0].elements[name], start = performance.now();
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    const computed = performance.now() - start;
    requestAnimationFrame(() => setTimeout(() => done([computed, performance.now() - start])));
})"""


def many(report: DossierReport, count: int) -> DossierReport:
    """Repeat the findings of ``report`` under other identifiers."""
    return replace(report, findings=tuple(_copy(f, i) for i, f in enumerate(islice(cycle(report.findings), count))))


def _copy(finding: Finding, number: int) -> Finding:
    requirement = finding.requirement
    return replace(finding, requirement=requirement.model_copy(update={"id": f"{requirement.id}-{number}"}))


def measure(page: Page, name: str, value: str) -> tuple[float, float]:
    """Median milliseconds of a filter, computed then painted; the filter is taken off after each run."""
    runs = []
    for _ in range(RUNS):
        runs.append(page.evaluate(PAINTED, [name, value]))
        page.evaluate(PAINTED, [name, ""])
    computed, painted = zip(*runs, strict=True)
    return statistics.median(computed), statistics.median(painted)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=int, default=2000)
    parser.add_argument("pieces", nargs="*", type=Path, default=[SAMPLE])
    args = parser.parse_args()
    gathered = gather(args.pieces)
    report = Engine(load_catalogue()).assess(gathered.documents, name=gathered.name, problems=gathered.problems)
    pages = sum(d.coverage.pages_total for d in gathered.documents)
    start = time.perf_counter()
    html = render(ReportView.of(report))
    print(
        f"{pages} pages, {len(report.findings)} findings: {len(html.encode()) / 1e6:.2f} MB, written in {time.perf_counter() - start:.2f} s"
    )
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        path = Path(folder) / "rapport.html"
        path.write_text(render(ReportView.of(many(report, args.findings))), encoding="utf-8")
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        start = time.perf_counter()
        page.goto(path.as_uri())
        print(f"{args.findings} findings: {path.stat().st_size / 1e6:.1f} MB, ready in {time.perf_counter() - start:.2f} s")
        for name, value in STEPS:
            computed, painted = measure(page, name, value)
            print(f"{name} = {value}: computed {computed:.0f} ms, painted {painted:.0f} ms")
        browser.close()


if __name__ == "__main__":
    main()
