"""The HTML report as its readers use it, in Chromium: filters, search, keyboard, links both ways, print, without script, RGAA."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import chain

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from visits import Visitor

from clausecheck.assessment.model import DossierReport, Finding
from clausecheck.catalogue.loader import Catalogue
from clausecheck.document import Document
from clausecheck.document.model import Problem
from clausecheck.pipeline import Engine
from clausecheck.reporting.diffusion import communicable
from clausecheck.reporting.html_report import render
from clausecheck.reporting.page import page as make_page
from clausecheck.reporting.transparency import Facts, sections
from clausecheck.reporting.view import ReportView
from clausecheck.vocabulary import Severity, Status


def ids(report: DossierReport, keep: Callable[[Finding], bool] = bool) -> list[str]:
    return [f.requirement.id for f in ReportView.of(report).ordered if keep(f)]


def cited(report: DossierReport) -> Finding:
    """A finding with several quotes."""
    return next(f for f in ReportView.of(report).open if len(f.evidence) > 1)


@pytest.fixture(scope="module")
def short(report: DossierReport) -> DossierReport:
    """Two findings of each status, and a page that could not be read: axe takes its time."""
    by_status = [[f for f in report.findings if f.status is s][:2] for s in Status]
    unclear = [replace(f, status=Status.NON_CONCLUANT, evidence=(), criteria=(), weakenings=()) for f in report.findings[-2:]]
    problems = (Problem("illisible", "Page 2 illisible.", "contrat.pdf"),)
    return replace(report, findings=(*chain(*by_status), *unclear), problems=problems)


def test_the_first_screen_holds_the_decision(visit: Visitor, html: str, report: DossierReport) -> None:
    opened = visit(html)
    view = ReportView.of(report)
    figures = dict(tile.split(" ", 2)[1:][::-1] for tile in opened.words(".tile"))
    assert figures["Ce qui bloque"] == str(len(view.blocking()))
    assert figures["Conforme"] == str(len(view.fine))
    assert figures["Non concluant"] == str(len(view.unclear))
    for selector in ("h1", ".decision h2", ".tiles", ".bars"):
        assert opened.page.locator(selector).bounding_box()["y"] < 900


def test_what_could_not_be_concluded_leads_where_nothing_blocks(visit: Visitor, short: DossierReport) -> None:
    unclear = tuple(f for f in short.findings if not (f.open and f.severity is Severity.BLOQUANTE))
    opened = visit(render(ReportView.of(replace(short, findings=unclear))))
    assert "non conclu" in opened.page.inner_text(".decision h2")
    assert "Aucun point bloquant" not in opened.page.inner_text(".decision")
    assert opened.words(".panel h3")[0] == "Non concluant"
    assert "lecture incomplète" in opened.page.inner_text(".head")


@pytest.mark.parametrize(
    ("field", "value", "keep"),
    [
        ("status", "absente", lambda f: f.status is Status.ABSENTE),
        ("severity", "majeure", lambda f: f.severity is Severity.MAJEURE),
        ("family", "SECURITE", lambda f: f.requirement.family == "SECURITE"),
        ("decider", "rssi", lambda f: f.requirement.decidable_by == "rssi"),
    ],
)
def test_filters_keep_what_they_say(visit: Visitor, html: str, report: DossierReport, field: str, value: str, keep) -> None:
    opened = visit(html)
    opened.page.select_option(f"[name={field}]", value)
    expected = ids(report, keep)
    assert opened.shown() == expected
    assert opened.page.inner_text("#compte").startswith(f"{len(expected)} constat")
    opened.page.click("[type=reset]")
    assert opened.shown() == ids(report)


def test_filters_add_up_and_say_when_nothing_is_left(visit: Visitor, html: str, report: DossierReport) -> None:
    opened = visit(html)
    opened.page.select_option("[name=family]", "RGPD")
    opened.page.select_option("[name=severity]", "bloquante")
    assert opened.shown() == ids(report, lambda f: f.requirement.family == "RGPD" and f.severity is Severity.BLOQUANTE)
    opened.page.fill("[name=q]", "hippopotame")
    assert opened.shown() == []
    assert opened.page.is_visible("#aucun")


def test_search_ignores_case_and_accents_and_reads_the_quotes(visit: Visitor, html: str, report: DossierReport) -> None:
    opened = visit(html)
    finding = cited(report)
    word = max(re.findall(r"\w+", finding.evidence[0].quote), key=len)
    opened.page.fill("[name=q]", word.upper())
    assert finding.requirement.id in opened.shown()
    opened.page.fill("[name=q]", "reversibilite")
    found = opened.shown()
    assert found
    opened.page.fill("[name=q]", "RÉVERSIBILITÉ")
    assert opened.shown() == found


def test_the_keyboard_alone_reads_the_report(visit: Visitor, html: str, report: DossierReport) -> None:
    opened = visit(html)
    page = opened.page
    order = ids(report)
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == order[1]
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == order[0]
    page.keyboard.press("/")
    page.keyboard.type("jk")
    assert page.input_value("[name=q]") == "jk", "dans la recherche, une lettre est une lettre"
    page.keyboard.press("Escape")
    assert page.input_value("[name=q]") == ""
    assert opened.shown() == order


def test_single_key_shortcuts_can_be_switched_off(visit: Visitor, html: str) -> None:
    opened = visit(html)
    opened.page.click(".keys summary")
    opened.page.uncheck("[name=keys]")
    opened.page.evaluate("document.activeElement.blur()")
    opened.page.keyboard.press("j")
    assert opened.page.evaluate("document.activeElement.id") == ""


def test_tab_meets_the_skip_links_first_and_they_lead_to_the_findings(visit: Visitor, html: str) -> None:
    opened = visit(html)
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.textContent") == "Aller aux constats"
    assert opened.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.id") == "constats"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_finding_leads_to_its_words_and_back(visit: Visitor, html: str, report: DossierReport, width: int) -> None:
    opened = visit(html, width=width)
    page, finding = opened.page, cited(report)
    card = page.locator(f"#{finding.requirement.id}")
    card.locator(".quotes .to-text").first.click()
    mark = page.locator("mark.here")
    assert mark.inner_text().strip()[:40] in card.locator("blockquote").first.text_content()
    assert in_sight(page, "mark.here")
    mark.locator("xpath=following::p[contains(@class, 'refs')][1]").locator(f"a[href='#{finding.requirement.id}']").click()
    assert page.evaluate("document.activeElement.id") == finding.requirement.id
    assert in_sight(page, f"#{finding.requirement.id} h3")


def test_a_link_to_a_filtered_finding_shows_it(visit: Visitor, html: str, report: DossierReport) -> None:
    opened = visit(html)
    opened.page.fill("[name=q]", "hippopotame")
    first = ReportView.of(report).blocking()[0].requirement.id
    opened.page.locator(f".blocking a[href='#{first}']").click()
    assert first in opened.shown()


def test_an_address_opens_on_its_finding(visit: Visitor, html: str, report: DossierReport) -> None:
    wanted = ReportView.of(report).ordered[-1].requirement.id
    opened = visit(html, anchor=f"#{wanted}")
    assert in_sight(opened.page, f"#{wanted} h3")


def test_a_section_link_lands_on_its_title(visit: Visitor, html: str) -> None:
    opened = visit(html)
    opened.page.locator(".facts a[href='#transparence']").click()
    assert in_sight(opened.page, "#t-transparence")


def test_weakenings_are_underlined_with_their_kind(visit: Visitor, html: str, report: DossierReport) -> None:
    opened = visit(html)
    finding = next(f for f in ReportView.of(report).open if any(w.evidence for w in f.weakenings))
    card = opened.page.locator(f"#{finding.requirement.id}")
    assert card.locator(".weakening .kind").first.text_content()
    assert "underline" in card.locator(".weakening u").first.evaluate("u => getComputedStyle(u).textDecorationLine")
    assert opened.page.locator("mark.weak[id]").count() > 0
    assert opened.page.locator(".refs .kind").count() > 0


def test_without_script_findings_text_and_details_are_usable(visit: Visitor, html: str, report: DossierReport) -> None:
    opened = visit(html, script=False)
    page = opened.page
    assert page.locator(".finding").count() == len(report.findings)
    assert not page.is_visible("#filtres")
    assert not page.locator(".copy").first.is_visible()
    card = page.locator(f"#{cited(report).requirement.id}")
    card.locator(".remedy summary").click()
    assert card.locator(".proposal").is_visible()
    card.locator(".quotes .to-text").first.click()
    assert page.url.split("#")[1].startswith("t")


def test_the_proposed_clause_is_copied_or_selected(visit: Visitor, html: str, report: DossierReport) -> None:
    opened = visit(html)
    finding = ReportView.of(report).open[0]
    card = opened.page.locator(f"#{finding.requirement.id}")
    card.locator(".remedy summary").click()
    card.locator(".copy").click()
    card.get_by_text(re.compile("Clause (copiée|sélectionnée)")).wait_for()


def test_pieces_cited_and_not_supplied_are_told_on_the_first_screen(visit: Visitor, report_of: Callable[[str], DossierReport]) -> None:
    report = report_of("presque-conforme")
    opened = visit(render(ReportView.of(report)))
    missing = [r.cited for r in report.references if not r.found and r.kind in {"piece", "annexe"}]
    assert missing
    (told,) = opened.words(".decision .alert")
    assert all(cited in told for cited in missing)


def test_print_opens_every_detail_and_leaves_the_tools_out(visit: Visitor, html: str, report: DossierReport) -> None:
    opened = visit(html)
    opened.page.emulate_media(media="print")
    assert not opened.page.is_visible("#filtres")
    assert not opened.page.is_visible("#texte")
    printed = printed_words(opened.page.pdf())
    finding = ReportView.of(report).open[-1]
    assert squeeze(finding.requirement.remediation)[:60] in printed
    assert "Transparence" in printed


def test_print_holds_the_contract_when_asked(visit: Visitor, html: str, report: DossierReport) -> None:
    opened = visit(html)
    short = len(printed_words(opened.page.pdf()))
    opened.page.check("#imprimer-texte")
    assert len(printed_words(opened.page.pdf())) > short + len(report.segmented.documents[0].text) / 2


@pytest.mark.parametrize("dark", [False, True], ids=["clair", "sombre"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_violation(visit: Visitor, short: DossierReport, width: int, *, dark: bool) -> None:
    opened = visit(render(ReportView.of(short)), width=width, dark=dark)
    opened.page.eval_on_selector_all("details", "all => all.forEach(box => { box.open = true })")
    found = Axe().run(opened.page)
    assert found.violations_count == 0, found.generate_report()


def test_axe_finds_no_violation_in_the_transparency_sheet(visit: Visitor, catalogue: Catalogue) -> None:
    sheet = sections(Facts.of_catalogue(catalogue, None, None))
    found = Axe().run(visit(make_page("transparence.html", sections=sheet, version="1")).page)
    assert found.violations_count == 0, found.generate_report()


def test_the_communicable_page_is_accessible_and_says_what_it_hides(visit: Visitor, short: DossierReport, catalogue: Catalogue) -> None:
    opened = visit(render(ReportView.of(communicable(short, catalogue.lexicon.diffusion))))
    assert "version communicable" in opened.page.title()
    opened.page.click(".facts a[href='#masque']")
    assert "offre du titulaire" in opened.page.inner_text("#masque ~ .scroll")
    found = Axe().run(opened.page)
    assert found.violations_count == 0, found.generate_report()


HOSTILE = """<script>document.title = 'volé'</script> <img src="http://exemple.invalid/x.png" onerror="alert(1)"> =HYPERLINK("http://exemple.invalid")

