"""Measures a run: elapsed time by phase, processor time, energy; the counters of the machine are read here and nowhere else."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from clausecheck.cli.clock import VARIABLE as FIXED_CLOCK
from clausecheck.errors import UsageError
from clausecheck.reporting.cost import Cost, Phase

VARIABLE = "CLAUSECHECK_WATTS"
WATTS = 12.0
"""Power assumed for one busy core, in watts: the order of size of a core of a laptop or of a server at work."""
MOST_WATTS = 1000.0
COUNTERS = Path("/sys/class/powercap")
"""Where Linux shows the energy counters of the processor (RAPL), one folder a package, in microjoules."""
_MICRO = 1e-6


@dataclass(frozen=True, slots=True)
class Counters:
    """What the machine's counters say. ``energy``: joules by RAPL package and the value at which it starts again; None where hidden."""

    elapsed: float
    processor: float
    energy: tuple[tuple[float, float], ...] | None = None


def counters() -> Counters:
    """Read the counters: this process and the programs it called; processes still running are not counted."""
    used = os.times()
    return Counters(time.perf_counter(), used.user + used.system + used.children_user + used.children_system, _packages(COUNTERS))


def _packages(folder: Path) -> tuple[tuple[float, float], ...] | None:
    """Read every package's counter; None where there is none, or where the system keeps them for its administrator."""
    found = []
    for package in sorted(folder.glob("intel-rapl:[0-9]")):
        try:
            used, limit = (int((package / name).read_text(encoding="ascii")) * _MICRO for name in ("energy_uj", "max_energy_range_uj"))
        except (OSError, ValueError):
            return None
        found.append((used, limit))
    return tuple(found) or None


def assumed_watts() -> float:
    """Return the power assumed for a busy core: that of CLAUSECHECK_WATTS, else ``WATTS``. Raises UsageError where that is no power."""
    given = os.environ.get(VARIABLE, "").strip()
    if not given:
        return WATTS
    try:
        watts = float(given.replace(",", "."))
    except ValueError:
        watts = 0.0
    if not 0 < watts <= MOST_WATTS:
        raise UsageError(f"{VARIABLE} doit être une puissance en watts (de 0 à {MOST_WATTS:g}), et non « {given} ».", "puissance_invalide")
    return watts


@dataclass
class Meter:
    """Measures from its making on. ``read``: gives the counters; ``watts``: power assumed where they tell no energy."""

    read: Callable[[], Counters] = counters
    watts: float = field(default_factory=assumed_watts)

    def __post_init__(self) -> None:
        self._first = self._last = self.read()
        self._seconds = dict.fromkeys(Phase, 0.0)

    def ends(self, phase: Phase) -> None:
        """Count the time since the last phase ended as this one's."""
        now = self.read()
        self._seconds[phase] += now.elapsed - self._last.elapsed
        self._last = now

    def cost(self) -> Cost | None:
        """Return what the phases ended have cost, None where the clock is fixed: what is made then must be the same every time."""
        if os.environ.get(FIXED_CLOCK):
            return None
        processor = self._last.processor - self._first.processor
        measured = _joules(self._first.energy, self._last.energy)
        seconds = {phase: spent for phase, spent in self._seconds.items() if spent}
        if measured is None:
            return Cost(seconds, processor, processor * self.watts, self.watts)
        return Cost(seconds, processor, measured, None)


def _joules(before: tuple[tuple[float, float], ...] | None, after: tuple[tuple[float, float], ...] | None) -> float | None:
    """Return the energy between two readings; a counter that came to its end has started again."""
    if before is None or after is None or len(before) != len(after):
        return None
    return sum(b - a if b >= a else b - a + limit for (a, limit), (b, _) in zip(before, after, strict=True))
