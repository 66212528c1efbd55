"""One contract, five file formats, one judgement."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from clausecheck.pipeline import Engine
from clausecheck.readers import read_path

SOURCES = ("faible.contrat.md", "presque-conforme.annexe-rgpd.md")


def markdown(source: Any) -> bytes:
    marks = {"title": "# ", "article": "## ", "sub": "### ", "item": "- "}
    lines = [marks.get(line.kind, "") + line.printed for line in source.lines]
    head = next((i for i, line in enumerate(source.lines) if line.kind == "row"), None)
    if head is not None:
        lines.insert(head + 1, "|---" * len(source.lines[head].cells) + "|")
    separated = [text + ("\n" if text.startswith(("|", "- ")) else "\n\n") for text in lines]
    return "".join(separated).replace("|\n#", "|\n\n#").encode()


def plain(source: Any) -> bytes:
    marks = {"item": "- "}
    return "\n\n".join(marks.get(line.kind, "") + line.printed for line in source.lines).encode()


@pytest.fixture(scope="module")
def writers(builder: ModuleType) -> dict[str, Callable[[Any], bytes]]:
    return {".md": markdown, ".txt": plain, **builder.WRITERS}


@pytest.mark.parametrize("name", SOURCES)
def test_statuses_do_not_depend_on_the_format(
    name: str, engine: Engine, builder: ModuleType, writers: dict[str, Callable[[Any], bytes]], samples: Path, tmp_path: Path
) -> None:
    source = builder.parse((samples / "sources" / name).read_text(encoding="utf-8"))
    found = {}
    for suffix, write in writers.items():
        path = tmp_path / f"piece{suffix}"
        path.write_bytes(write(source))
        report = engine.assess(read_path(path).documents, name="essai")
        found[suffix] = {f.requirement.id: f.status.value for f in report.findings}
    reference = found[".docx"]
    differences = {
        f"{identifier} {suffix}": f"{statuses[identifier]} au lieu de {reference[identifier]}"
        for suffix, statuses in found.items()
        for identifier in statuses
        if statuses[identifier] != reference[identifier]
    }
    assert differences == {}
