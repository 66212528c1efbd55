"""Public contracts that exist in two formats get the same statuses."""

from pathlib import Path

import pytest

from clausecheck.pipeline import Engine
from clausecheck.readers import read_path

PAIRS = [
    ("cgvu_cloudtemple.md", "cgvu_cloudtemple.docx"),
    ("dpa_cloudtemple.md", "dpa_cloudtemple.docx"),
    ("psi_noesya.md", "psi_noesya.pdf"),
    ("pas_noesya.md", "pas_noesya.pdf"),
    ("cgu_gensdeconfiance.md", "cgu_gensdeconfiance.pdf"),
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[1])
def test_both_formats_are_judged_alike(pair: tuple[str, str], engine: Engine, shared: Path) -> None:
    one, other = (
        {f.requirement.id: f.status for f in engine.assess(read_path(shared / "corpus" / "dev" / name).documents, name="essai").findings}
        for name in pair
    )
    assert {identifier for identifier in one if one[identifier] is not other[identifier]} == set()
