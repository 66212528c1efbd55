"""Names as people write them in folders, files and contracts, folded so that they can be compared and made into paths."""

import re
import unicodedata

_LOT = re.compile(
    r"(?:^|(?<=[\s_.-]))lot(?:[\s_.-]*(?:n[°o]?[\s_.-]*)?(?P<number>\d{1,3})|[\s_.-]+(?P<letter>[a-z]|unique))(?=$|[\s_.:–-])",
    re.IGNORECASE,
)
_LEGAL_FORMS = frozenset({"sa", "sas", "sasu", "sarl", "eurl", "snc", "sci", "scop", "sca", "gie", "societe", "groupe", "ste", "selarl"})
_EDGES = " \t_-.:–—"
_LONGEST_SLUG = 60


def fold(text: str) -> str:
    """Return ``text`` in lower case, without accents, its words separated by single spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def slug(text: str) -> str:
    """Return ``text`` as a safe folder name."""
    return fold(text).replace(" ", "-")[:_LONGEST_SLUG].strip("-") or "sans-nom"


def essential(name: str) -> str:
    """Return the words of a company's name that tell it apart: folded, single letters joined, without its legal form."""
    joined = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", name)
    words = [w for w in fold(joined).split() if w not in _LEGAL_FORMS]
    return " ".join(words) or fold(name)


def split_lot(name: str) -> tuple[str | None, str]:
    """Return the lot that ``name`` gives («1», «A») or None, and what remains of the name: «lot-01_alpha» → («1», «alpha»)."""
    found = _LOT.search(name)
    if found is None:
        return None, name
    rest = f"{name[: found.start()].strip(_EDGES)} {name[found.end() :].strip(_EDGES)}".strip()
    number, letter = found.group("number", "letter")
    return (str(int(number)) if number else letter.upper()), rest


def lot_folder(lot: str | None) -> str:
    """Return the folder of a lot: «lot-01», «lot-a», «sans-lot»."""
    if lot is None:
        return "sans-lot"
    return f"lot-{int(lot):02d}" if lot.isdigit() else f"lot-{slug(lot)}"
