"""The communicable version: nothing secret anywhere in the bytes of any form, what is public kept, what is hidden told."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import docx
import openpyxl
import pikepdf
import pytest
from forms import TEXT_OF, make
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from clausecheck.assessment.model import DossierReport
from clausecheck.catalogue.loader import Catalogue
from clausecheck.document import Document
from clausecheck.document.model import Source, TextSpan
from clausecheck.pipeline import Engine
from clausecheck.readers import read_bytes
from clausecheck.reporting.diffusion import communicable
from clausecheck.reporting.diffusion.marks import Area, merged
from clausecheck.reporting.diffusion.redaction import Mask, apart, redact
from clausecheck.reporting.exports import EXPORTS
from clausecheck.reporting.view import ReportView
from clausecheck.reporting.wording import HOLDER, PURPOSE, Wording
from clausecheck.vocabulary import Diffusion

CCAP = """# Cahier des clauses administratives particulières (CCAP)

## Article 1. Objet

Le marché a pour objet l’hébergement d’une application. Le titulaire est {visible}.

## Article 2. Violations de données

Le titulaire notifie à l’acheteur toute violation de données personnelles dans les 24 heures. L’alerte est envoyée à
jeanne.zorglub@exemple.fr, au 04 91 55 66 77 et à dpo@exemple.fr. Signataire : Hildegarde Pimprenelle. Le rapport est remis à
Mme Quatrebarbes et au maire ; Hildegarde Pimprenelle le vise.

## Article 3. Informations confidentielles

Le titulaire garde confidentielles les données personnelles de l’acheteur et forme son personnel visiblement.

## Article 4. Architecture – Confidentiel

Le titulaire chiffre les données personnelles dans le bunker Krapotkine.

## Article 5. Prix

Le prix est de 12 345 euros (secret des affaires), selon la méthode Barbizon.
"""
OFFER = """# Mémoire technique

## Article 1. Équipe Papyrus

Le titulaire notifie à l’acheteur toute violation de données personnelles dans les 96 heures, selon la méthode Mistigri.

## Surveillance par Belphégor

Le titulaire héberge les données personnelles en France chez Cornebidouille.
"""
UNKNOWN = """# Remarques diverses

