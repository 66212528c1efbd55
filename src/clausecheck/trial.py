"""Judges a clause on its own: the catalogue's examples, and texts a lawyer wants to try."""

from collections.abc import Collection
from dataclasses import dataclass

from clausecheck.catalogue.schema import Example
from clausecheck.detection.compiled import CompiledRequirement
from clausecheck.document import Document, DocumentBuilder, Source
from clausecheck.pipeline import Engine
from clausecheck.readers.language import detect
from clausecheck.vocabulary import BlockKind, Language, Status


@dataclass(frozen=True, slots=True)
class Trial:
    """An example judged: the status expected and the one found."""

    requirement: str
    example: str
    expected: str
    found: str
    expected_criteria: frozenset[str]
    found_criteria: frozenset[str]
    gap: str | None = None

    @property
    def right(self) -> bool:
        """True where the status is the one expected; nothing stipulated may be «absente» or «sans objet»."""
        return self.found == self.expected or (self.expected == "absente" and self.found == Status.SANS_OBJET.value)


def try_examples(engine: Engine, only: Collection[str] = ()) -> list[Trial]:
    """Judge the examples of the requirements in ``only`` (all when empty)."""
    chosen = [c for c in engine.compiled if not only or c.requirement.id in only]
    return [_try(engine, c, e) for c in chosen for e in engine.catalogue.examples(c.requirement)]


def _try(engine: Engine, compiled: CompiledRequirement, example: Example) -> Trial:
    requirement = compiled.requirement
    given = dict.fromkeys((*requirement.applies_when.all, *requirement.applies_when.any), True)
    report = engine.assess([clause_document(example.text)], name=example.id, given=given, only={requirement.id})
    finding = report.findings[0]
    found = Status.AFFAIBLIE if finding.status is Status.CONTREDITE else finding.status
    met = frozenset(c.id for c in finding.criteria if c.met)
    return Trial(requirement.id, example.id, example.expect, found.value, frozenset(example.criteria), met, example.gap)


def clause_document(text: str, title: str | None = None) -> Document:
    """Return ``text`` as a one-article document in its language: lists and table rows told by how their lines begin."""
    builder = DocumentBuilder(Source("extrait.md", "", "md", len(text)))
    builder.add(title or "Clause", kind=BlockKind.HEADING, level=1)
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if line.startswith("|"):
            if set(line) - set("|-: "):
                cells = [cell.strip() for cell in line.strip("|").split("|")]
                builder.add(" | ".join(cells), kind=BlockKind.TABLE_ROW)
        elif line.startswith(("- ", "– ", "• ")):
            builder.add(line, kind=BlockKind.LIST_ITEM, level=1)
        else:
            builder.add(line)
    return builder.build(language=Language.ENGLISH if detect(text) is Language.ENGLISH else Language.FRENCH)
