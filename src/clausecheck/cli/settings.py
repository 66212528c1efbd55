"""What the user sets: context flags and profile. A profile is YAML: ``contexte: {hebergement: oui}``, ``seuil: bloquante``."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from clausecheck.errors import UsageError

YES = frozenset({"oui", "true", "vrai", "1", "yes"})
NO = frozenset({"non", "false", "faux", "0", "no"})


def parse_context(items: Iterable[str], known: Iterable[str]) -> dict[str, bool]:
    """Parse ``hebergement=oui``. Raises UsageError naming what is wrong and what is allowed."""
    names = set(known)
    given = {}
    for item in items:
        flag, _, value = item.partition("=")
        flag = flag.strip()
        if flag not in names:
            raise UsageError(f"Contexte inconnu : « {flag} ». Valeurs admises : {', '.join(sorted(names))}.", "contexte_inconnu")
        given[flag] = _truth(flag, value)
    return given


def _truth(flag: str, value: str) -> bool:
    word = value.strip().lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise UsageError(f"Contexte « {flag} » : écrivez {flag}=oui ou {flag}=non.", "contexte_invalide")


def read_profile(path: Path, known: Iterable[str]) -> dict[str, bool]:
    """Read the context of a profile file. Raises UsageError."""
    from clausecheck.catalogue.loader import read_yaml

    raw = read_yaml(path)
    context = raw.get("contexte") if isinstance(raw, Mapping) else None
    if not isinstance(context, Mapping):
        raise UsageError(f"Profil {path} : il faut une clé « contexte » (drapeau : oui ou non).", "profil_invalide")
    return parse_context((f"{k}={_word(v)}" for k, v in context.items()), known)


def _word(value: object) -> str:
    return {True: "oui", False: "non"}.get(value, str(value)) if isinstance(value, bool) else str(value)
