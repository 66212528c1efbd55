"""Who must, may, or merely tries: reads the debtor and the force of an action inside its unit.

After ConText (Harkema et al., 2009): a cue has a direction and a scope; pseudo-cues («ne peut», «partie intégrante») are set apart first.
"""

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clausecheck.catalogue.grammar import Grammar
from clausecheck.catalogue.lexicon import Lexicon, Vocabulary
from clausecheck.document.normalized import NormalizedText
from clausecheck.segmentation.model import Segmented, Unit
from clausecheck.segmentation.party import Party
from clausecheck.vocabulary import Actor

LIBERTIES = frozenset({"W-EXCEPTION", "W-FACULTE", "W-RENVOI-UNILAT", "W-TACITE"})
"""Weakenings that leave the holder free: forbidding him the thing is their contrary."""
BURDENS = frozenset({"W-FACULTE", "W-INVERSION"})
"""Weakenings that burden the buyer: his right to claim the thing is their contrary."""
BEFORE_WORDS = 9
NAME_WORDS = 4
NAME_LETTERS = 4
ROLES = {"holder": Actor.HOLDER, "processor": Actor.HOLDER, "buyer": Actor.BUYER, "controller": Actor.BUYER}
ORGAN_REACH = 90
"""Characters before a party within which one of its services or people may be named."""
AGENT_WORDS = 8
"""Words after an action within which «par X» is its agent."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A party named in a unit, with its grammatical place: subject, agent («par X») or other."""

    actor: Actor
    start: int
    end: int
    role: str
    subordinate: bool
    relative: bool


@dataclass(frozen=True, slots=True)
class Qualification:
    """How an action binds: ``debtor``, and whether it is an option, an effort, or negated."""

    debtor: Actor
    option: bool = False
    effort: bool = False
    negated: bool = False
    prohibition: bool = False


class Qualifier:
    """Qualifies actions inside the units of one dossier; mentions are computed once a unit."""

    def __init__(self, segmented: Segmented, lexicon: Lexicon, parties: Sequence[Party] = ()) -> None:
        self._segmented = segmented
        self._lexicon = lexicon
        self._mentions: dict[int, tuple[Mention, ...]] = {}
        self._names = _names(parties)
        self._qualified: dict[tuple[int, int, int], Qualification] = {}

    def qualify(self, unit: Unit, start: int, end: int) -> Qualification:
        """Qualify the action at folded offsets ``start:end`` of ``unit``."""
        key = (unit.index, start, end)
        found = self._qualified.get(key)
        if found is None:
            found = self._qualify(unit, start, end)
            self._qualified[key] = found
        return found

    def _qualify(self, unit: Unit, start: int, end: int) -> Qualification:
        before = _last_words(unit.text.text[:start], BEFORE_WORDS)
        after = unit.text.text[start:]
        words = self._lexicon.of(unit.language)
        neutral = words.modality["option_neutre"].regex.search(before)
        return Qualification(
            debtor=self._debtor(unit, start, end),
            option=neutral is None and words.modality["option"].regex.search(_last_words(before, 5)) is not None,
            effort=self.is_effort(unit, before),
            negated=_is_negated(words, before, after),
            prohibition=words.grammar["prohibition_before"].search(before) is not None
            or words.grammar["prohibition_after"].match(unit.text.text[end:].lstrip()) is not None,
        )

    def governs(self, unit: Unit) -> Qualification:
        """Qualify ``unit`` as a whole: its first subject that is not in a subordinate clause, and the words that follow it."""
        subject = next((m for m in self.mentions(unit) if m.role == "subject" and not m.subordinate), None)
        if subject is None:
            return Qualification(Actor.UNKNOWN)
        after = unit.text.text[subject.end :]
        return self.qualify(unit, min(len(unit.text.text), subject.end + len(_first_words(after, 3))), len(unit.text.text))

    def protects(self, unit: Unit, kind: str) -> bool:
        """Tell whether the sentence denies a weakening of ``kind``.

        It forbids the holder the liberty, without exception, or what it would lay on the buyer is a right to claim.
        """
        grammar = self._lexicon.of(unit.language).grammar
        if kind in LIBERTIES and grammar["ban"].search(unit.text.text) and not grammar["spared"].search(unit.text.text):
            return True
        subject = next((m for m in self.mentions(unit) if m.role == "subject" and not m.subordinate), None)
        if subject is None:
            return False
        said = unit.text.text[subject.end :]
        if subject.actor is Actor.HOLDER and kind in LIBERTIES:
            return grammar["forbidden"].match(said) is not None and grammar["excepted"].search(said) is None
        return subject.actor is Actor.BUYER and kind in BURDENS and grammar["claim"].match(said) is not None

    def is_effort(self, unit: Unit, before: str) -> bool:
        """Tell whether the action is only attempted: a cue just before it, or anywhere in the unit's own words."""
        effort = self._lexicon.of(unit.language).modality["effort"].regex
        return effort.search(before) is not None or effort.search(unit.text.text[unit.own_from :]) is not None

    def _debtor(self, unit: Unit, start: int, end: int) -> Actor:
        mentions = self.mentions(unit)
        agent = next((m for m in mentions if m.role == "agent" and m.start >= start and _gap(unit, end, m.start) <= AGENT_WORDS), None)
        if self._grammar(unit)["passive"].search(unit.text.text[:start]) is not None:
            return agent.actor if agent else Actor.UNKNOWN
        subject = self._subject(unit, mentions, start)
        if subject is not None:
            return subject.actor
        return agent.actor if agent else self._inherited(unit)

    def _subject(self, unit: Unit, mentions: tuple[Mention, ...], start: int) -> Mention | None:
        for mention in reversed(mentions):
            if mention.end > start or mention.role != "subject":
                continue
            distance = unit.text.text[mention.end : start].count(" ")
            if mention.relative and distance > 4:
                continue
            if mention.subordinate and self._comma_between(unit, mention.end, start):
                continue
            return mention
        return None

    def _comma_between(self, unit: Unit, end: int, start: int) -> bool:
        if start <= end:
            return False
        span = unit.text.to_source(end - 1, start + 1)
        return "," in self._segmented.documents[unit.document].text[span.start : span.end]

    def _inherited(self, unit: Unit) -> Actor:
        """No subject here: a pronoun takes the previous sentence's, otherwise the heading may say whose duties these are."""
        grammar = self._grammar(unit)
        if grammar["pronoun"].match(unit.text.text) and unit.index > 0:
            previous = self._segmented.units[unit.index - 1]
            if previous.article == unit.article:
                subjects = [m.actor for m in self.mentions(previous) if m.role == "subject" and not m.subordinate]
                if subjects:
                    return subjects[-1]
        title = self._segmented.articles[unit.article].path.text
        if grammar["buyer_duties"].search(title) and not grammar["holder_duties"].search(title):
            return Actor.BUYER
        return Actor.UNKNOWN

    def _grammar(self, unit: Unit) -> Grammar:
        return self._lexicon.of(unit.language).grammar

    def mentions(self, unit: Unit) -> tuple[Mention, ...]:
        """Return the parties named in ``unit``, in order."""
        found = self._mentions.get(unit.index)
        if found is None:
            found = tuple(sorted(self._find(unit), key=lambda m: m.start))
            self._mentions[unit.index] = found
        return found

    def _find(self, unit: Unit) -> list[Mention]:
        text, actors = unit.text.text, self._lexicon.of(unit.language).actors
        false_friends = [m.span() for m in actors["faux_amis"].regex.finditer(text)]
        found = []
        for actor in (Actor.HOLDER, Actor.BUYER, Actor.BOTH):
            for match in actors[actor.value].regex.finditer(text):
                if any(start < match.end() and match.start() < end for start, end in false_friends):
                    continue
                found.append(self._mention(unit, actor, match))
        named = ((actor, match) for actor, pattern in self._names for match in pattern.finditer(text))
        found += [self._mention(unit, actor, match) for actor, match in named]
        return [*found, *(m for m in self._others(unit) if not any(k.start < m.end and m.start < k.end for k in found))]

    def _others(self, unit: Unit) -> Iterator[Mention]:
        """Subjects that are no party by name: whom they are is not known, but the duty is theirs, not the last party's."""
        for match in self._grammar(unit)["named_subject"].finditer(self._segmented.quote(unit)):
            first = bisect.bisect_left(unit.text.sources, unit.span.start + match.start(), key=lambda s: s.start)
            last = bisect.bisect_left(unit.text.sources, unit.span.start + match.end(), key=lambda s: s.start) - 1
            if first <= last:
                end = unit.text.starts[last] + len(unit.text.tokens[last])
                yield Mention(Actor.UNKNOWN, unit.text.starts[first], end, "subject", subordinate=False, relative=False)

    def _mention(self, unit: Unit, actor: Actor, match: re.Match[str]) -> Mention:
        span = unit.text.to_source(match.start(), match.end())
        text = self._segmented.documents[unit.document].text
        before = text[max(0, span.start - 30) : span.start]
        grammar = self._grammar(unit)
        organ = grammar["organ"].search(text[max(unit.span.start, span.start - ORGAN_REACH) : span.start]) is not None
        role = (
            "subject"
            if organ
            else "agent"
            if grammar["agent"].search(before)
            else "other"
            if _is_complement(grammar, before)
            else "subject"
        )
        return Mention(
            actor,
            match.start(),
            match.end(),
            role,
            grammar["subordinate"].search(before) is not None,
            grammar["relative"].search(before) is not None,
        )


