"""Real contracts, where they are at hand: every quote is found back under its note, or cited by the opening note."""

from collections.abc import Callable
from pathlib import Path

import pytest
from copies import Seen, letters, odt_annotations, pdf_highlights, word_comments, written

from clausecheck.cli.gather import gather
from clausecheck.pipeline import Engine
from clausecheck.reporting.annotate import Copy, annotated_copies
from clausecheck.reporting.annotate.notes import notes_of
from clausecheck.reporting.view import ReportView
from clausecheck.reporting.wording import Wording

READ_BACK: dict[str, Callable[[bytes], list[Seen]]] = {"docx": word_comments, "odt": odt_annotations, "pdf": pdf_highlights}
PIECES = ("cgvu_cloudtemple.docx", "ccap_vsgp_infogerance.pdf", "dpf_vigicrues_tma.odt", "gisi_noesya.pdf")


@pytest.mark.parametrize("name", PIECES)
def test_every_quote_is_found_back(name: str, shared: Path, engine: Engine) -> None:
    piece = shared / "corpus" / "dev" / name
    if not piece.is_file():
        pytest.skip(f"pièce de référence absente : {name}")
    before = piece.read_bytes()
    view = ReportView.of(engine.assess(gather([piece]).documents, name=name))
    (made,) = annotated_copies(view)
    assert isinstance(made, Copy)
    assert piece.read_bytes() == before
    seen = READ_BACK[piece.suffix[1:]](made.data)
    document = view.report.segmented.documents[0]
    for note in notes_of(view, Wording(view.report), 0):
        said = "".join(letters(line.text) for line in note.said)
        words = "".join(letters(s.words) for s in seen if letters(s.said) == said)
        assert note in made.unplaced or letters(written(document, note.span)) in words, note.quote