Le titulaire notifie à l’acheteur toute violation de données personnelles, dit Tartempion.
"""
SECRET = (
    "zorglub",
    "pimprenelle",
    "quatrebarbes",
    "91 55 66 77",
    "krapotkine",
    "12 345 euros",
    "96 heures",
    "barbizon",
    "papyrus",
    "mistigri",
    "belphégor",
    "cornebidouille",
    "tartempion",
)
PUBLIC = ("visiblement", "dpo@exemple.fr", "dans les 24 heures", "informations confidentielles")
FORMS = tuple(EXPORTS)


def piece(name: str, text: str) -> Document:
    return read_bytes(text.encode("utf-8"), name).documents[0]


@pytest.fixture(scope="module")
def judged(engine: Engine) -> DossierReport:
    pieces = [piece("CCAP.md", CCAP.format(visible="choisi plus tard")), piece("memoire.md", OFFER), piece("divers.md", UNKNOWN)]
    return engine.assess(pieces, name="lot")


@pytest.fixture(scope="module")
def shown(judged: DossierReport, catalogue: Catalogue) -> DossierReport:
    return communicable(judged, catalogue.lexicon.diffusion)


@pytest.fixture(scope="module")
def rendered(shown: DossierReport) -> Callable[[str], bytes]:
    return cache(lambda form: make(form, ReportView.of(shown)))


def everything(data: bytes) -> Iterator[str]:
    """Every text a file holds: its bytes, its members, its attachments and streams, and what is read on its pages."""
    yield data.decode("utf-8", "replace")
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    if data.startswith(b"%PDF"):
        yield TEXT_OF["pdf"](data)
        with pikepdf.open(io.BytesIO(data)) as pdf:
            streams = [o for o in pdf.objects if isinstance(o, pikepdf.Stream)]
            yield from (s.read_bytes().decode("utf-8", "replace") for s in streams if "/Width" not in s)
            yield str(pdf.docinfo)


@pytest.mark.parametrize("form", FORMS)
def test_no_secret_word_is_left_anywhere(form: str, rendered: Callable[[str], bytes]) -> None:
    said = "\n".join(everything(rendered(form))).lower().replace("\u202f", " ").replace("\u00a0", " ")
    assert [word for word in SECRET if word in said] == []


def test_a_clause_to_propose_is_not_filled_with_what_is_hidden(engine: Engine, catalogue: Catalogue) -> None:
    offer = "# Mémoire technique\n\n## Article 1. Objet\n\nLe marché a pour objet la fourniture du logiciel Mistigri."
    deed = "# Acte d’engagement\n\nTitulaire : Monsieur Gaspard Trémolin, 4 rue du Port\n\nLe titulaire s’engage à exécuter le marché."
    report = engine.assess([piece("memoire.md", offer), piece("AE.md", deed)], name="lot")
    assert Wording(report).facts == {HOLDER: "Monsieur Gaspard Trémolin", PURPOSE: "la fourniture du logiciel Mistigri"}
    assert Wording(communicable(report, catalogue.lexicon.diffusion)).facts == {}


def test_the_internal_version_shows_them_so_the_test_means_something(judged: DossierReport) -> None:
    said = make("html", ReportView.of(judged)).decode().lower()
    assert [word for word in (*SECRET, *PUBLIC) if word not in said] == []


def test_what_is_public_stays_readable(rendered: Callable[[str], bytes]) -> None:
    said = rendered("html").decode().lower()
    assert [word for word in PUBLIC if word not in said] == []


@pytest.mark.parametrize("form", ["html", *sorted(TEXT_OF)])
def test_each_form_says_its_version_and_what_was_hidden(form: str, rendered: Callable[[str], bytes]) -> None:
    data = rendered(form)
    said = " ".join((TEXT_OF[form](data) if form in TEXT_OF else data.decode()).split())
    for words in (
        "version communicable",
        "Ce qui a été masqué",
        "offre du titulaire",
        "coordonnées d’une personne physique",
        "confidentiel",
    ):
        assert words in said, words


def test_the_workbook_lists_what_was_hidden_and_why(rendered: Callable[[str], bytes]) -> None:
    told = {(m["document"], m["what"], m["why"], m["count"]) for m in json.loads(rendered("json"))["masque"]}
    (_, *rows) = openpyxl.load_workbook(io.BytesIO(rendered("xlsx")))["Masqué"].iter_rows(min_col=3, values_only=True)
    assert {(piece, what, why, int(str(count))) for piece, what, why, _, count in rows} == told


def test_the_internal_workbook_has_no_such_sheet(judged: DossierReport) -> None:
    assert "Masqué" not in openpyxl.load_workbook(io.BytesIO(make("xlsx", ReportView.of(judged)))).sheetnames


def test_a_quote_of_an_offer_becomes_its_place(rendered: Callable[[str], bytes]) -> None:
    report = json.loads(rendered("json"))
    quotes = {e["quote"] for f in report["findings"] for e in f["evidence"] if e["document"] == "memoire.md"}
    assert "[passage masqué : offre du titulaire, art. 1]".replace(" :", "\u202f:") in quotes
    assert all(q.startswith("[passage masqué") for q in quotes)


def test_the_json_lists_what_was_hidden_and_follows_the_schema(rendered: Callable[[str], bytes]) -> None:
    schema = json.loads((files("clausecheck.reporting") / "schema" / "clausecheck-report-1.schema.json").read_text(encoding="utf-8"))
    report = json.loads(rendered("json"))
    Draft202012Validator(schema).validate(report)
    assert report["diffusion"] == "communicable"
    told = {(m["document"], m["what"], m["article"], m["count"]) for m in report["masque"]}
    assert told == {
        ("CCAP.md", "passage", "4", 1),
        ("CCAP.md", "passage", "5", 1),
        ("CCAP.md", "adresse électronique", None, 1),
        ("CCAP.md", "numéro de téléphone", None, 1),
        ("CCAP.md", "nom de personne", None, 3),
        ("memoire.md", "texte de la pièce", None, 1),
        ("divers.md", "texte de la pièce", None, 1),
    }


def test_the_verdicts_are_those_of_the_internal_version(judged: DossierReport, shown: DossierReport) -> None:
    facts = [[(f.requirement.id, f.status, [c.met for c in f.criteria], len(f.evidence)) for f in r.findings] for r in (judged, shown)]
    assert facts[0] == facts[1]


def test_every_quote_is_the_text_at_its_place(shown: DossierReport) -> None:
    for evidence in (e for f in shown.findings for e in f.evidence):
        assert shown.segmented.documents[evidence.document].quote(evidence.span) == evidence.quote != ""


def test_links_of_the_page_still_lead_somewhere(rendered: Callable[[str], bytes]) -> None:

    page = rendered("html").decode()
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets - set(re.findall(r'id="([^"]+)"', page)) == set()


@pytest.mark.parametrize("form", ["json", "html", "docx", "md"])
def test_the_same_report_gives_the_same_bytes(
    form: str, judged: DossierReport, catalogue: Catalogue, rendered: Callable[[str], bytes]
) -> None:
    assert make(form, ReportView.of(communicable(judged, catalogue.lexicon.diffusion))) == rendered(form)


def test_overlapping_marks_leave_nothing_between_them() -> None:
    spans = [TextSpan(0, 100), TextSpan(50, 150), TextSpan(60, 70), TextSpan(150, 160)]
    assert [a.span for a in merged(Area(span, "marqué") for span in spans)] == [TextSpan(0, 150), TextSpan(150, 160)]


@given(st.text("ab\n", max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12), st.text("xy", max_size=3)), max_size=6))
def test_redaction_keeps_what_is_outside_the_masks_and_nothing_else(text: str, drawn: list[tuple[int, int, str]]) -> None:
    spans = [(TextSpan(min(s, len(text)), min(s + n, len(text))), shown) for s, n, shown in drawn]
    masks = apart(Mask(span, shown) for span, shown in spans if span.start < span.end)
    redacted, shift = redact(Document(Source("x", "0", "txt"), text, ()), masks)
    for start in range(len(text)):
        span = TextSpan(start, start + 1)
        inside = next((m for m in masks if m.span.contains(span)), None)
        assert redacted.quote(shift.moved(span)) == (inside.shown if inside else text[start])


@pytest.mark.parametrize(
    ("header", "hidden"),
    [("Diffusion restreinte – Ville de Zut", True), ("Clauses de confidentialité", False), ("Ville de Zut", False)],
)
def test_a_mark_in_a_header_hides_the_piece(
    header: str, hidden: bool, engine: Engine, catalogue: Catalogue, builder: Any, tmp_path: Any
) -> None:

    path = tmp_path / "CCAP.docx"
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = header
    document.add_heading("Cahier des clauses administratives particulières", 1)
    document.add_paragraph("Le titulaire notifie toute violation de données personnelles dans les 24 heures à Gribouille.")
    document.save(path)
    report = engine.assess(list(read_bytes(path.read_bytes(), "CCAP.docx").documents), name="lot")
    made = make("json", ReportView.of(communicable(report, catalogue.lexicon.diffusion))).decode()
    assert ("Gribouille" not in made) is hidden
    assert ("en tête ou en pied de page" in made) is hidden


def test_the_samples_never_show_a_sentence_of_the_holder(report_of: Callable[[str], DossierReport], catalogue: Catalogue) -> None:
    report = report_of("cgv-reprend-tout")
    assert report.diffusion is Diffusion.INTERNE
    number = next(i for i, p in enumerate(report.pieces) if p.kind and p.kind.kind == "cgv")
    quotes = [report.segmented.quote(u) for u in report.segmented.units if u.document == number]
    made = make("html", ReportView.of(communicable(report, catalogue.lexicon.diffusion))).decode()
    assert [q for q in quotes if len(q.split()) > 4 and q in made] == []
