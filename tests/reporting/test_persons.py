"""Names of natural persons: found where a contract gives them, offices and companies left alone."""

import io

import docx
import pytest
from docx.oxml import parse_xml

from clausecheck.catalogue.loader import Catalogue
from clausecheck.pipeline import Engine
from clausecheck.readers import read_bytes
from clausecheck.reporting.diffusion import communicable
from clausecheck.reporting.diffusion.marks import NAME_HIDDEN, Finder
from clausecheck.reporting.exports import EXPORTS
from clausecheck.reporting.view import ReportView


def names(catalogue: Catalogue, *texts: str) -> list[str]:
    documents = [d for i, text in enumerate(texts) for d in read_bytes(text.encode(), f"{i}.txt").documents]
    finder = Finder.of(catalogue.lexicon.diffusion, documents)
    return [d.quote(c.span) for d in documents for c in finder.contacts(d.text) if c.shown == NAME_HIDDEN]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("La société Orphise, représentée par M. Gaspard de Trémolin, gérant.", ["Gaspard de Trémolin"]),
        ("représentée par sa directrice générale, Mme TRÉMOLIN-ROY Anne-Lise, dûment habilitée", ["TRÉMOLIN-ROY Anne-Lise"]),
        ("représentée par son président, Gaspard Trémolin, ci-après", ["Gaspard Trémolin"]),
        ("Nom et prénom du signataire : Gaspard Trémolin", ["Gaspard Trémolin"]),
        ("| Interlocuteur | Gaspard Trémolin | 2 rue Haute |", ["Gaspard Trémolin"]),
        ("Chef de projet : J. Trémolin Tél : 01", ["J. Trémolin"]),
        ("Monsieur d’Orval signe ; Maître O’Brien aussi.", ["O’Brien"]),
        ("À l’attention de Gaspard Trémolin", ["Gaspard Trémolin"]),
    ],
)
def test_a_name_is_found(catalogue: Catalogue, text: str, named: list[str]) -> None:
    assert names(catalogue, text) == named


@pytest.mark.parametrize(
    "text",
    [
        "Madame la Présidente et Monsieur le Maire signent.",
        "M. Le Maire signe.",
        "représentée par le Maire de la commune, habilité",
        "représentée par son Directeur Général en exercice",
        "Contact : Service Achats",
        "Nom : Ville de Brumeval",
        "Interlocuteur unique : Société Orphise",
        "Le Titulaire garantit le Client. Le Support Technique répond.",
        "Madame, Monsieur, le Titulaire",
        "Signataire :\nLe Titulaire",
    ],
)
def test_an_office_or_a_company_is_not_a_person(catalogue: Catalogue, text: str) -> None:
    assert names(catalogue, text) == []


def test_a_name_given_in_full_is_known_in_every_piece(catalogue: Catalogue) -> None:
    assert names(catalogue, "Signataire : Gaspard Trémolin", "Gaspard Trémolin valide. Trémolin Frères livre.") == ["Gaspard Trémolin"] * 2


DELETED = (
    '<w:del xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'w:id="9" w:author="Gontran" w:date="2026-03-01T09:00:00Z">'
    "<w:r><w:delText>Il notifie à l'acheteur toute violation de données personnelles sous 24 heures.</w:delText></w:r></w:del>"
)


@pytest.mark.parametrize("form", ["json", "html", "md"])
def test_who_changed_and_commented_a_file_is_hidden_too(form: str, engine: Engine, catalogue: Catalogue) -> None:
    document, data = docx.Document(), io.BytesIO()
    document.add_heading("Cahier des clauses administratives particulières (CCAP)", 1)
    paragraph = document.add_paragraph("Le titulaire traite des données personnelles.")
    document.add_comment(paragraph.runs, "À revoir.", author="Hildegarde Pimprenelle")
    document.add_paragraph()._p.append(parse_xml(DELETED))
    document.save(data)
    report = engine.assess(list(read_bytes(data.getvalue(), "CCAP.docx").documents), name="lot")
    internal, shown = (EXPORTS[form].render(ReportView.of(r)).decode() for r in (report, communicable(report, catalogue.lexicon.diffusion)))
    assert "Gontran" in internal
    assert "Gontran" not in shown
    assert "Pimprenelle" not in shown
