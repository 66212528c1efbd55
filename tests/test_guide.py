"""The guide keeps up with the program: every command, option and message code is explained, and it reads without a network."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from clausecheck import errors
from clausecheck.cli.main import app

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
MESSAGES = {"Problem", "warn", "Failure", "UsageError", "ReadError", "NothingToAnalyseError", "CatalogueError"}
CODE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
COMMANDS = sorted(typer.main.get_command(app).commands.items())  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("guide")
    words = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return folder


def leaves() -> Iterator[tuple[str, list[str]]]:
    """Every command that does something, with its options."""
    for name, command in COMMANDS:
        for sub, leaf in getattr(command, "commands", {"": command}).items():
            yield f"{name} {sub}".strip(), [o for p in leaf.params for o in (*p.opts, *p.secondary_opts) if o.startswith("-")]


def page_of(command: str) -> str:
    name = command.split(maxsplit=1)[0]
    pages = [p.read_text(encoding="utf-8") for p in (DOCS / "commandes").glob("*.md") if name in p.stem.split("-") and p.stem != "index"]
    assert len(pages) == 1, name
    return pages[0]


@pytest.mark.parametrize(("command", "options"), list(leaves()), ids=lambda value: value if isinstance(value, str) else "")
def test_every_command_and_option_is_explained(command: str, options: list[str]) -> None:
    page = page_of(command)
    assert f"clausecheck {command}" in page
    assert [o for o in options if f"`{o}" not in page and o != "--help"] == []


def test_every_command_is_in_the_list_of_commands() -> None:
    index = (DOCS / "commandes" / "index.md").read_text(encoding="utf-8")
    assert [name for name, _ in COMMANDS if f"`clausecheck {name}`" not in index] == []


def codes() -> dict[str, str]:
    """Every code that the source gives a message, with its file; a variable named «code» stands for those of its module."""
    found = {}
    for path in sorted((ROOT / "src").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str) and "_" in n.value]
        for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call) and called(n) in MESSAGES):
            given = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            given += constants if any(isinstance(a, ast.Name) and a.id == "code" for a in call.args) and path.name != "builder.py" else []
            found.update({code: path.name for code in given if CODE.fullmatch(code)})
    usual = [kind.usual_code for kind in (errors.ClausecheckError, errors.CatalogueError, errors.NothingToAnalyseError)]
    return found | dict.fromkeys(usual, "errors.py")


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def test_every_message_code_is_explained_and_no_other() -> None:
    text = (DOCS / "messages.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    explained = {code for cell in rows for code in re.findall(r"`([a-z0-9_]+)`", cell)}
    known = codes()
    assert {code: where for code, where in known.items() if code not in explained} == {}
    assert explained - known.keys() == set()


def test_every_exit_code_is_explained() -> None:
    text = (DOCS / "messages.md").read_text(encoding="utf-8")
    values = [value for name, value in vars(errors).items() if name.startswith("EXIT_")]
    assert [v for v in values if f"\n| {v} |" not in text] == []


def test_the_guide_is_built_without_warning_and_asks_nothing_of_the_network(guide: Path) -> None:
    pages = [p.read_text(encoding="utf-8") for p in guide.rglob("*.html")]
    assert len(pages) > 15
    outside = r"""<(?:script|img|link|iframe)[^>]+(?:src|href)=["']?(?:https?:)?//[^>]*>"""
    assert [m for page in pages for m in re.findall(outside, page) if "canonical" not in m] == []
    sheets = [p.read_text(encoding="utf-8") for p in guide.rglob("*.css")]
    assert [m for sheet in sheets for m in re.findall(r"url\(['\"]?(?:https?:)?//[^)]*|@import[^;]*", sheet)] == []


def test_every_picture_of_the_guide_is_shown_somewhere() -> None:
    text = "".join(p.read_text(encoding="utf-8") for p in (*DOCS.rglob("*.md"), ROOT / "README.md"))
    assert [p.name for p in (DOCS / "images").iterdir() if p.name not in text] == []
