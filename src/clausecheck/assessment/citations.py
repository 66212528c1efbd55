"""Articles that the pieces cite: those of the dossier, found or broken, and those of texts outside it (rule R04)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clausecheck.assessment.model import Reference
from clausecheck.document.model import Block, Document
from clausecheck.document.normalized import undotted
from clausecheck.segmentation.pieces import Piece
from clausecheck.vocabulary import BlockKind, Layer

_NUMBER = r"\d{1,2}(?:[.\-]\d{1,2})*|[IVX]{1,5}(?:\.\d{1,2})+|[A-Z]\.\d{1,2}(?:\.\d{1,2})*"
_ARTICLE = re.compile(
    rf"\b(?P<word>articles?|art\.)\s+(?:n[°o]\s*)?(?P<numbers>(?:{_NUMBER})(?:\s*(?:,|et|ou|à)\s*(?:{_NUMBER}))*)(?![\w°’'\-])",
    re.IGNORECASE,
)
_FAR_QUALIFIER = 90
"""Characters after a number where the text it belongs to may be named: «article 28 du même règlement»."""

_EXTERNAL = re.compile(
    r"^[^.;:]{0,40}?\b(?:(?:du|de la|de l['’]|des|au)\s*(?:même\s+|dite?\s+|présent\s+)?)?"
    r"(?:RGPD|GDPR|règlements?|code|loi|décret|directive|ordonnance|arrêté|CCAG[\w-]*|cahier des clauses administratives générales"
    r"|traité|TFUE|convention européenne|charte des droits|clauses contractuelles types|CCT|constitution)\b",
    re.IGNORECASE,
)
_OUTSIDE_WORDS = re.compile(
    r"\b(?:RGPD|GDPR|CCAG|cahier des clauses administratives générales|code|loi|décret|directive|règlement|arrêté"
    r"|norme|NF|NFC|DTU|tableau|dérog\w+)\b",
    re.IGNORECASE,
)
"""Words of a sentence that make an article not found in the dossier one of another text: a derogation is to the CCAG."""

_SENTENCE_END = re.compile(r"(?<!\bcf)(?<!\bart)[.;](?:\s|$)", re.IGNORECASE)
_DEROGATIONS = re.compile(r"dérog", re.IGNORECASE)
_SAME = re.compile(r"^[^.;:]{0,30}?\b(?:ci-dessus|ci-dessous|précité|du présent|de la présente|des présentes)\b", re.IGNORECASE)
_PIECE_WORDS = re.compile(r"\b(?:CCAP|CCTP|CCP|acte d['’]engagement|DPA|annexe)\b", re.IGNORECASE)
_ANNEX = re.compile(
    r"^[^.;:]{0,30}?\b(?:de|à)\s+l['’]\s?annexe\s+(?:n[°o]\s*)?(?P<number>\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}|[A-H])\b", re.IGNORECASE
)
_PIECE = re.compile(
    r"^[^.;:]{0,30}?\b(?:du|de l['’]|de la)\s*(?:présent\s+)?"
    r"(?P<piece>CCAP|CCTP|CCP|acte d['’]engagement|PAS|plan d['’]assurance sécurité|DPA)\b",
    re.IGNORECASE,
)
_KINDS = {"acte d'engagement": "ae", "acte d’engagement": "ae", "plan d'assurance sécurité": "pas", "plan d’assurance sécurité": "pas"}
_ENOUGH_NUMBERS = 3
"""Numbered blocks from which a piece is known to be numbered: without them an article not found says nothing."""


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The numbered blocks of a document by scope: «» for its body, «1» for its annex 1; each number with its title."""

    scopes: Mapping[str, Mapping[str, str]]

    @property
    def known(self) -> bool:
        """True where the document is numbered at all."""
        return sum(map(len, self.scopes.values())) >= _ENOUGH_NUMBERS

    def find(self, number: str, scope: str | None) -> str | None:
        """Return the title of an article: in ``scope``, or where None in the body, then anywhere."""
        ordered = [scope] if scope is not None else sorted(self.scopes, key=lambda name: name != "")
        return next((titles[number] for name in ordered if number in (titles := self.scopes.get(name, {}))), None)


