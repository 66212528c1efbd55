"""Tracked changes in three views: accepted, refused, both shown; whose and when is always said."""

from collections.abc import Callable
from pathlib import Path

import pytest
from checks import texts
from docx_files import deleted, inserted, package, para, run
from odt_files import package as odt_package

from clausecheck.document import Document
from clausecheck.readers import read_bytes
from clausecheck.vocabulary import Layer, View

WHO = 'w:id="1" w:author="Anne Roy" w:date="2026-03-01T09:00:00Z"'
OTHER = 'w:id="2" w:author="Luc Petit" w:date="2026-03-02T09:00:00Z"'


WORD = package(
    para(inner=run("Le titulaire notifie sous ") + deleted("24", WHO) + inserted("72", OTHER) + run(" heures."))
    + f"<w:p><w:pPr><w:rPr><w:del {WHO}/></w:rPr></w:pPr>{deleted('Il répond de ses sous-traitants.', WHO)}</w:p>"
    + f"<w:p><w:pPr><w:rPr><w:ins {OTHER}/></w:rPr></w:pPr>{inserted('Sa responsabilité est plafonnée.', OTHER)}</w:p>"
    + para("Le marché dure un an.")
)
CHANGES = """<text:tracked-changes>
<text:changed-region text:id="d1"><text:deletion><office:change-info><dc:creator>Anne Roy</dc:creator><dc:date>2026-03-01T09:00:00</dc:date>
</office:change-info><text:p>24</text:p></text:deletion></text:changed-region>
<text:changed-region text:id="d2"><text:deletion><office:change-info><dc:creator>Anne Roy</dc:creator><dc:date>2026-03-01T09:00:00</dc:date>
</office:change-info><text:p>Il répond de ses sous-traitants.</text:p><text:p/></text:deletion></text:changed-region>
<text:changed-region text:id="i1"><text:insertion><office:change-info><dc:creator>Luc Petit</dc:creator>
<dc:date>2026-03-02T09:00:00</dc:date>
</office:change-info></text:insertion></text:changed-region>
<text:changed-region text:id="i2"><text:insertion><office:change-info><dc:creator>Luc Petit</dc:creator>
<dc:date>2026-03-02T09:00:00</dc:date>
</office:change-info></text:insertion></text:changed-region></text:tracked-changes>"""
ODT = odt_package(
    CHANGES + '<text:p>Le titulaire notifie sous <text:change text:change-id="d1"/><text:change-start text:change-id="i1"/>72'
    '<text:change-end text:change-id="i1"/> heures.</text:p>'
    '<text:p><text:change text:change-id="d2"/><text:change-start text:change-id="i2"/>Sa responsabilité est plafonnée.</text:p>'
    '<text:p><text:change-end text:change-id="i2"/>Le marché dure un an.</text:p>'
)
END = "Le marché dure un an."
EXPECTED = {
    View.FINAL: ["Le titulaire notifie sous 72 heures.", "Sa responsabilité est plafonnée.", END],
    View.ORIGINAL: ["Le titulaire notifie sous 24 heures.", "Il répond de ses sous-traitants.", END],
    View.MARKED: [
        "Le titulaire notifie sous [−24−][+72+] heures.",
        "[−Il répond de ses sous-traitants.−]",
        "[+Sa responsabilité est plafonnée.+]",
        END,
    ],
}


def read(data: bytes, name: str, view: View) -> Document:
    (document,) = read_bytes(data, name, view)
    return document


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize(("data", "name"), [(WORD, "a.docx"), (ODT, "a.odt")])
def test_each_view_reads_as_the_word_processor_shows_it(data: bytes, name: str, view: View) -> None:
    assert texts(read(data, name, view)) == EXPECTED[view]


@pytest.mark.parametrize(("data", "name"), [(WORD, "a.docx"), (ODT, "a.odt")])
def test_who_and_when_is_said_in_every_view(data: bytes, name: str) -> None:
    for view in (View.FINAL, View.ORIGINAL):
        told = " ".join(w.message for w in read(data, name, view).warnings)
        assert "suppression de Anne Roy le 1er mars 2026" in told
        assert "insertion de Luc Petit le 2 mars 2026" in told


@pytest.mark.parametrize(("data", "name"), [(WORD, "a.docx"), (ODT, "a.odt")])
def test_what_the_original_did_not_hold_is_set_aside_not_lost(data: bytes, name: str) -> None:
    assert texts(read(data, name, View.ORIGINAL), Layer.DELETED) == ["72", "Sa responsabilité est plafonnée."]


def test_other_views_give_no_place_in_the_file() -> None:
    assert read(WORD, "a.docx", View.FINAL).anchors
    assert read(WORD, "a.docx", View.MARKED).anchors == ()


def test_views_from_the_command_line(tmp_path: Path, command: Callable[..., object]) -> None:
    path = tmp_path / "contrat.docx"
    path.write_bytes(WORD)
    assert "notifie sous 24 heures" in command("inspect", path, "--vue", "originale").out
    assert "[−24−][+72+]" in command("inspect", path, "--vue", "marquee").out
    assert command("inspect", path, "--vue", "autre").code == 2
