"""Finds what a communicable report must hide in a piece: passages marked as secret, who natural persons are and how to reach them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from clausecheck.catalogue.schema import DiffusionFile
from clausecheck.document.model import Block, Document, TextSpan
from clausecheck.reporting.diffusion.persons import Persons
from clausecheck.vocabulary import BlockKind, Layer

OPENING = 10
"""Blocks of the body in which a mark speaks of the whole piece: its cover."""
ALONE = 6
"""Words of a line that is a mark and nothing else."""
EMAIL_HIDDEN, PHONE_HIDDEN, NAME_HIDDEN = "[adresse électronique masquée]", "[téléphone masqué]", "[nom masqué]"
_REACHED, _NAMED = "coordonnées d’une personne physique", "identité d’une personne physique"
_EMAIL = re.compile(r"(?P<local>[\w.+'-]+)@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\d.,/-])(?<!\d[ \u00a0\u202f])(?:(?:\+|00)\s?33\s?(?:\(0\)\s?)?|0)[1-9](?:[ .\-\u00a0\u202f]?\d{2}){4}(?!\d)")
_NUMBERED = re.compile(r"^\s*(?:article\s+)?(?:\d+|[ivx]+)(?:[.\-]\w{1,3})*[.)°]*\s+[–—-]?\s*", re.IGNORECASE)
_BEFORE = r"(?:^|[\[(«:|·•*]|\s[–—-]\s)\s*"
_AFTER = r"\s*(?:$|[\])».,;:|·•*!]|\s[–—-](?:\s|$))"


@dataclass(frozen=True, slots=True)
class Area:
    """A stretch to hide. ``why``: in French, after «masqué :»; ``whole``: it is the whole piece."""

    span: TextSpan
    why: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """A name, an e-mail address or a telephone number. ``what``: its kind, in French; ``why``: it is hidden; ``shown``: instead."""

    span: TextSpan
    what: str
    why: str
    shown: str


def plain(text: str) -> str:
    """Return ``text`` in lower case without accents, punctuation kept."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@dataclass(frozen=True)
class Finder:
    """Applies the catalogue's list of marks and of service addresses. ``persons``: who may be named."""

    rules: DiffusionFile
    persons: Persons

    @classmethod
    def of(cls, rules: DiffusionFile, documents: Iterable[Document]) -> "Finder":
        """Return the finder of a dossier: a person named in full in one piece is known in all."""
        return cls(rules, Persons(rules.persons).meeting(documents))

    @cached_property
    def _marks(self) -> list[tuple[str, re.Pattern[str], re.Pattern[str]]]:
        """Each mark: its name, how it reads set apart, how it reads anywhere."""
        forms = {m.name: "|".join(re.escape(plain(f)) for f in sorted(m.forms, key=len, reverse=True)) for m in self.rules.marks}
        return [(n, re.compile(f"{_BEFORE}(?:{f}){_AFTER}"), re.compile(rf"\b(?:{f})\b")) for n, f in forms.items()]

    def areas(self, document: Document) -> list[Area]:
        """Return the stretches of ``document`` marked as secret, the whole piece alone where it is marked as such."""
        found = [*self._furniture(document), *self._body(document)]
        return [a for a in found if a.whole][:1] or found

    def _furniture(self, document: Document) -> Iterator[Area]:
        for block in document.blocks:
            if block.layer is Layer.FURNITURE and (name := self._named(document.quote(block.span), anywhere=True)):
                yield Area(whole(document), f"marquée « {name} » en tête ou en pied de page", whole=True)

    def _body(self, document: Document) -> Iterator[Area]:
        body = [b for b in document.blocks if b.layer is Layer.BODY and document.quote(b.span).strip()]
        for rank, block in enumerate(body):
            text = document.quote(block.span)
            name = self._named(_NUMBERED.sub("", text))
            if name is None:
                continue
            heading, alone = block.kind is BlockKind.HEADING, len(text.split()) <= ALONE
            if rank < OPENING and (heading or alone) and not (block.number or _NUMBERED.match(text)):
                yield Area(whole(document), f"marquée « {name} »", whole=True)
            else:
                span = _section(body, rank) if heading or alone else block.span
                yield Area(span, f"marqué « {name} »")

    def _named(self, text: str, *, anywhere: bool = False) -> str | None:
        said = plain(text).strip()
        return next((name for name, apart, loose in self._marks if (loose if anywhere else apart).search(said)), None)

    def contacts(self, text: str) -> list[Contact]:
        """Return what in ``text`` names a person or reaches one, in order, apart from each other."""
        kept: list[Contact] = []
        for contact in sorted(self._contacts(text), key=lambda c: (c.span.start, -c.span.end)):
            if not kept or not contact.span.overlaps(kept[-1].span):
                kept.append(contact)
        return kept

    def _contacts(self, text: str) -> Iterator[Contact]:
        for match in _EMAIL.finditer(text):
            if self.personal(match.group()):
                yield Contact(TextSpan(*match.span()), "adresse électronique", _REACHED, EMAIL_HIDDEN)
        for match in _PHONE.finditer(text):
            yield Contact(TextSpan(*match.span()), "numéro de téléphone", _REACHED, PHONE_HIDDEN)
        for span in self.persons.spans(text):
            yield Contact(span, "nom de personne", _NAMED, NAME_HIDDEN)

    def personal(self, address: str) -> bool:
        """Tell whether an e-mail address is a person's: «marches@…» and «dpo-contact@…» are a service's."""
        return re.split(r"[^a-z]", plain(address.partition("@")[0]))[0] not in self.rules.services


def merged(areas: Iterable[Area]) -> list[Area]:
    """Return ``areas`` in order, those that overlap made one, told as the first is."""
    kept: list[Area] = []
    for area in sorted(areas, key=lambda a: a.span):
        if kept and area.span.overlaps(kept[-1].span):
            kept[-1] = replace(kept[-1], span=TextSpan(kept[-1].span.start, max(kept[-1].span.end, area.span.end)))
        else:
            kept.append(area)
    return kept


def whole(document: Document) -> TextSpan:
    """Return the whole text of ``document``."""
    return TextSpan(0, len(document.text))


def _section(body: Sequence[Block], rank: int) -> TextSpan:
    """Return the section of the heading at ``rank``, or above it: up to the next heading that is not under it."""
    first = next((i for i in range(rank, -1, -1) if body[i].kind is BlockKind.HEADING), rank)
    level = body[first].level or 1
    last = next((i for i in range(rank + 1, len(body)) if body[i].kind is BlockKind.HEADING and (body[i].level or 1) <= level), len(body))
    return TextSpan(body[first].span.start, body[last - 1].span.end)
