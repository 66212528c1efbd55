"""The matrix page in a browser: sorts and filters with script, says everything without, asks nothing of the network, accessible."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from clausecheck.reporting.comparison import Comparison, Judged, Row
from clausecheck.reporting.matrix.page import write_html
from clausecheck.reporting.tables.model import in_memory
from clausecheck.reporting.tables.sheets import status_words
from clausecheck.reporting.view import SEVERITY_ORDER, STATUS_ORDER
from clausecheck.vocabulary import Severity, Status

Opened = Callable[..., Page]
_FIRST = 2
"""Column of the table where the dossiers begin."""


def rendered(comparison: Comparison) -> str:
    return in_memory(write_html, comparison).decode()


@pytest.fixture(scope="module")
def html(comparison: Comparison) -> str:
    return rendered(comparison)


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    """Open a page given as text; a complaint on the console, or a request for anything but the page, fails the test."""
    said: list[str] = []
    asked: list[str] = []
    pages: list[Page] = []

    def open_(html: str, *, script: bool = True, dark: bool = False) -> Page:
        path = tmp_path / "matrice.html"
        path.write_text(html, encoding="utf-8")
        page = browser.new_page(java_script_enabled=script, color_scheme="dark" if dark else "light", reduced_motion="reduce")
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        pages.append(page)
        return page

    yield open_
    for page in pages:
        page.close()
    assert said == []
    assert asked == [(tmp_path / "matrice.html").as_uri()] * len(pages)


def shown(page: Page) -> list[str]:
    """Requirements of the rows in sight, in order."""
    return page.locator("#table tbody tr:visible th .id").all_inner_texts()


def ids(rows: list[Row]) -> list[str]:
    return [row.requirement for row in rows]


def test_filters_keep_what_fits_and_count_it(opened: Opened, html: str, comparison: Comparison) -> None:
    page, rows = opened(html), list(comparison.rows)
    assert shown(page) == ids(rows)
    page.select_option("select[name=severity]", Severity.BLOQUANTE.value)
    blocking = [row for row in rows if row.severity is Severity.BLOQUANTE]
    assert shown(page) == ids(blocking)
    page.select_option("select[name=status]", Status.CONTREDITE.value)
    contradicted = [row for row in blocking if any(f and f.status is Status.CONTREDITE for f in row.findings)]
    assert shown(page) == ids(contradicted) != []
    count = len(contradicted)
    assert page.locator("#compte").inner_text() == f"{count} exigence{'s' if count > 1 else ''} sur {len(rows)}"


def test_search_ignores_accents_and_case(opened: Opened, html: str, comparison: Comparison) -> None:
    page = opened(html)
    page.fill("input[name=q]", "SECURITE")
    found = shown(page)
    assert found
    assert found == [
        row.requirement for row in comparison.rows if re.search("s[ée]curit[ée]", f"{row.title} {row.requirement}", re.IGNORECASE)
    ]


def test_a_lot_hides_the_others(opened: Opened, html: str, comparison: Comparison) -> None:
    page = opened(html)
    page.select_option("select[name=lot]", "lot 2")
    heads = page.locator("#table thead th:visible").all_inner_texts()
    assert len(heads) == _FIRST + 1
    assert "Portalys" in heads[-1]
    page.select_option("select[name=lot]", "")
    assert page.locator("#table thead th:visible").count() == _FIRST + len(comparison.dossiers)


@pytest.mark.parametrize("column", range(3))
def test_a_column_sorts_both_ways_from_the_keyboard(column: int, opened: Opened, html: str, comparison: Comparison) -> None:
    page = opened(html)
    button = page.locator("#table thead button").nth(_FIRST + column)
    button.focus()
    page.keyboard.press("Enter")
    rows = sorted(comparison.rows, key=lambda row: STATUS_ORDER.index(row.findings[column].status))  # type: ignore[union-attr]
    assert shown(page) == ids(rows)
    assert page.locator("#table thead th").nth(_FIRST + column).get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Enter")
    assert shown(page) == ids(sorted(comparison.rows, key=lambda row: -STATUS_ORDER.index(row.findings[column].status)))  # type: ignore[union-attr]
    page.locator("#table thead button").nth(1).click()
    assert shown(page) == ids(sorted(comparison.rows, key=lambda row: SEVERITY_ORDER.index(row.severity)))
    assert page.locator("#table [aria-sort]").count() == 1


@pytest.mark.parametrize("script", [True, False])
def test_every_cell_says_its_status_and_leads_to_its_finding(script: bool, opened: Opened, html: str, comparison: Comparison) -> None:
    page = opened(html, script=script)
    cells = page.locator("#table tbody td a")
    expected = [
        (status_words(f.status), comparison.dossiers[i].link(f.requirement))
        for row in comparison.rows
        for i, f in enumerate(row.findings)
        if f
    ]
    assert list(zip(cells.all_inner_texts(), [a.get_attribute("href") for a in cells.all()], strict=True)) == expected
    assert page.locator("#filtres").is_visible() is script
    assert page.locator("#table thead button").count() == (_FIRST + len(comparison.dossiers) if script else 0)


def test_the_heat_map_has_a_cell_for_each_status_and_words_beside(opened: Opened, html: str, comparison: Comparison) -> None:
    page = opened(html, script=False)
    for status in STATUS_ORDER:
        count = sum(f is not None and f.status is status for row in comparison.rows for f in row.findings)
        assert page.locator(f".heat rect.s-{status.value}").count() == count
    described = page.locator(".heat svg").get_attribute("aria-describedby")
    assert "la matrice" in page.locator(f"#{described}").inner_text()


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing(dark: bool, opened: Opened, html: str) -> None:
    results = Axe().run(opened(re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html), dark=dark))
    assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in results.response["violations"]] == []


def test_words_of_a_contract_are_shown_never_run(opened: Opened, comparison: Comparison) -> None:
    attack = "<script>document.title='pris'</script><img src=x onerror=alert(1)>\u202e"
    report = comparison.dossiers[0].report
    vendor = report.dossier.vendor.model_copy(update={"name": attack})
    report = report.model_copy(update={"dossier": report.dossier.model_copy(update={"vendor": vendor})})
    page = opened(rendered(Comparison.of(attack, [Judged.of(report, "rapport.html")], [(attack, attack)])))
    assert "pris" not in page.title().split("<")[0]
    assert page.locator("img").count() == 0
    assert attack.replace("\u202e", "⟨U+202E⟩") in (page.locator("h1").text_content() or "")


def test_on_paper_everything_is_there(opened: Opened, html: str, comparison: Comparison) -> None:
    page = opened(html)
    page.emulate_media(media="print")
    assert not page.locator("#filtres").is_visible()
    assert len(shown(page)) == len(comparison.rows)
    assert page.locator(".scroll").first.evaluate("e => getComputedStyle(e).overflow") == "visible"


def test_nothing_overflows_on_a_small_screen(opened: Opened, html: str) -> None:
    page = opened(html)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_same_comparison_same_page(html: str, comparison: Comparison) -> None:
    assert rendered(Comparison.of(comparison.name, reversed(comparison.dossiers), comparison.notes, comparison.unread)) == html
    assert re.findall(r"url\(|@import|fetch\(|XMLHttpRequest|sendBeacon|WebSocket", html) == []
    assert "default-src 'none'" in unescape(html)
