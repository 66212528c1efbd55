"""The contract's text on the page: whole, cut where quotes begin and end, each quote found once."""

from collections.abc import Callable

import pytest

from clausecheck.assessment.model import DossierReport, Evidence
from clausecheck.document.model import Block, Document, Source, TextSpan
from clausecheck.reporting.cards import Card, citations, groups
from clausecheck.reporting.highlight import Citation, passages
from clausecheck.reporting.unseen import visible
from clausecheck.reporting.view import KIND_LABELS, ReportView, telling
from clausecheck.reporting.wording import Wording
from clausecheck.vocabulary import BlockKind, Layer, Status

SAMPLES = ("presque-conforme", "faible", "cgv-reprend-tout")


def document(*texts: str, numbers: tuple[str | None, ...] = (), layer: Layer = Layer.BODY) -> Document:
    blocks, start = [], 0
    for i, text in enumerate(texts):
        number = numbers[i] if numbers else None
        blocks.append(Block(BlockKind.PARAGRAPH, TextSpan(start, start + len(text)), number=number, layer=layer))
        start += len(text) + 1
    return Document(Source("c.txt", "0", "txt"), "\n".join(texts), tuple(blocks))


def cite(start: int, end: int, requirement: str = "A", *kinds: str) -> Citation:
    return Citation(requirement, Evidence(0, TextSpan(start, end), ""), kinds)


def test_overlapping_quotes_keep_the_text_whole() -> None:
    (passage,) = passages(document("abcdefghij"), [cite(1, 5), cite(3, 8, "B", "W-COUT"), cite(3, 8, "C")])
    assert "".join(p.text for p in passage.pieces) == "abcdefghij"
    assert [(p.text, p.cited, p.kinds) for p in passage.pieces] == [
        ("a", False, ()),
        ("bc", True, ()),
        ("de", True, ("W-COUT",)),
        ("fgh", True, ("W-COUT",)),
        ("ij", False, ()),
    ]
    assert [(r.requirement, r.kinds) for r in passage.references] == [("A", ()), ("B", ("W-COUT",)), ("C", ())]


def test_a_quote_over_two_blocks_is_marked_in_both_and_anchored_once() -> None:
    first, second = passages(document("abcd", "efgh"), [cite(2, 7)])
    assert [p.text for p in (*first.pieces, *second.pieces) if p.cited] == ["cd", "ef"]
    assert [a for p in (*first.pieces, *second.pieces) for a in p.anchors] == ["t0-2"]


def test_a_number_is_shown_only_where_the_words_do_not_print_it() -> None:
    given = passages(document("Objet", "4.2 Durée", "Article 9 – Prix", numbers=("4.1", "4.2", "9")), [])
    assert [p.number for p in given] == ["4.1", "", ""]


def test_what_was_deleted_is_said_deleted_and_furniture_left_out() -> None:
    assert [p.style for p in passages(document("abcd", layer=Layer.DELETED), [])] == ["deleted"]
    assert passages(document("Page 2 sur 9", layer=Layer.FURNITURE), []) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_every_quote_of_a_report_is_found_word_for_word(name: str, report_of: Callable[[str], DossierReport]) -> None:
    report = report_of(name)
    view = ReportView.of(report)
    for number, read in enumerate(report.segmented.documents):
        cited = citations(view, number)
        shown = passages(read, cited)
        anchors = [a for p in shown for piece in p.pieces for a in piece.anchors]
        assert sorted(anchors) == sorted({c.anchor for c in cited})
        words = [read.quote(b.span) for b in read.blocks if b.layer in {Layer.BODY, Layer.DELETED}]
        assert ["".join(piece.text for piece in p.pieces) for p in shown] == [w for w in words if w.strip()]
        assert all(read.quote(c.evidence.span) == c.evidence.quote for c in cited)


@pytest.mark.parametrize("name", SAMPLES)
def test_groups_hold_every_finding_once_and_cards_every_quote(name: str, report_of: Callable[[str], DossierReport]) -> None:
    report = report_of(name)
    cards = [c for g in groups(ReportView.of(report)) for c in g.cards]
    assert sorted(c.finding.requirement.id for c in cards) == sorted(f.requirement.id for f in report.findings)
    for card in cards:
        assert sorted(q.evidence.span for q in card.quotes) == sorted(e.span for e in card.finding.evidence)
        assert [q.number for q in card.quotes] == list(range(1, len(card.quotes) + 1))
        for shown in (*card.finding.criteria, *card.finding.weakenings):
            assert {q.evidence.span for q in card.quotes_of(shown)} == {card.finding.evidence[i].span for i in shown.evidence}


def test_what_weakens_is_quoted_first(report_of: Callable[[str], DossierReport]) -> None:
    report = report_of("cgv-reprend-tout")
    weakened = [f for f in report.findings if any(w.evidence for w in f.weakenings)]
    assert weakened
    for finding in weakened:
        assert telling(finding)[0] in {i for w in finding.weakenings for i in w.evidence}
        assert Card.of(finding, Wording(report)).gap or finding.status is not Status.AFFAIBLIE


def test_every_kind_of_weakening_has_its_words(catalogue) -> None:
    assert {w.kind for r in catalogue.requirements for w in r.weakened_when} <= set(KIND_LABELS)


def test_marks_that_could_disguise_words_are_shown() -> None:
    assert visible("paie\u202e00001\u202c €\u200b") == "paie⟨U+202E⟩00001⟨U+202C⟩ €⟨U+200B⟩"
    assert visible("sous\x02traitant, «\u202fété\u202f»\n\tعقد") == "sous-traitant, «\u202fété\u202f»\n\tعقد"
