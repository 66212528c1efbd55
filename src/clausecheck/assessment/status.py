"""From evidence to status: pure functions, so that the whole decision table can be tested without a file."""

from dataclasses import dataclass

from clausecheck.vocabulary import Status


@dataclass(frozen=True, slots=True)
class Facts:
    """What the decision needs: ``missing``: required criteria unmet; ``met``: criteria met; ``weak``: weakenings active."""

    stipulated: bool
    met: frozenset[str]
    missing: frozenset[str]
    weak: frozenset[str]
    contradicted: bool = False


def decide(facts: Facts) -> Status:
    """Return the status of an applicable requirement (legal/README, section 3).

    ``contredite`` needs a stipulation that says the opposite and nothing that meets a criterion: where both stand, the clause is
    weakened, and the contradiction is flagged apart.
    """
    if facts.contradicted and not facts.met:
        return Status.CONTREDITE
    if not facts.stipulated and not facts.met:
        return Status.ABSENTE
    if facts.missing or facts.weak:
        return Status.AFFAIBLIE
    return Status.CONFORME
