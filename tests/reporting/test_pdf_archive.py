"""The PDF report follows the rules of PDF/A-3 that its structure shows, and the checks do see a file that breaks one."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from archive_rules import faults

SAMPLES = ("presque-conforme", "faible")


@pytest.mark.parametrize("name", SAMPLES)
def test_the_report_follows_the_rules(name: str, rendered: Callable[[str, str], bytes]) -> None:
    assert faults(rendered(name, "pdf")) == []


def _font(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    return next(o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor")


def _no_font(pdf: pikepdf.Pdf) -> None:
    del _font(pdf)["/FontFile2"]


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))


def _other_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "Autre"


def _blend(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Extra = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, BM=pikepdf.Name("/Inconnu")))


def _missing(*path: str) -> Callable[[pikepdf.Pdf], None]:
    def cut(pdf: pikepdf.Pdf) -> None:
        held = pdf.Root
        for name in path[:-1]:
            held = held[name]
        del held[path[-1]]

    return cut


def _unrelated(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AF[0]["/AFRelationship"]


@pytest.mark.parametrize(
    ("spoil", "clause"),
    [
        (_no_font, "6.2.11.4"),
        (_script, "6.5"),
        (_other_title, "6.6"),
        (_blend, "6.2.10"),
        (_unrelated, "6.8"),
        (_missing("/OutputIntents"), "6.2.3"),
        (_missing("/Metadata"), "6.6"),
        (_missing("/MarkInfo"), "6.7"),
        (_missing("/Lang"), "6.7"),
        (_missing("/ViewerPreferences"), "ISO 14289-1"),
    ],
)
def test_a_file_that_breaks_a_rule_is_seen(
    spoil: Callable[[pikepdf.Pdf], None], clause: str, rendered: Callable[[str, str], bytes]
) -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(rendered("faible", "pdf"))) as pdf:
        spoil(pdf)
        pdf.save(buffer, static_id=True)
    assert any(fault.startswith(clause) for fault in faults(buffer.getvalue()))


def test_an_encrypted_file_is_seen(rendered: Callable[[str, str], bytes]) -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(rendered("faible", "pdf"))) as pdf:
        pdf.save(buffer, encryption=pikepdf.Encryption(owner="secret"))
    assert any("chiffré" in fault for fault in faults(buffer.getvalue()))
