"""Cuts documents into articles and units, carrying the lead-in of a list over its items."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from clausecheck.catalogue.lexicon import Lexicon
from clausecheck.document.model import Block, Document, TextSpan
from clausecheck.document.normalized import NormalizedText
from clausecheck.segmentation.force import force_of
from clausecheck.segmentation.model import Article, Force, Segmented, Unit
from clausecheck.segmentation.sentences import sentences
from clausecheck.segmentation.titles import is_run_in, is_title
from clausecheck.vocabulary import BlockKind, Layer

_ITEM = re.compile(r"\s*(?:[-–—•▪►✓❖➢·o]\s|\(?\d{1,2}\s?[.)°]\s|\(?[a-zA-Z]\s?[.)]\s|\(?[ivx]{1,4}\)\s|[☐☒✔]\s?)")
_NUMBER = re.compile(r"\(?(?:\d+|[a-zA-Z]+)\s?[.)°]")
_NUMBERED_ITEM = re.compile(r"(?:\(?\d{1,2}\s?[.)°]|\(?[a-zA-Z]\s?[.)]|\(?[ivx]{1,4}\))\s+(?=\S)")
_INFINITIVE = re.compile(r"\s*(?:ne pas |n['’])?[a-zà-ÿ]{3,}(?:er|ir|re|oir)\b")
_MAX_LEAD_WORDS = 40
RECITALS = 20
"""Units after which a heading of recitals no longer counts: a preamble is short, the headings below it were missed."""
_SKIPPED_LAYERS = frozenset({Layer.FURNITURE, Layer.TOC, Layer.DELETED, Layer.NOTE})


@dataclass
class _Lead:
    """A unit that introduces a list. ``level`` and ``numbering``: its own in a list around; ``nested``: deeper items have followed."""

    unit: Unit
    level: int
    numbering: str
    nested: bool = False

    def reaches(self, level: int, numbering: str) -> bool:
        """Tell whether an item is introduced by it, rather than the next of the list it stands in itself: «2.» after «1. … :»."""
        self.nested = self.nested or level > self.level
        return level > self.level or not (self.nested or (numbering and numbering == self.numbering))


@dataclass
class _State:
    """What is carried from block to block inside one document.

    ``leads``: the lead-ins open, outermost first; ``place``: level and numbering of the block being read; ``following``: text of
    the one after it, unless a heading; ``article``: that of a footnote, None for the one being read.
    """

    headings: list[tuple[int, str]] = field(default_factory=list)
    leads: list[_Lead] = field(default_factory=list)
    place: tuple[int, str] = (0, "")
    following: str = ""
    recitals_over: bool = False
    since_heading: int = 0
    article: Article | None = None


class _Segmenter:
    def __init__(self, lexicon: Lexicon, outside: frozenset[int]) -> None:
        self._lexicon = lexicon
        self.articles: list[Article] = []
        self.units: list[Unit] = []
        self._outside = outside

    def add_document(self, number: int, document: Document) -> None:
        """Cut ``document``; footnotes come last, each under its article: where a format prints them must change nothing."""
        state = _State()
        notes: list[tuple[Block, _State]] = []
        self._open_article(number, None, state)
        read = [block for block in document.blocks if block.layer not in _SKIPPED_LAYERS]
        for block, following in zip(read, [*read[1:], None], strict=False):
            state.following = document.quote(following.span) if following and following.kind is not BlockKind.HEADING else ""
            if self._opens_annex(document, block):
                self._heading(number, document, block, state, level=1)
            elif block.kind is BlockKind.HEADING:
                self._heading(number, document, block, state, level=block.level or 1)
            elif block.kind is BlockKind.FOOTNOTE:
                notes.append((block, _State(recitals_over=state.recitals_over, article=self.articles[-1])))
            else:
                self._body(number, document, block, state)
        for block, place in notes:
            self._body(number, document, block, place)

    def _opens_annex(self, document: Document, block: Block) -> bool:
        """«Schedule 1» stands under no heading of the body, whatever level the layout gave it: definitions above do not reach it."""
        grammar = self._lexicon.of(block.language or document.language).grammar
        return block.kind is not BlockKind.TABLE_ROW and grammar["annex_opening"].search(document.quote(block.span).strip()) is not None

    def _heading(self, number: int, document: Document, block: Block, state: _State, *, level: int) -> None:
        text = document.quote(block.span).strip()
        while state.headings and state.headings[-1][0] >= level:
            state.headings.pop()
        state.headings.append((level, text))
        state.leads, state.place, state.recitals_over, state.since_heading = [], (0, ""), False, 0
        self._open_article(number, block.number, state)
        pieces = list(sentences(text))
        # A run-in heading («4.2 Audit. Le titulaire accepte…») and a heading that introduces a list are read as text too.
        if sum(word[0].isalnum() for word in text.split()) > 14 or text.endswith(":"):
            for start, end in pieces:
                self._unit(number, document, block, TextSpan(block.span.start + start, block.span.start + end), state)

    def _open_article(self, number: int, printed: str | None, state: _State) -> None:
        titles = tuple(t for _, t in state.headings)
        path = NormalizedText.of(" . ".join(titles))
        self.articles.append(Article(len(self.articles), number, printed, titles[-1] if titles else "", titles, path))

    def _body(self, number: int, document: Document, block: Block, state: _State) -> None:
        text = document.quote(block.span)
        is_item = block.kind is BlockKind.LIST_ITEM or _ITEM.match(text) is not None
        state.place = (block.level or 1, _numbering(text)) if is_item else (0, "")
        while is_item and state.leads and not state.leads[-1].reaches(*state.place):
            state.leads.pop()
        if not is_item and not _INFINITIVE.match(text):
            state.leads = []
        if block.kind is BlockKind.TABLE_ROW:
            span = TextSpan(block.span.start, block.span.end)
            self._unit(number, document, block, span, state, row=True)
            return
        pieces = list(sentences(text))
        for i, (start, end) in enumerate(pieces):
            inner_item = i > 0 and _ITEM.match(text[start:end]) is not None
            carried = (i == 0 and bool(state.leads)) or inner_item
            whole = len(pieces) == 1 and not carried and block.kind is BlockKind.PARAGRAPH and is_title(text, state.following)
            title = whole or (i == 0 and len(pieces) > 1 and is_run_in(text[start:end]))
            span = TextSpan(block.span.start + start, block.span.start + end)
            self._unit(number, document, block, span, state, carried=carried, title=title)

    def _unit(
        self,
        number: int,
        document: Document,
        block: Block,
        span: TextSpan,
        state: _State,
        *,
        row: bool = False,
        carried: bool = False,
        title: bool = False,
    ) -> None:
        own = _own_words(document, span)
        if not own.tokens:
            return
        lead = state.leads[-1].unit if carried and state.leads else None
        text, own_from = _joined(lead, own)
        article = state.article or self.articles[-1]
        language = block.language or document.language
        grammar = self._lexicon.of(language).grammar
        titles = "" if state.recitals_over else article.path.text
        force = force_of(grammar, text.text, titles, document.quote(span))
        force = Force.OUTSIDE if number in self._outside else Force.TITLE if title else force
        state.since_heading += 1
        ended = grammar["recital_end"].search(own.text) is not None or state.since_heading >= RECITALS
        state.recitals_over = state.recitals_over or (ended and grammar["recital_title"].search(article.path.text) is not None)
        unit = Unit(len(self.units), number, article.index, span, text, own_from, force, language, row, lead.index if lead else None)
        self.units.append(unit)
        if document.quote(span).rstrip().endswith(":") and not row:
            level, numbering = state.place
            state.leads = [*(lead for lead in state.leads if lead.level < level), _Lead(unit, level, numbering)]


def _own_words(document: Document, span: TextSpan) -> NormalizedText:
    """Return the folded words of a unit without the number of its item, which every format prints its own way."""
    quote = document.quote(span)
    number = _NUMBERED_ITEM.match(quote)
    start = number.end() if number else 0
    return NormalizedText.of(quote[start:], span.start + start)


def _numbering(text: str) -> str:
    """Return how an item is numbered, «1.» or «a)» whatever its own number; nothing for a dash."""
    number = _NUMBER.match(text.lstrip())
    return re.sub(r"[a-zA-Z]+", "a", re.sub(r"\d+", "1", number.group())) if number else ""


def _joined(lead: Unit | None, own: NormalizedText) -> tuple[NormalizedText, int]:
    """Put the words of the lead-in (its last ones when long) before those of the item."""
    if lead is None:
        return own, 0
    keep = max(0, len(lead.text.tokens) - _MAX_LEAD_WORDS)
    tokens = lead.text.tokens[keep:] + own.tokens
    sources = lead.text.sources[keep:] + own.sources
    starts, at = [], 0
    for token in tokens:
        starts.append(at)
        at += len(token) + 1
    own_from = starts[len(lead.text.tokens) - keep]
    return NormalizedText(" ".join(tokens), tuple(starts), sources, tokens), own_from


def segment(documents: Sequence[Document], lexicon: Lexicon, outside: frozenset[int] = frozenset()) -> Segmented:
    """Cut ``documents`` into articles and units; those numbered in ``outside`` are no contract pieces and prove nothing."""
    segmenter = _Segmenter(lexicon, outside)
    for number, document in enumerate(documents):
        segmenter.add_document(number, document)
    groups: list[list[int]] = [[] for _ in segmenter.articles]
    for unit in segmenter.units:
        groups[unit.article].append(unit.index)
    return Segmented(tuple(documents), tuple(segmenter.articles), tuple(segmenter.units), tuple(tuple(group) for group in groups))
