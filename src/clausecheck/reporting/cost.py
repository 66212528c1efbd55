"""What a run cost, and when it was made: the only part of a report that changes when nothing else does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from clausecheck.reporting.typography import french, french_date

JOULES_PER_WATT_HOUR = 3600


class Phase(StrEnum):
    """A part of a run, as the manifest names it."""

    READING = "lecture"
    JUDGING = "jugement"
    WRITING = "ecriture"


PHASE_LABELS = {Phase.READING: "lecture", Phase.JUDGING: "jugement", Phase.WRITING: "écriture"}
METHOD = (
    "L’énergie est lue sur les compteurs RAPL du processeur quand le système les ouvre (toute la machine y est comptée). "
    "Sinon elle est estimée : secondes de processeur multipliées par une puissance supposée par cœur occupé "
    "(12 W, ou la valeur de CLAUSECHECK_WATTS). "
    "L’écran, le disque et le repos de la machine n’y sont pas."
)
"""How energy is known; the sheet says it in every report."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Time and energy of a run.

    ``seconds``: elapsed, by phase, in order; ``processor``: seconds of processor, programs called included; ``joules``: energy;
    ``watts``: the power assumed for a busy core, None where the energy was measured by the processor itself (RAPL).
    """

    seconds: Mapping[Phase, float]
    processor: float
    joules: float
    watts: float | None

    @property
    def watt_hours(self) -> float:
        """The energy in watt-hours."""
        return self.joules / JOULES_PER_WATT_HOUR


@dataclass(frozen=True, slots=True)
class RunNote:
    """When a run was made; what it cost until its reports were written, None where the clock is fixed."""

    moment: datetime
    cost: Cost | None = None


def date_line(note: RunNote) -> str:
    """«Analyse du 24 novembre 2026 à 15 h 05.», the date line of a report."""
    return french(f"Analyse du {french_date(note.moment)}.")


def cost_line(note: RunNote) -> str:
    """Say the time and energy of a run in one sentence."""
    if note.cost is None:
        return french("Temps et énergie de cette analyse : non relevés, l’horloge est fixée (SOURCE_DATE_EPOCH).")
    return french(f"Temps et énergie de cette analyse : {', '.join(_parts(note.cost))}.")


def _parts(cost: Cost) -> Iterator[str]:
    yield from (f"{PHASE_LABELS[phase]} {_number(seconds, 2)} s" for phase, seconds in cost.seconds.items())
    yield f"{_number(cost.processor, 2)} s de processeur"
    source = "mesurés (RAPL)" if cost.watts is None else f"estimés à {cost.watts:g} W par cœur occupé".replace(".", ",")
    yield f"{_number(cost.watt_hours, 3)} Wh {source}"


def _number(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace(".", ",")
