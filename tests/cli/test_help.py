"""A first use of the command line: the help is in French, and a slip is answered with the way on."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from clausecheck.cli.main import app
from clausecheck.errors import EXIT_USAGE

ENGLISH = re.compile(
    r"\b(Usage:|Options:|Arguments:|Commands:|default|required|Show|message|COMMAND\b|ARGS\b|env var|Path\b|str\b|int\b|list\[)"
)


def helps() -> Iterator[tuple[str, str]]:
    """The help of every command, by its name."""

    def walk(command: Any, context: Any) -> Iterator[tuple[str, str]]:
        yield context.command_path, command.get_help(context)
        for name, sub in getattr(command, "commands", {}).items():
            yield from walk(sub, sub.context_class(sub, info_name=name, parent=context))

    root = get_command(app)
    yield from walk(root, root.context_class(root, info_name="clausecheck"))


@pytest.mark.parametrize(("name", "said"), list(helps()), ids=lambda value: value if value.startswith("clausecheck") else "")
def test_help_is_in_french(name: str, said: str) -> None:
    assert said.startswith(f"Usage : {name}")
    assert not ENGLISH.search(said), said


def test_help_of_a_command_keeps_its_columns() -> None:
    said = dict(helps())["clausecheck transparence"]
    starts = {
        line.index(words)
        for line in said.splitlines()
        for words in ("Forme de", "Dossier d’un catalogue", "Affiche cette")
        if words in line
    }
    assert len(starts) == 1


def test_without_a_command_the_help_is_shown(command: Any) -> None:
    done = command()
    assert done.code == EXIT_USAGE
    assert "Pour commencer : clausecheck check" in done.out
    assert done.err == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check",), "Il manque une valeur : PIÈCES. Voir clausecheck check --help."),
        (("chek",), "Commande inconnue : « chek ». Vouliez-vous dire « check » ? Voir clausecheck --help."),
        (("check", "--sortie"), "Option inconnue : « --sortie ». Voir clausecheck check --help."),
        (("check", ".", "--fail-on", "tout"), "Valeur refusée pour --fail-on. Valeurs admises : bloquante, majeure, mineure, never."),
    ],
)
def test_a_slip_is_answered_with_the_way_on(words: tuple[str, ...], said: str, command: Any) -> None:
    done = command(*words)
    assert done.code == EXIT_USAGE
    assert said in done.message