def _gap(unit: Unit, start: int, end: int) -> int:
    """Words between two offsets."""
    return unit.text.text[start:end].count(" ")


def _names(parties: Sequence[Party]) -> list[tuple[Actor, re.Pattern[str]]]:
    """Patterns of the parties' own names («Portalys s'engage…»), over folded words; one word that is long enough, up to four."""
    names = []
    for party in parties:
        actor = ROLES.get(party.role)
        folded = NormalizedText.of(party.name)
        if actor is not None and 0 < len(folded.tokens) <= NAME_WORDS and len(folded.text) >= NAME_LETTERS:
            names.append((actor, re.compile(rf"(?<!\S){re.escape(folded.text)}(?!\S)")))
    return names


def _is_complement(grammar: Grammar, before: str) -> bool:
    """Tell, from the words before it, whether a party is a complement: after a preposition, or the object of a verb."""
    return grammar["preposition"].search(before) is not None or grammar["object_of"].search(before) is not None


def _is_negated(words: Vocabulary, before: str, after: str) -> bool:
    """Tell whether an action is denied: «n'est pas tenu de», «shall not», or «ne» before it and «pas» after."""
    if words.modality["negation"].regex.search(before) or words.grammar["negated"].search(before):
        return True
    if not words.grammar["negated_before"].search(before):
        return False
    return words.grammar["negated_after"].match(after) is not None and words.grammar["only"].match(after) is None


def _first_words(text: str, count: int) -> str:
    """Return the first ``count`` words of ``text``, its leading space kept."""
    return " ".join(text.split(" ")[: count + 1])


def _last_words(text: str, count: int) -> str:
    """Return the last ``count`` words of ``text``, its trailing space kept."""
    stripped = text.rstrip(" ")
    tail = " ".join(stripped.split(" ")[-count:])
    return tail + " " if tail else ""
