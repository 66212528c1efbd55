"""The meter: time by phase, energy measured where the processor tells it, estimated by a stated power where it does not."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clausecheck.cli import meter
from clausecheck.cli.meter import Counters, Meter, assumed_watts, counters
from clausecheck.errors import UsageError
from clausecheck.reporting.cost import Cost, Phase, RunNote, cost_line, date_line


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.delenv("CLAUSECHECK_WATTS", raising=False)


def run(*read: Counters, watts: float = 10.0) -> Cost:
    """A run of two phases, whose counters say ``read``."""
    told: Iterator[Counters] = iter(read)
    measured = Meter(lambda: next(told), watts)
    measured.ends(Phase.READING)
    measured.ends(Phase.JUDGING)
    cost = measured.cost()
    assert cost is not None
    return cost


def test_energy_is_estimated_from_processor_time_and_a_power() -> None:
    cost = run(Counters(1.0, 0.0), Counters(3.0, 1.0), Counters(7.0, 36.0))
    assert cost.seconds == {Phase.READING: 2.0, Phase.JUDGING: 4.0}
    assert (cost.processor, cost.joules, cost.watts) == (36.0, 360.0, 10.0)
    assert cost.watt_hours == 0.1


def test_energy_is_measured_where_the_processor_tells_it_even_past_the_end_of_a_counter() -> None:
    cost = run(
        Counters(0.0, 0.0, ((100.0, 262.0), (250.0, 262.0))),
        Counters(1.0, 1.0, ((110.0, 262.0), (260.0, 262.0))),
        Counters(2.0, 2.0, ((130.0, 262.0), (8.0, 262.0))),
    )
    assert (cost.joules, cost.watts) == (50.0, None)


def test_counters_that_the_system_hides_are_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meter, "COUNTERS", tmp_path)
    assert counters().energy is None
    for number in (0, 1):
        (tmp_path / f"intel-rapl:{number}").mkdir()
        (tmp_path / f"intel-rapl:{number}" / "max_energy_range_uj").write_text("262000000\n")
        (tmp_path / f"intel-rapl:{number}" / "energy_uj").write_text(f"{number + 1}500000\n")
    (tmp_path / "intel-rapl:0:0").mkdir()
    assert counters().energy == ((1.5, 262.0), (2.5, 262.0))
    (tmp_path / "intel-rapl:1" / "energy_uj").unlink()
    assert counters().energy is None


@pytest.mark.parametrize(("given", "watts"), [("", 12.0), ("7,5", 7.5), ("20", 20.0)])
def test_the_power_is_the_user_s_to_choose(given: str, watts: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSECHECK_WATTS", given)
    assert assumed_watts() == watts


@pytest.mark.parametrize("given", ["beaucoup", "0", "-3", "nan", "1e9"])
def test_what_is_no_power_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSECHECK_WATTS", given)
    with pytest.raises(UsageError, match="puissance en watts"):
        assumed_watts()


def test_a_fixed_clock_measures_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    assert Meter().cost() is None
    assert "horloge est fixée" in cost_line(RunNote(datetime(2026, 1, 1, tzinfo=UTC)))


def test_the_lines_say_how_the_energy_is_known() -> None:
    moment = datetime(2026, 12, 1, 9, 5, tzinfo=UTC)
    assert date_line(RunNote(moment)).replace("\u202f", " ").replace("\u00a0", " ") == "Analyse du 1er décembre 2026 à 9 h 05."
    estimated = cost_line(RunNote(moment, Cost({Phase.READING: 1.25}, 4.0, 48.0, 12.0))).replace("\u202f", " ").replace("\u00a0", " ")
    assert estimated == (
        "Temps et énergie de cette analyse : lecture 1,25 s, 4,00 s de processeur, 0,013 Wh estimés à 12 W par cœur occupé."
    )
    assert "0,013 Wh mesurés (RAPL)." in cost_line(RunNote(moment, Cost({}, 4.0, 48.0, None)))


def test_the_counters_of_this_machine_go_on() -> None:
    first, second = counters(), counters()
    assert second.elapsed >= first.elapsed
    assert second.processor >= first.processor
