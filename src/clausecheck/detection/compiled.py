"""Compiles the catalogue's frames once, so that a check only matches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clausecheck.catalogue.lexicon import Lexicon, build_families
from clausecheck.catalogue.patterns import Fragment, Pattern, compile_pattern
from clausecheck.catalogue.phrases import Gate
from clausecheck.catalogue.schema import Condition, FrameSpec, Requirement, Wording
from clausecheck.detection.quantities import DelayTest, delay_test
from clausecheck.errors import CatalogueError
from clausecheck.vocabulary import Language


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A compiled ``FrameSpec``.

    ``anchor``: what places the hit (the action, or the first family when there is none); ``languages``: the text it reads; ``required``:
    literals each of which must open some word of the dossier.
    """

    spec: FrameSpec
    anchor: Pattern
    others: tuple[Pattern, ...]
    none: tuple[Pattern, ...]
    topic: tuple[Pattern, ...]
    delay: DelayTest | None
    languages: frozenset[Language]
    required: Gate


@dataclass(frozen=True, slots=True, eq=False)
class CompiledRequirement:
    """A requirement with its frames ready: ``criteria`` and ``weakenings`` by id, ``pointless`` and ``needed`` by case."""

    requirement: Requirement
    presence: tuple[Frame, ...]
    criteria: Mapping[str, tuple[Frame, ...]]
    weakenings: Mapping[str, tuple[Frame, ...]]
    pointless: Mapping[str, tuple[Frame, ...]]
    needed: Mapping[str, tuple[Frame, ...]]


def compile_requirement(requirement: Requirement, lexicon: Lexicon, wordings: Sequence[Wording] = ()) -> CompiledRequirement:
    """Compile every frame of ``requirement`` and of its ``wordings``. Raises CatalogueError naming requirement and place."""
    spoken = _Spoken(requirement, lexicon, wordings)
    return CompiledRequirement(
        requirement=requirement,
        presence=spoken.frames("presence", requirement.presence, {w.language: w.presence for w in wordings}),
        criteria={c.id: spoken.frames(c.id, c.frames, _by_language(wordings, "criteria", c.id)) for c in requirement.criteria},
        weakenings={w.id: spoken.frames(w.id, w.frames, _by_language(wordings, "weakened_when", w.id)) for w in requirement.weakened_when},
        pointless={n.id: spoken.frames(n.id, n.frames) for n in requirement.sans_objet_when},
        needed={n.id: spoken.frames(n.id, n.unless) for n in requirement.sans_objet_when if n.unless},
    )


def _by_language(wordings: Sequence[Wording], part: str, key: str) -> dict[Language, tuple[FrameSpec, ...]]:
    return {w.language: getattr(w, part)[key] for w in wordings if key in getattr(w, part)}


class _Spoken:
    """The families with which a requirement is worded in each language."""

    def __init__(self, requirement: Requirement, lexicon: Lexicon, wordings: Sequence[Wording]) -> None:
        self._id = requirement.id
        own = [(Language.FRENCH, requirement.families), *((w.language, w.families) for w in wordings)]
        try:
            self._families = {x: build_families(families, lexicon.of(x).families) for x, families in own}
        except CatalogueError as error:
            raise CatalogueError(f"{requirement.id} : {error}") from error

    def frames(
        self, part: str, specs: tuple[FrameSpec, ...], others: Mapping[Language, tuple[FrameSpec, ...]] | None = None
    ) -> tuple[Frame, ...]:
        """Compile ``specs``; in the languages of ``others`` these stand in their place."""
        others = {x: given for x, given in (others or {}).items() if given}
        found = compile_frames(f"{self._id}.{part}", specs, self._families[Language.FRENCH], without=frozenset(others))
        for language, given in others.items():
            found += compile_frames(f"{self._id}.{part} ({language.value})", given, self._families[language], only=language)
        return found


def compile_condition(condition: Condition, lexicon: Lexicon) -> tuple[Frame, ...]:
    """Compile the frames of ``condition``, each with the families of its language. Raises CatalogueError."""
    frames = ((spec, lexicon.of(spec.language).families) for spec in condition.frames)
    return tuple(frame for spec, families in frames for frame in compile_frames(condition.id, (spec,), families))


def compile_frames(
    place: str,
    specs: tuple[FrameSpec, ...],
    families: Mapping[str, Fragment],
    *,
    only: Language | None = None,
    without: frozenset[Language] = frozenset(),
) -> tuple[Frame, ...]:
    """Compile ``specs``. Raises CatalogueError, which ``place`` begins.

    ``only``: the language they read; ``without``: those they do not.
    """
    frames = []
    for number, spec in enumerate(specs, 1):
        languages = _languages(only or spec.language) - without
        if not languages:
            continue
        try:
            frames.append(_compile(spec, families, languages))
        except CatalogueError as error:
            raise CatalogueError(f"{place}, cadre {number} : {error}") from error
    return tuple(frames)


def _languages(only: Language | None) -> frozenset[Language]:
    return frozenset({only}) if only else frozenset(Language)


def _compile(spec: FrameSpec, families: Mapping[str, Fragment], languages: frozenset[Language]) -> Frame:
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
        languages,
        frozenset().union(*(pattern.phrase.required for pattern in patterns)),
    )
