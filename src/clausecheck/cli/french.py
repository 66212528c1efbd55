"""The help and the faults of the command line in French: typer says them in English, whatever the locale."""

import re
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException
from typer.models import CommandFunctionType

_WORDS = {
    r"^Usage:": "Usage :",
    r"^Arguments:": "Arguments :",
    r"^Options:": "Options :",
    r"^Commands:": "Commandes :",
    r"COMMAND \[ARGS\]\.\.\.": "COMMANDE [ARGUMENTS]…",
    r"\{(\w+)\}": r"\1",
    r"\[default:": "[par défaut :",
    r"\[required\]": "[obligatoire]",
    r"\s*\[x>=1\]": "",
    r"; x>=1\]": "]",
    r"\[env var:": "[variable :",
    r"Show this message and exit\.": "Affiche cette aide et s’arrête.",
}
"""What typer writes, and what it means."""
_KIND = re.compile(r" <(?:list\[)?(\w+(?:\|\w+)+)?(?:\w+)?\]?>(?=\s)( *)")
"""The type of a value, in Python's words: only a list of choices tells a user something."""


def in_french(help_text: str) -> str:
    """Put typer's words of a help in French; columns stay where they are."""
    for english, french in _WORDS.items():
        help_text = re.sub(english, french, help_text, flags=re.MULTILINE)
    return _KIND.sub(lambda found: (f" <{found[1]}>" if found[1] else "").ljust(len(found[0]) if found[2] else 0), help_text)


class FrenchCommand(TyperCommand):
    """A command whose help is in French."""

    def get_help(self, ctx: Any) -> str:
        """Return the help."""
        return in_french(super().get_help(ctx))


class FrenchGroup(TyperGroup):
    """A group of commands whose help is in French."""

    def get_help(self, ctx: Any) -> str:
        """Return the help."""
        return in_french(super().get_help(ctx))


class FrenchTyper(typer.Typer):
    """A command line whose help is in French, its commands' too, in plain text: rendering it with rich triples the start-up time."""

    def __init__(self, **options: Any) -> None:
        super().__init__(cls=FrenchGroup, no_args_is_help=True, rich_markup_mode=None, **options)

    def command(self, name: str | None = None, **options: Any) -> Callable[[CommandFunctionType], CommandFunctionType]:
        """Add a command."""
        return super().command(name, cls=FrenchCommand, **options)


def usage_message(error: TyperException) -> str:
    """Say in French what is wrong with a command line, and where its help is."""
    command = getattr(getattr(error, "ctx", None), "command_path", "clausecheck")
    return f"{_fault(error)} Voir {command} --help."


def _fault(error: TyperException) -> str:
    kind, param = type(error).__name__, getattr(error, "param", None)
    name = getattr(param, "metavar", None) or max(getattr(param, "opts", None) or ["?"], key=len)
    quoted = re.findall(r"'([^']+)'", str(getattr(error, "message", "")))
    if kind == "NoSuchOption":
        return f"Option inconnue : « {getattr(error, 'option_name', '?')} »."
    if kind == "MissingParameter":
        return f"Il manque une valeur : {name}."
    if kind == "BadParameter":
        return f"Valeur refusée pour {name}." + (f" Valeurs admises : {', '.join(quoted[1:])}." if quoted[1:] else "")
    if not quoted:
        return "Commande incomplète."
    return f"Commande inconnue : « {quoted[0]} »." + (f" Vouliez-vous dire « {quoted[1]} » ?" if quoted[1:] else "")
