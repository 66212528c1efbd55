"""Reads ``clauses/``: errors name the file, the line and the key."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from clausecheck.catalogue.grammar import GrammarSpec, PartyGrammar, PartySpec, build_grammar, build_party_grammar
from clausecheck.catalogue.lexicon import Lexicon, Vocabulary, build_cited, build_families, build_patterns, build_pieces
from clausecheck.catalogue.patterns import Fragment
from clausecheck.catalogue.root import base_of, catalogue_sha256
from clausecheck.catalogue.schema import (
    Condition,
    ConditionFile,
    ContextFile,
    ContextFlag,
    DiffusionFile,
    DossierFile,
    Example,
    ExampleFile,
    Instrument,
    InstrumentFile,
    Requirement,
    ReserveFile,
    Wording,
)
from clausecheck.errors import CatalogueError
from clausecheck.vocabulary import Language

PACKS = ("rgpd", "securite", "donnees", "transversal")
EXAMPLES_SUFFIX = ".exemples.yaml"
LEXICON = "_lexique"
"""Folder of the lexicon in a catalogue."""
LANGUAGES = (Language.ENGLISH,)
"""Languages read beside French: each has its lexicon (``_lexique/en``) and its wordings (``RGPD-33-2.en.yaml``)."""
M = TypeVar("M", bound=BaseModel)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Catalogue:
    """Everything ``clauses/`` says. ``requirements`` in the order of the files' ``_ordre`` list; ``wordings`` by requirement."""

    root: Path
    version: str
    requirements: tuple[Requirement, ...]
    wordings: Mapping[str, tuple[Wording, ...]]
    lexicon: Lexicon
    flags: tuple[ContextFlag, ...]
    instruments: tuple[Instrument, ...]
    conditions: tuple[Condition, ...]
    reference: Mapping[str, Any]

    def get(self, identifier: str) -> Requirement | None:
        """Find a requirement by id or alias, whatever the case."""
        wanted = identifier.upper()
        for requirement in self.requirements:
            if wanted == requirement.id or wanted in requirement.aliases:
                return requirement
        return None

    @cached_property
    def sha256(self) -> str:
        """Hash of every file of the catalogue."""
        return catalogue_sha256(self.root)

    def examples(self, requirement: Requirement) -> tuple[Example, ...]:
        """Read the examples of one requirement (kept in their own file: a check never needs them)."""
        for pack in PACKS:
            path = self.root / pack / f"{requirement.id}{EXAMPLES_SUFFIX}"
            if path.exists():
                return parse_file(path, ExampleFile).examples
        return ()


def load_flags(root: Path | None = None) -> tuple[ContextFlag, ...]:
    """Load the flags of the catalogue at ``root``. Raises CatalogueError."""
    return parse_file(base_of(root) / LEXICON / "contexte.yaml", ContextFile).flags


def load_catalogue(root: Path | None = None) -> Catalogue:
    """Load the catalogue at ``root``. Raises CatalogueError, in French, with file, line and key."""
    base = base_of(root)
    head = read_yaml(base / "catalogue.yaml")
    paths = [p for pack in PACKS for p in sorted((base / pack).glob("*.yaml")) if "." not in p.stem]
    requirements = {r.id: r for r in (parse_file(p, Requirement) for p in paths)}
    order = {identifier: i for i, identifier in enumerate(head["order"])}
    ordered = sorted(requirements.values(), key=lambda r: (order.get(r.id, len(order)), r.id))
    return Catalogue(
        root=base,
        version=str(head["version"]),
        requirements=tuple(ordered),
        wordings=_wordings(base),
        lexicon=load_lexicon(base / LEXICON),
        flags=load_flags(base),
        instruments=parse_file(base / "_instruments" / "instruments.yaml", InstrumentFile).instruments,
        conditions=parse_file(base / LEXICON / "conditions.yaml", ConditionFile).conditions,
        reference=head,
    )


def _wordings(base: Path) -> dict[str, tuple[Wording, ...]]:
    found: dict[str, tuple[Wording, ...]] = {}
    for language in LANGUAGES:
        for path in sorted(p for pack in PACKS for p in (base / pack).glob(f"*.{language.value}.yaml")):
            wording = parse_file(path, Wording)
            found[wording.requirement] = (*found.get(wording.requirement, ()), wording)
    return found


