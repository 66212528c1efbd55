"""The HTML report as text: everything is there without script, links hold, nothing is asked of the network."""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from clausecheck.assessment.model import DossierReport
from clausecheck.reporting.html_report import render
from clausecheck.reporting.view import ReportView
from clausecheck.vocabulary import Status

NAME = "cgv-reprend-tout"


class Page(HTMLParser):
    """What matters of a page: identifiers, links, addresses asked for, words shown."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.addresses: list[str] = []
        self.findings: list[str] = []
        self.tags: Counter[str] = Counter()
        self.headings: list[int] = []
        self.language: str | None = None
        self.policy = ""
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags[tag] += 1
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if identifier := given.get("id"):
            self.ids[identifier] += 1
        if tag == "a":
            self.links.append(given.get("href") or "")
        elif address := given.get("src") or given.get("href"):
            self.addresses.append(address)
        if "finding" in (given.get("class") or "").split():
            self.findings.append(given.get("id") or "")
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given.get("content") or ""
        if tag == "html":
            self.language = given.get("lang")

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture(scope="module")
def report(report_of: Callable[[str], DossierReport]) -> DossierReport:
    return report_of(NAME)


@pytest.fixture(scope="module")
def html(report: DossierReport) -> str:
    return render(ReportView.of(report))


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_without_script_everything_is_there(page: Page, report: DossierReport) -> None:
    assert sorted(page.findings) == sorted(f.requirement.id for f in report.findings)
    for finding in report.findings:
        if finding.status is not Status.SANS_OBJET:
            for evidence in finding.evidence:
                assert evidence.quote.strip() in page.words


def test_without_script_the_filters_stay_hidden(html: str) -> None:
    form = re.search(r"<form[^>]*>", html)
    assert form is not None
    assert " hidden" in form.group()


@pytest.mark.parametrize("name", ["presque-conforme", "faible", "cgv-reprend-tout"])
def test_links_go_both_ways(name: str, report_of: Callable[[str], DossierReport]) -> None:
    report = report_of(name)
    page = Page(render(ReportView.of(report)))
    assert [identifier for identifier, count in page.ids.items() if count > 1] == []
    assert [link for link in page.links if not link.startswith("#") or link[1:] not in page.ids] == []
    cited = {f.requirement.id for f in report.findings if f.evidence and f.status is not Status.SANS_OBJET}
    assert cited <= {link[1:] for link in page.links}, "chaque constat cité est relié depuis le texte"


def test_nothing_is_asked_of_the_network(page: Page, html: str) -> None:
    assert page.addresses == []
    assert re.findall(r"url\(|@import|fetch\(|XMLHttpRequest|sendBeacon|WebSocket", html) == []


def test_the_content_policy_admits_the_page_s_own_style_and_script_only(page: Page, html: str) -> None:
    policy = page.policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, flags=re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert re.findall(r"<[^>]*\s(?:on\w+|style)=", html) == [], "ni gestionnaire ni style dans une balise"


def test_the_page_is_accessible_in_its_bones(page: Page, html: str) -> None:
    assert page.language == "fr"
    assert page.tags["h1"] == 1
    assert page.tags["main"] == 1
    assert page.tags["caption"] == page.tags["table"]
    assert '<a class="skip" href="#constats">' in html
    assert html.count("<th ") == html.count('<th scope="')
    assert all(below <= above + 1 for above, below in pairwise(page.headings)), "aucun niveau de titre sauté"
