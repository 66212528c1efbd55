"""What a reader of tracked or hidden text must know, gathered while reading and said once in French."""

from collections import Counter
from dataclasses import dataclass, field

from clausecheck.document import DocumentBuilder
from clausecheck.vocabulary import View

_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]

_EFFECTS = {
    View.FINAL: (
        ("suppression", "texte_supprime", "le texte supprimé ne compte pas dans l'analyse"),
        ("insertion", "texte_insere", "le texte inséré est lu comme accepté"),
    ),
    View.ORIGINAL: (
        ("insertion", "texte_insere", "vue originale, le texte inséré ne compte pas dans l'analyse"),
        ("suppression", "texte_supprime", "vue originale, le texte supprimé est lu comme s'il était encore là"),
    ),
    View.MARKED: (
        ("suppression", "texte_supprime", "vue marquée, le texte supprimé est lu entre [− et −]"),
        ("modification", "texte_modifie", "vue marquée, le texte inséré est lu entre [+ et +], le texte supprimé entre [− et −]"),
    ),
}
"""What is said of the passages set aside, then of those read, in each view: act, code of the warning, effect."""

Revision = tuple[str, str]
"""Author and ISO date of a tracked change, as the file writes them; empty when it does not."""


def french_date(iso: str) -> str:
    """Return «3 mai 2024» for «2024-05-03T10:00:00Z»; the text itself when it is no date."""
    try:
        year, month, day = (int(part) for part in iso[:10].split("-"))
        return f"{'1er' if day == 1 else day} {_MONTHS[month - 1]} {year}"
    except (ValueError, IndexError):
        return iso


def who_when(revision: Revision) -> str:
    """Return «de Anne Roy le 3 mai 2024»."""
    author, date = revision
    when = f" le {french_date(date)}" if date else ""
    return f"de {author or 'auteur inconnu'}{when}"


@dataclass(slots=True)
class Notices:
    """Counts of what is not plain text; ``view``: how tracked changes are read."""

    view: View = View.FINAL
    deletions: Counter[Revision] = field(default_factory=Counter)
    insertions: Counter[Revision] = field(default_factory=Counter)
    hidden: int = 0
    images: int = 0
    unread: Counter[str] = field(default_factory=Counter)

    def tell(self, builder: DocumentBuilder, characters: int) -> None:
        """Add the warnings to ``builder``; ``characters`` is the length of the body text read."""
        for revisions, (act, code, effect) in zip((self.deletions, self.insertions), _EFFECTS[self.view], strict=True):
            for revision, count in _by_day(revisions).items():
                passages = f" ({count} passages)" if count > 1 else ""
                builder.warn(code, f"{act} {who_when(revision)}{passages}\u202f: {effect}")
        self._tell_unread(builder, characters)

    def _tell_unread(self, builder: DocumentBuilder, characters: int) -> None:
        if self.hidden:
            builder.warn(
                "texte_masque",
                f"{self.hidden} passage(s) en texte masqué, invisible(s) à l'impression\u202f: écarté(s) de l'analyse",
            )
        if self.images and characters < 400 * self.images:
            builder.warn(
                "image_non_lue",
                f"{self.images} image(s) non lue(s)\u202f: si une image porte des clauses, fournissez-les en texte",
            )
        for what, count in self.unread.items():
            builder.warn("contenu_non_lu", f"{what} ({count}) non lu(s)\u202f: ouvrez le fichier pour en vérifier le contenu")


def _by_day(revisions: Counter[Revision]) -> Counter[Revision]:
    """Group by author and day, in order of first appearance."""
    grouped: Counter[Revision] = Counter()
    for (author, date), count in revisions.items():
        grouped[author, date[:10]] += count
    return grouped
