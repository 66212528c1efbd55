"""The project keeps its word: both READMEs say the same, and no rule hides in the code."""

import ast
import re
from pathlib import Path

import pytest

from clausecheck.catalogue.loader import Catalogue

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "LISEZMOI.md")


def blocks(name: str) -> list[str]:
    return re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), flags=re.DOTALL)


def test_both_readmes_give_the_same_commands() -> None:
    assert blocks("README.md") == blocks("LISEZMOI.md") != []


@pytest.mark.parametrize("name", READMES)
def test_readmes_are_short_and_show_a_picture_that_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert len(text.splitlines()) < 150
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text)
    assert pictures
    assert all((ROOT / picture).is_file() for picture in pictures)


def test_no_requirement_is_named_in_the_code(catalogue: Catalogue) -> None:
    known = {r.id for r in catalogue.requirements}
    named = [
        (path.name, node.value)
        for path in sorted((ROOT / "src").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in known
    ]
    assert named == []
