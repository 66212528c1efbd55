"""The only clock of the program: a run is dated, its reports are not."""

import os
from datetime import UTC, datetime

from clausecheck.errors import UsageError

VARIABLE = "SOURCE_DATE_EPOCH"


def now() -> datetime:
    """Return the local time, or that of SOURCE_DATE_EPOCH (seconds since 1970, UTC). Raises UsageError where that is no time."""
    given = os.environ.get(VARIABLE)
    if not given:
        return datetime.now().astimezone()
    try:
        return datetime.fromtimestamp(int(given), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"{VARIABLE} doit être un nombre de secondes, et non « {given} ».", "horloge_invalide") from error