def citations(documents: Sequence[Document], pieces: Sequence[Piece]) -> list[Reference]:
    """Return the articles cited by each document, each once: found in a piece, broken, or outside the dossier."""
    numbers = [_numbers(document) for document in documents]
    kinds = {piece.kind.kind: i for i, piece in reversed(list(enumerate(pieces))) if piece.kind}
    found: dict[tuple[object, ...], Reference] = {}
    for source, document in enumerate(documents):
        for block, scope in _citing(document):
            for reference in _in_text(undotted(document.quote(block.span)), source, scope, numbers, kinds):
                found.setdefault((source, reference.cited, reference.document, reference.target), reference)
    return list(found.values())


def _citing(document: Document) -> Iterator[tuple[Block, str]]:
    """Yield the blocks whose articles are the dossier's; the lists of derogations cite those of the CCAG."""
    derogations = False
    for block, scope in _scoped(document):
        if block.kind is BlockKind.HEADING:
            derogations = bool(_DEROGATIONS.search(document.quote(block.span)))
        if not derogations:
            yield block, scope


def _in_text(text: str, source: int, scope: str, numbers: Sequence[_Numbers], kinds: Mapping[str, int]) -> Iterator[Reference]:
    for match in _ARTICLE.finditer(text):
        after = text[match.end() : match.end() + _FAR_QUALIFIER]
        if match.start() == 0 or (_EXTERNAL.match(after) and not _PIECE.match(after) and not _SAME.match(after)):
            continue  # the block's own number, or a text outside the dossier
        for number in re.findall(_NUMBER, match["numbers"]):
            reference = _resolve(number, after, source, scope, numbers, kinds)
            if reference is not None and (reference.found or not _elsewhere(text, match, after)):
                yield reference


def _elsewhere(text: str, match: re.Match[str], after: str) -> bool:
    """Tell whether the sentence names another text or piece, which the article may then belong to."""
    before = _SENTENCE_END.split(text[: match.start()])[-1]
    end = _SENTENCE_END.search(after)
    sentence = before + after[: end.start() if end else len(after)]
    named = _ANNEX.match(after) or _PIECE.match(after)
    return bool(_OUTSIDE_WORDS.search(sentence)) or (not named and bool(_PIECE_WORDS.search(before)))


def _resolve(number: str, after: str, source: int, scope: str, numbers: Sequence[_Numbers], kinds: Mapping[str, int]) -> Reference | None:
    """Look where the words after the number say; None where nothing can be told."""
    document: int | None = source
    within: str | None = None
    named = ""
    if annex := _ANNEX.match(after):
        within, named = annex["number"].upper(), f" de l’annexe {annex['number']}"
    elif piece := _PIECE.match(after):
        word = piece["piece"].lower()
        document, named = kinds.get(_KINDS.get(word, word), kinds.get("ccp")), f" du {piece['piece']}"
    if document is None or not numbers[document].known or (within is not None and within not in numbers[document].scopes):
        return None
    title = numbers[document].find(number, scope) if within is None and scope and document == source else None
    title = title or numbers[document].find(number, within)
    return Reference(f"Article {number}{named}", title is not None, document if title else None, "article", source, title)


def _numbers(document: Document) -> _Numbers:
    scopes: dict[str, dict[str, str]] = {"": {}}
    for block, scope in _scoped(document):
        if block.number:
            scopes.setdefault(scope, {}).setdefault(block.number, document.quote(block.span)[:120])
    return _Numbers(scopes)


_ANNEX_TITLE = re.compile(r"\s*annexe\s+(?:n[°o]\s*)?(?P<number>\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}|[A-H])\b(?!\s*[’'])", re.IGNORECASE)


