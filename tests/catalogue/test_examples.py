"""The catalogue is its own test suite: its lint finds nothing, and each example gets the status its author expected."""

import pytest

from clausecheck.catalogue.loader import load_catalogue
from clausecheck.detection.lint import lint_catalogue
from clausecheck.pipeline import Engine
from clausecheck.trial import Trial, try_examples

CATALOGUE = load_catalogue()


@pytest.fixture(scope="module")
def trials(engine: Engine) -> dict[str, list[Trial]]:
    found: dict[str, list[Trial]] = {}
    for trial in try_examples(engine):
        found.setdefault(trial.requirement, []).append(trial)
    return found


def test_lint_finds_nothing() -> None:
    assert lint_catalogue(CATALOGUE) == []


@pytest.mark.parametrize("identifier", [r.id for r in CATALOGUE.requirements])
def test_examples_are_judged_as_expected(identifier: str, trials: dict[str, list[Trial]]) -> None:
    wrong = [f"{t.example}: {t.expected} ≠ {t.found}" for t in trials[identifier] if not t.right and t.gap is None]
    assert wrong == []


@pytest.mark.parametrize("identifier", [r.id for r in CATALOGUE.requirements])
def test_a_known_gap_that_closed_is_said_so(identifier: str, trials: dict[str, list[Trial]]) -> None:
    """A gap is a debt: when an example marked so is judged rightly, the mark goes."""
    assert [t.example for t in trials[identifier] if t.right and t.gap is not None] == []


def test_gaps_stay_few(trials: dict[str, list[Trial]]) -> None:
    everything = [t for group in trials.values() for t in group]
    gaps = sum(t.gap is not None for t in everything)
    assert gaps <= 0.2 * len(everything)
