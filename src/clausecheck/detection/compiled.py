"""Compiles the catalogue's frames once, so that a check only matches."""

from collections.abc import Mapping
from dataclasses import dataclass

from clausecheck.catalogue.lexicon import Lexicon, build_families
from clausecheck.catalogue.patterns import Fragment, Pattern, compile_pattern
from clausecheck.catalogue.schema import FrameSpec, Requirement
from clausecheck.detection.quantities import DelayTest, delay_test
from clausecheck.errors import CatalogueError


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A compiled ``FrameSpec``. ``anchor``: what places the hit (the action, or the first family when there is none)."""

    spec: FrameSpec
    anchor: Pattern
    others: tuple[Pattern, ...]
    none: tuple[Pattern, ...]
    topic: tuple[Pattern, ...]
    delay: DelayTest | None


@dataclass(frozen=True, slots=True, eq=False)
class CompiledRequirement:
    """A requirement with its frames ready: ``criteria`` and ``weakenings`` by id, ``pointless`` and ``needed`` by case."""

    requirement: Requirement
    presence: tuple[Frame, ...]
    criteria: Mapping[str, tuple[Frame, ...]]
    weakenings: Mapping[str, tuple[Frame, ...]]
    pointless: Mapping[str, tuple[Frame, ...]]
    needed: Mapping[str, tuple[Frame, ...]]


def compile_requirement(requirement: Requirement, lexicon: Lexicon) -> CompiledRequirement:
    """Compile every frame of ``requirement``. Raises CatalogueError naming requirement and place."""
    try:
        families = build_families(requirement.families, lexicon.families)
    except CatalogueError as error:
        raise CatalogueError(f"{requirement.id} : {error}") from error
    return CompiledRequirement(
        requirement=requirement,
        presence=compile_frames(f"{requirement.id}.presence", requirement.presence, families),
        criteria={c.id: compile_frames(f"{requirement.id}.{c.id}", c.frames, families) for c in requirement.criteria},
        weakenings={w.id: compile_frames(f"{requirement.id}.{w.id}", w.frames, families) for w in requirement.weakened_when},
        pointless={n.id: compile_frames(f"{requirement.id}.{n.id}", n.frames, families) for n in requirement.sans_objet_when},
        needed={n.id: compile_frames(f"{requirement.id}.{n.id}", n.unless, families) for n in requirement.sans_objet_when if n.unless},
    )


def compile_frames(place: str, specs: tuple[FrameSpec, ...], families: Mapping[str, Fragment]) -> tuple[Frame, ...]:
    """Compile ``specs``; ``place`` names them in errors. Raises CatalogueError."""
    frames = []
    for number, spec in enumerate(specs, 1):
        try:
            frames.append(_compile(spec, families))
        except CatalogueError as error:
            raise CatalogueError(f"{place}, cadre {number} : {error}") from error
    return tuple(frames)


def _compile(spec: FrameSpec, families: Mapping[str, Fragment]) -> Frame:
    elements = ([spec.act] if spec.act else []) + list(spec.all)
    if not elements:
        raise CatalogueError("cadre vide : donnez «act» ou «all»")
    patterns = [compile_pattern(source, families) for source in elements]
    return Frame(
        spec,
        patterns[0],
        tuple(patterns[1:]),
        tuple(compile_pattern(source, families) for source in spec.none),
        tuple(compile_pattern(source, families) for source in spec.topic),
        delay_test(spec.delay) if spec.delay else None,
    )
