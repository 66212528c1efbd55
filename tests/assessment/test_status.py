"""The whole decision table: each of its 32 rows has one status, and one only."""

from itertools import product

import pytest

from clausecheck.assessment.status import Facts, decide
from clausecheck.vocabulary import Status

# stipulated, met, missing, weak, contradicted; «*»: either.
TABLE = [
    ("*0**1", Status.CONTREDITE),
    ("00**0", Status.ABSENTE),
    ("10000", Status.CONFORME),
    ("101*0", Status.AFFAIBLIE),
    ("10010", Status.AFFAIBLIE),
    ("*100*", Status.CONFORME),
    ("*11**", Status.AFFAIBLIE),
    ("*101*", Status.AFFAIBLIE),
]
ROWS = ["".join(row) for row in product("01", repeat=5)]


def expected(row: str) -> list[Status]:
    return [status for mask, status in TABLE if all(m in ("*", value) for m, value in zip(mask, row, strict=True))]


@pytest.mark.parametrize("row", ROWS)
def test_every_row_of_the_table(row: str) -> None:
    stipulated, met, missing, weak, contradicted = (value == "1" for value in row)
    facts = Facts(
        stipulated,
        frozenset({"c1"} if met else ()),
        frozenset({"c2"} if missing else ()),
        frozenset({"w1"} if weak else ()),
        contradicted,
    )
    assert [decide(facts)] == expected(row)