def load_lexicon(folder: Path) -> Lexicon:
    """Load the lexicon: French and common words at the root, each other language in its own folder. Raises CatalogueError."""
    families = build_families(read_yaml(folder / "familles.yaml"))
    dossier = parse_file(folder / "dossier.yaml", DossierFile)
    reserves = parse_file(folder / "reserves.yaml", ReserveFile)
    return Lexicon(
        vocabularies={
            Language.FRENCH: load_vocabulary(folder, families),
            **{
                x: load_vocabulary(folder / x.value, build_families(read_yaml(folder / x.value / "familles.yaml"), families))
                for x in LANGUAGES
            },
        },
        pieces=build_pieces(read_yaml(folder / "pieces.yaml"), families),
        cited=build_cited(dossier.pieces, families),
        dossier=build_patterns(dossier.motifs, families),
        diffusion=parse_file(folder / "diffusion.yaml", DiffusionFile),
        reserves=build_patterns(reserves.reserves, families),
        plain=build_patterns(reserves.nettes, families),
        spared=build_patterns(reserves.sans_effet, families),
    )


def load_vocabulary(folder: Path, families: Mapping[str, Fragment]) -> Vocabulary:
    """Load the words of one language. Raises CatalogueError."""
    return Vocabulary(
        families=families,
        actors=build_patterns(read_yaml(folder / "acteurs.yaml"), families),
        modality=build_patterns(read_yaml(folder / "modalites.yaml"), families),
        kinds=build_patterns(read_yaml(folder / "affaiblissements.yaml"), families),
        grammar=build_grammar(parse_file(folder / "grammaire.yaml", GrammarSpec)),
        parties=_parties(folder),
    )


def load_parties(folder: Path) -> dict[Language, PartyGrammar]:
    """Load how parties are named in each language of the lexicon, and nothing else. Raises CatalogueError."""
    return {Language.FRENCH: _parties(folder), **{x: _parties(folder / x.value) for x in LANGUAGES}}


def _parties(folder: Path) -> PartyGrammar:
    return build_party_grammar(parse_file(folder / "parties.yaml", PartySpec))


def read_yaml(path: Path) -> Any:
    """Read one YAML file. Raises CatalogueError with the line of a syntax error."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except OSError as error:
        raise CatalogueError(f"{path} : fichier illisible ({error.strerror}).") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", ligne {mark.line + 1}" if mark else ""
        raise CatalogueError(f"{path}{where} : YAML invalide ({getattr(error, 'problem', error)}).") from error


def parse_file(path: Path, model: type[M]) -> M:
    """Validate ``path`` as ``model``. Raises CatalogueError naming file, line and key of each fault."""
    try:
        return model.model_validate(read_yaml(path))
    except ValidationError as error:
        faults = "\n".join(f"  {path}, ligne {_line(path, e['loc'])}, {_key(e['loc'])} : {_fault(e)}" for e in error.errors())
        raise CatalogueError(f"Catalogue invalide :\n{faults}") from error


FAULTS = {
    "missing": "clé manquante",
    "extra_forbidden": "clé inconnue",
    "string_type": "il faut un texte (mettez-le entre guillemets)",
    "bool_type": "il faut true ou false",
    "bool_parsing": "il faut true ou false",
    "tuple_type": "il faut une liste",
    "dict_type": "il faut des clés et des valeurs",
    "model_type": "il faut des clés et des valeurs",
    "string_pattern_mismatch": "identifiant mal formé (majuscules, chiffres, tirets)",
}


def _fault(error: ErrorDetails) -> str:
    """Say in French what is wrong with a value."""
    if error["type"] in {"literal_error", "enum"}:
        expected = str(error.get("ctx", {}).get("expected", "")).replace(" or ", " ou ")
        return f"valeur inattendue « {error['input']} » (attendu : {expected})"
    return FAULTS.get(error["type"], error["msg"])


def _key(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location) or "(racine)"


def _line(path: Path, location: tuple[int | str, ...]) -> int:
    """Walk the YAML tree along ``location`` and return the line (from 1) of the deepest node reached."""
    node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    line = 1
    for part in location:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == part), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line
