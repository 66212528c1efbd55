"""The transparency sheet: true of the catalogue and of the measured figures, the same in every form."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pydantic import ValidationError

from clausecheck.assessment.model import DossierReport
from clausecheck.catalogue.loader import Catalogue
from clausecheck.reporting.quality import MeasuredQuality, load_quality
from clausecheck.reporting.transparency import Facts, Section, as_markdown, sections

ROOT = Path(__file__).parents[2]
TITLES = (
    "Ce que l’outil décide",
    "Ce qu’il ne décide pas",
    "Règles et versions",
    "Qualité mesurée",
    "Limites connues",
    "Données conservées et sobriété",
    "Temps et énergie",
    "À qui s’adresser",
)


@pytest.fixture(scope="module")
def sheet(catalogue: Catalogue) -> tuple[Section, ...]:
    return sections(Facts.of_catalogue(catalogue, "voix", "ab12"))


def figures(line: str) -> list[float]:
    """The numbers between the bars of a Markdown row."""
    return [float(cell) for cell in re.findall(r"\|\s*\**(\d\.\d+)\**\s*(?=\|)", line)]


def test_it_says_everything_the_charter_asks(sheet: tuple[Section, ...]) -> None:
    assert tuple(s.title for s in sheet) == TITLES
    assert all(s.paragraphs or s.items or s.tables for s in sheet)


def test_it_counts_the_rules_and_names_their_versions(sheet: tuple[Section, ...], catalogue: Catalogue) -> None:
    rules = next(s for s in sheet if s.key == "tr-regles")
    criteria = sum(len(r.criteria) for r in catalogue.requirements)
    assert rules.tables[0].rows[-1] == ("Ensemble", str(len(catalogue.requirements)), str(criteria))
    assert any(catalogue.sha256 in text for text in rules.items)
    assert any("voix" in text and "ab12" in text for text in rules.items)


def test_it_says_when_the_rules_judged_alone(catalogue: Catalogue) -> None:
    alone = sections(Facts.of_catalogue(catalogue, None, None))
    assert any("règles ont jugé seules" in text for s in alone for text in s.items)


def test_the_figures_shipped_are_those_of_the_quality_record() -> None:
    rows = [figures(line) for line in (ROOT / "docs" / "qualite.md").read_text(encoding="utf-8").splitlines()]
    quality = load_quality()
    for real in quality.contracts:
        assert [real.aim, real.read, real.unread, real.rules_read, real.rules_unread] in rows
    for composed in quality.bank:
        assert [composed.aim, composed.model, composed.rules] in rows


def test_a_figure_shown_is_a_figure_measured(sheet: tuple[Section, ...]) -> None:
    shown = {cell for s in sheet if s.key == "tr-qualite" for t in s.tables for row in t.rows for cell in row[1:]}
    for figure in load_quality().contracts:
        assert f"{figure.unread:.2f}".replace(".", ",") in shown


def test_a_quality_file_that_lacks_a_figure_is_refused() -> None:
    data = json.loads((ROOT / "models" / "qualite.json").read_text(encoding="utf-8"))
    del data["contracts"][0]["unread"]
    with pytest.raises(ValidationError, match="unread"):
        MeasuredQuality.model_validate(data)


def test_a_report_carries_the_sheet_of_what_judged_it(report_of) -> None:
    report: DossierReport = report_of("faible")
    rules = sections(Facts.of_report(report))[2]
    assert any(report.catalogue_sha256 in text for text in rules.items)
    assert rules.tables[0].rows[-1][1] == str(len(report.findings))


def test_markdown_holds_every_title_item_and_row(sheet: tuple[Section, ...]) -> None:
    text = as_markdown(sheet)
    assert re.findall(r"^## (.+)$", text, flags=re.MULTILINE) == [s.title for s in sheet]
    assert text.count("\n- ") == sum(len(s.items) for s in sheet)
    assert len(re.findall(r"^\| ", text, flags=re.MULTILINE)) == sum(len(t.rows) + 2 for s in sheet for t in s.tables)


class Titles(HTMLParser):
    """Titles of level 2 of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "h2"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found.append(data)
            self._inside = False


def test_the_command_prints_the_same_sheet_in_each_form(command) -> None:
    text, html, markdown = (command("transparence", "--format", form) for form in ("text", "html", "md"))
    assert (text.code, html.code, markdown.code) == (0, 0, 0)
    assert tuple(Titles(html.out).found) == TITLES
    for title in TITLES:
        assert title in text.out
        assert title in markdown.out
    assert max(map(len, text.out.splitlines())) <= 80


def test_an_unknown_form_is_refused_with_those_admitted(command) -> None:
    run = command("transparence", "--format", "pdf")
    assert run.code == 2
    assert "text, html, md" in run.message
