"""A headless Chromium, the one of the system; tests that need it are skipped where it is missing."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from visits import Visit, Visitor

from clausecheck.assessment.model import DossierReport
from clausecheck.reporting.html_report import render
from clausecheck.reporting.view import ReportView

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("chromium absent : la page n’a pas été ouverte dans un navigateur (apt install chromium)")
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Visitor]:
    """Open a page given as text; whatever it wanted to ask of the network or had to complain about fails the test."""
    visits: list[Visit] = []

    def open_(html: str, *, script: bool = True, width: int = 1280, dark: bool = False, anchor: str = "") -> Visit:
        path = tmp_path / "rapport.html"
        path.write_text(html, encoding="utf-8")
        scheme = "dark" if dark else "light"
        page = browser.new_page(
            java_script_enabled=script, viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
        )
        visit = Visit(page)
        page.on("console", lambda message: visit.said.append(message.text))
        page.on("pageerror", lambda error: visit.said.append(str(error)))
        page.on("request", lambda request: visit.asked.append(request.url))
        page.goto(path.as_uri() + anchor)
        visits.append(visit)
        return visit

    yield open_
    for visit in visits:
        visit.page.close()
        assert visit.said == []
        assert [url for url in visit.asked if not url.startswith("file:")] == []
        assert len(visit.asked) == 1, "la page seule"


@pytest.fixture(scope="session")
def report(report_of: Callable[[str], DossierReport]) -> DossierReport:
    """A dossier with findings of every kind."""
    return report_of("cgv-reprend-tout")


@pytest.fixture(scope="session")
def html(report: DossierReport) -> str:
    return render(ReportView.of(report))