def _scoped(document: Document) -> Iterator[tuple[Block, str]]:
    """Yield the blocks that may cite or be cited, each with the annex it stands in."""
    scope = ""
    for block in document.blocks:
        if block.layer is not Layer.BODY:
            continue
        opened = _ANNEX_TITLE.match(document.quote(block.span)) if block.kind is BlockKind.HEADING else None
        scope = opened["number"].upper() if opened else scope
        yield block, scope


_TEXTS = (
    (r"\bRGPD\b|\b2016/679\b|protection des données \(RGPD\)", "RGPD — règlement (UE) 2016/679"),
    (r"\b78[-‑]17\b|loi informatique et libertés", "Loi n° 78-17 « Informatique et libertés »"),
    (r"\b2021/914\b", "Clauses contractuelles types (UE) 2021/914"),
    (r"\b2021/915\b", "Clauses contractuelles types (UE) 2021/915"),
    (r"\bISO(?:/(?:IEC|CEI))?\s*(?:/\s*(?:IEC|CEI)\s*)?(?P<year>2700\d|27017|27018|27701|22301|9001|20000)", "Norme ISO/IEC {year}"),
    (r"\bSecNumCloud\b", "Référentiel SecNumCloud (ANSSI)"),
    (r"\b(?:certifi\w+ HDS|hébergeurs? de données de santé)\b", "Certification HDS"),
    (r"\b(?:RGAA|référentiel général d['’]amélioration de l['’]accessibilité)\b", "RGAA"),
    (r"\b(?:RGS|référentiel général de sécurité)\b", "RGS"),
    (r"\b(?:RGI|référentiel général d['’]interopérabilité)\b", "RGI"),
    (r"\bcode de la commande publique\b", "Code de la commande publique"),
    (r"\bcode du patrimoine\b", "Code du patrimoine"),
    (r"\bcode des relations entre le public et l['’]administration\b", "Code des relations entre le public et l’administration"),
    (r"\bcode de la propriété intellectuelle\b", "Code de la propriété intellectuelle"),
    (r"\b2023/2854\b", "Règlement (UE) 2023/2854 (données)"),
    (r"\b2024/1689\b", "Règlement (UE) 2024/1689 (IA)"),
    (r"\b2024/2847\b", "Règlement (UE) 2024/2847 (cyberrésilience)"),
    (r"\b2022/2555\b|\bNIS\s?2\b", "Directive (UE) 2022/2555 (NIS 2)"),
)
_CCAG = re.compile(r"\bCCAG\.?\s?[-–—/]?\s?(?P<name>TIC|FCS|PI|MI|MOE|Travaux)?\b(?:[^.;]{0,80}?\b(?P<year>20[0-2]\d)\b)?", re.IGNORECASE)
_RGPD_ARTICLE = re.compile(
    r"\barticles?\s+(?P<numbers>\d{1,2}(?:[\w.§ ]{0,8}?(?:,|et|à)\s*\d{1,2})*)[^.;]{0,40}?\b(?:RGPD|2016/679)\b", re.IGNORECASE
)


def external(documents: Sequence[Document]) -> list[Reference]:
    """Return the texts outside the dossier that it names, each once with the document that names it first."""
    found: dict[str, int] = {}
    for source, document in enumerate(documents):
        body = undotted("\n".join(document.quote(b.span) for b in document.blocks if b.layer is Layer.BODY))
        for name in _named(body):
            found.setdefault(name, source)
    return [Reference(name, found=True, kind="externe", source=source) for name, source in sorted(found.items())]


def _named(text: str) -> Iterator[str]:
    for pattern, name in _TEXTS:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            yield name.format(**match.groupdict())
    for match in _CCAG.finditer(text):
        name = f"CCAG-{match['name'].upper().replace('TRAVAUX', 'Travaux')}" if match["name"] else "CCAG"
        yield f"{name} ({match['year']})" if match["year"] else name
    for match in _RGPD_ARTICLE.finditer(text):
        yield from (f"RGPD, article {int(number)}" for number in re.findall(r"\d{1,2}", match["numbers"]))
