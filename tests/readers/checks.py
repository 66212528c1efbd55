"""What the tests of word-processing readers look at in a document."""

from pathlib import Path

from clausecheck.document import Document
from clausecheck.vocabulary import Layer

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "dev"


def texts(document: Document, layer: Layer = Layer.BODY) -> list[str]:
    return [document.quote(block.span) for block in document.blocks if block.layer is layer]


def check_offsets(document: Document) -> None:
    """Blocks are disjoint and ordered; anchors are sorted and inside the text."""
    previous = 0
    for found in document.blocks:
        assert previous <= found.span.start < found.span.end <= len(document.text)
        assert document.text[found.span.start : found.span.end] == document.quote(found.span)
        assert document.quote(found.span) == document.quote(found.span).strip()
        previous = found.span.end + 1
    starts = [anchor.span.start for anchor in document.anchors]
    assert starts == sorted(starts)
    assert all(anchor.span.end <= len(document.text) for anchor in document.anchors)
