"""Delays: digits, words, working days, ranges, English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausecheck.detection.quantities import Duration, delay_test, durations
from clausecheck.errors import CatalogueError


def hours(text: str) -> list[float]:
    return [d.hours for d in durations(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sous 48 heures", 48),
        ("sous 48h", 48),
        ("sous quarante-huit heures", 48),
        ("sous quarante huit (48) heures", 48),
        ("sous 24\u202fheures", 24),
        ("vingt-quatre heures", 24),
        ("soixante-douze heures", 72),
        ("SOIXANTE-DOUZE HEURES", 72),
        ("trente jours", 720),
        ("vingt et un jours", 504),
        ("quatre-vingt-dix jours", 2160),
        ("une semaine", 168),
        ("within seventy-two (72) hours", 72),
        ("at least thirty (30) calendar days", 720),
        ("within twenty-one days", 504),
        ("trois mois", 2190),
        ("un an", 8760),
        ("15 minutes", 0.25),
        ("une huitaine", 192),
        ("sous quinzaine", 360),
        ("J+1", 24),
        ("à J + 30", 720),
        ("within seventy-two hours", 72),
        ("30 days", 720),
        ("deux (2) jours", 48),
    ],
)
def test_a_delay_is_read_in_hours(text: str, value: float) -> None:
    assert hours(text) == [pytest.approx(value)]


@pytest.mark.parametrize(
    "text", ["dans les meilleurs délais", "sans délai", "l’article 33", "3 heureux", "le 12 mars", "version 2.4", "10 joursalariés"]
)
def test_what_is_no_delay(text: str) -> None:
    assert hours(text) == []


@pytest.mark.parametrize("text", ["cinq jours ouvrés", "5 jours ouvrables", "8 heures ouvrées", "two business days", "3 working days"])
def test_working_time_is_told_apart(text: str) -> None:
    assert [d.working for d in durations(text)] == [True]


def test_calendar_days_are_not_working_ones() -> None:
    assert [d.working for d in durations("dans les dix jours calendaires")] == [False]


def test_a_range_gives_both_ends() -> None:
    assert hours("entre six mois et un an") == [pytest.approx(4380), pytest.approx(8760)]


def test_several_delays_come_in_reading_order() -> None:
    text = "soixante-douze heures pour une vulnérabilité critique, trente jours pour une autre"
    found = durations(text)
    assert [d.hours for d in found] == [72, 720]
    assert [text[d.start : d.end] for d in found] == ["soixante-douze heures", "trente jours"]


@given(st.integers(1, 999), st.sampled_from([("heures", 1), ("jours", 24), ("semaines", 168)]), st.text(alphabet="abé ,;", max_size=20))
def test_any_number_of_a_unit(count: int, unit: tuple[str, int], before: str) -> None:
    text = f"{before} {count} {unit[0]} au plus"
    found = durations(text)
    assert [d.hours for d in found] == [count * unit[1]]
    assert text[found[0].start : found[0].end] == f"{count} {unit[0]}"


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    for found in durations(text):
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(
    ("condition", "text", "holds"),
    [
        ("<= 48 heures", "sous 48 heures", True),
        ("<= 48 heures", "sous deux jours", True),
        ("<= 48 heures", "sous 72 heures", False),
        ("< 48 heures", "sous 48 heures", False),
        ("> 12 mois", "pendant un an", False),
        ("> 12 mois", "pendant deux ans", True),
        (">= 30 jours", "pendant trente jours", True),
        ("présent", "sous 48 heures", True),
        ("ouvré", "sous 2 jours ouvrés", True),
        ("ouvré", "sous 2 jours", False),
    ],
)
def test_conditions_of_the_catalogue(condition: str, text: str, holds: bool) -> None:
    assert delay_test(condition)(durations(text)[0]) is holds


def test_no_delay_at_all() -> None:
    assert delay_test("absent")(None)
    assert not delay_test("présent")(None)
    assert not delay_test("<= 48 heures")(None)
    assert not delay_test("absent")(Duration(1, 0, 1))


@pytest.mark.parametrize("condition", ["vite", "<= bientôt", "48 heures", "<= 24 ou 48 heures et 2 jours"])
def test_a_wrong_condition_is_refused(condition: str) -> None:
    with pytest.raises(CatalogueError, match="délai"):
        delay_test(condition)
