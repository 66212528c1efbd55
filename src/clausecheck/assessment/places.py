"""How a sentence names a place of the dossier: «CCAP art. 4.2», «annexe RGPD « Sous-traitance »»."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from clausecheck.segmentation.model import Segmented
from clausecheck.segmentation.pieces import Piece

TITLE_LENGTH = 50


def enumerated(articles: Sequence[str]) -> str:
    """Return «5.1 et 5.3», or «43 à 46» for articles that follow each other."""
    numbers = [int(a) for a in articles if a.isdigit()]
    if len(numbers) == len(articles) > 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return f"{numbers[0]} à {numbers[-1]}"
    return " et ".join([", ".join(articles[:-1]), articles[-1]]) if len(articles) > 1 else "".join(articles)


def of_articles(articles: Sequence[str]) -> str:
    """Return «de l’article 5.1», «des articles 43 à 46»."""
    return f"{'de l’article' if len(articles) == 1 else 'des articles'} {enumerated(articles)}"


def shown_title(title: str) -> str:
    """Cut a long ``title`` at a word."""
    return title if len(title) <= TITLE_LENGTH else title[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"


@dataclass(frozen=True, slots=True)
class Places:
    """Names documents and units. A kind that several documents share is told apart by the file name."""

    segmented: Segmented
    pieces: Sequence[Piece]

    def document(self, number: int) -> str:
        """Return «CCAP», or the name of the file where the kind does not tell."""
        kind = self.pieces[number].kind
        same = [p for p in self.pieces if p.kind is kind]
        path = self.segmented.documents[number].source.path
        return kind.short if kind is not None and len(same) == 1 else PurePath(path.split("!")[-1]).stem

    def unit(self, number: int) -> str:
        """Return «CCAP art. 4.2», by its title where the article has no number."""
        unit = self.segmented.units[number]
        article = self.segmented.articles[unit.article]
        if article.number and article.number[:1].isdigit():
            return f"{self.document(unit.document)} art. {article.number.rstrip('.')}"
        title = shown_title(article.title)
        return f"{self.document(unit.document)} « {title} »" if title else self.document(unit.document)
