"""Which piece prevails: what several orders add up to."""

import pytest

from clausecheck.assessment.precedence import Conditions, Order, Precedence, RankedPiece, fate_of_conditions, ranks_of

BOOK, TECHNICAL, CONDITIONS = 0, 1, 2
LIST = Order({BOOK: 1, TECHNICAL: 2, CONDITIONS: 3})
CLAIM = Order({CONDITIONS: 1, BOOK: 2, TECHNICAL: 2}, claim=True)


def test_the_lower_rank_prevails() -> None:
    precedence = Precedence(orders=(LIST,))
    assert precedence.prevails(BOOK, TECHNICAL) is True
    assert precedence.prevails(CONDITIONS, TECHNICAL) is False


def test_what_no_order_ranks_is_not_settled() -> None:
    assert Precedence().prevails(BOOK, TECHNICAL) is None
    assert Precedence(orders=(LIST,)).prevails(BOOK, 7) is None
    assert Precedence(orders=(Order({BOOK: 1, TECHNICAL: 1}),)).prevails(BOOK, TECHNICAL) is None


def test_two_orders_that_clash_settle_nothing_but_what_they_agree_on() -> None:
    precedence = Precedence(orders=(LIST, CLAIM))
    assert precedence.prevails(BOOK, CONDITIONS) is None
    assert precedence.prevails(BOOK, TECHNICAL) is True
    assert precedence.disputed
    assert not Precedence(orders=(LIST,)).disputed


def test_a_special_stipulation_goes_before_the_general_list() -> None:
    special = Order({TECHNICAL: 1, BOOK: 2}, special=True)
    precedence = Precedence(orders=(LIST, special))
    assert precedence.prevails(TECHNICAL, BOOK) is True
    assert precedence.prevails(BOOK, CONDITIONS) is True


def test_the_first_line_that_names_a_document_ranks_it() -> None:
    lines = (RankedPiece(1, "ccap", "CCAP", (0,)), RankedPiece(2, "cctp", "CCTP", (0, 1)))
    assert ranks_of(lines) == {0: 1, 1: 2}


@pytest.mark.parametrize(
    ("orders", "excluded", "fate"),
    [
        ((), False, None),
        ((LIST,), False, None),
        ((LIST,), True, "exclues"),
        ((CLAIM,), False, "prevalent"),
        ((LIST, CLAIM), False, "contradictoires"),
        ((CLAIM,), True, "contradictoires"),
        ((Order({CONDITIONS: 1, BOOK: 2}),), False, "prevalent"),
    ],
)
def test_the_fate_of_the_holders_conditions(orders: tuple[Order, ...], excluded: bool, fate: Conditions | None) -> None:
    assert fate_of_conditions(orders, frozenset({CONDITIONS}), excluded=excluded) == fate
