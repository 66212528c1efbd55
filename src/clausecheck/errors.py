"""Errors a user can act on: each carries a French message and the exit code it leads to.

Exit codes: 2 usage, catalogue or settings; 3 something could not be read; 4 nothing to analyse; 70 internal.
"""

EXIT_CLEAN = 0
EXIT_FINDINGS = 1
EXIT_USAGE = 2
EXIT_UNREAD = 3
EXIT_NOTHING = 4
EXIT_INTERNAL = 70
EXIT_INTERRUPTED = 130


class ClausecheckError(Exception):
    """Base of every foreseen failure; ``str()`` of it is the French message shown to the user."""

    exit_code = EXIT_INTERNAL
    usual_code = "erreur"

    def __init__(self, message: str, code: str | None = None) -> None:
        super().__init__(message)
        self.code = code or self.usual_code


class UsageError(ClausecheckError):
    """The command, a setting or a catalogue file is wrong."""

    exit_code = EXIT_USAGE


class CatalogueError(UsageError):
    """A catalogue file cannot be used; the message names file, line and key."""

    usual_code = "catalogue_invalide"


class ReadError(ClausecheckError):
    """One file could not be read; the rest of the dossier can go on."""

    exit_code = EXIT_UNREAD


class NothingToAnalyseError(ClausecheckError):
    """No readable contract piece was given."""

    exit_code = EXIT_NOTHING
    usual_code = "rien_a_analyser"