Le titulaire notifie à l'acheteur toute violation de données à caractère personnel dans les 24 heures \u202e<b>!</b>\u202c {{ 7 * 7 }}.
"""


def test_hostile_contract_text_is_shown_as_text(visit: Visitor, engine: Engine, clause: Callable[..., Document]) -> None:
    report = engine.assess([clause(HOSTILE)], name="</title><script>alert(2)</script>\u202egpj.exe")
    opened = visit(render(ReportView.of(report)))
    page = opened.page
    text = page.inner_text("#texte")
    assert "<script>document.title = 'volé'</script>" in text
    assert '=HYPERLINK("http://exemple.invalid")' in text
    assert "⟨U+202E⟩<b>!</b>⟨U+202C⟩ {{ 7 * 7 }}" in text
    assert page.locator("h1").inner_text() == "</title><script>alert(2)</script>⟨U+202E⟩gpj.exe"
    assert "rapport clausecheck" in page.title()
    assert page.locator("img, b:not(.brand b)").count() == 0
    assert page.eval_on_selector(".piece > p", "p => getComputedStyle(p).unicodeBidi") in {"isolate", "plaintext", "isolate-override"}


def in_sight(page, selector: str) -> bool:
    return bool(
        page.eval_on_selector(
            selector,
            "e => { const r = e.getBoundingClientRect(); return r.bottom > 0 && r.top < innerHeight && r.left < innerWidth }",
        )
    )


def printed_words(data: bytes) -> str:
    """The words of a PDF, without their spaces."""
    with pypdfium2.PdfDocument(data) as pdf:
        return squeeze("".join(pdf[i].get_textpage().get_text_range() for i in range(len(pdf))))


def squeeze(text: str) -> str:
    return re.sub(r"\s|'|’", "", text.replace("\x02", "-"))
