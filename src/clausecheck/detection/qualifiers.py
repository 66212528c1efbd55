"""Who must, may, or merely tries: reads the debtor and the force of an action inside its unit.

After ConText (Harkema et al., 2009): a cue has a direction and a scope; pseudo-cues («ne peut», «partie intégrante») are set apart first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from clausecheck.catalogue.lexicon import Lexicon
from clausecheck.document.normalized import NormalizedText
from clausecheck.segmentation.model import Segmented, Unit
from clausecheck.segmentation.parties import Party
from clausecheck.vocabulary import Actor

_PREPOSITION = re.compile(
    r"(?:\b(?:à|a|au|aux|de|du|des|avec|pour|envers|auprès|auprés|chez|vers|sur|contre|entre|selon|et|ou|of|to|from|with|for)\b|\bd['’])"
    r"\s*(?:\bl['’]|\b(?:le|la|les|un|une|son|sa|ses|ce|cette|chaque|tout|the|each|any)\s)?\s*[«\"“]?\s*$",
    re.IGNORECASE,
)
_AGENT = re.compile(r"\b(?:par|by)\s+(?:l['’]|le |la |les |un |une |son |the )?\s*[«\"“]?\s*$", re.IGNORECASE)
_OBJECT_OF = re.compile(
    r"\b(?:inform|avis|avert|prévi|préven|alert|notifi|saisi|assist|aid|conseill|accompagn|garanti|indemnis|tient|tenir|tiendra|tiennent|autoris"
    r"|associ|consult|sollicit|dédommag|invite|prie|laisse|oblige|relève)\w*\s+"
    r"(?:\w+ment\s+|sans délai\s+|aussitôt\s+|par écrit\s+|également\s+|alors\s+)?"
    r"(?:l['’]|le |la |les |son |the )?\s*[«\"“]?\s*$",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"\b(?:si|lorsque?|quand|dès que|que|dont|où|if|when|where|that|which|afin que|pour que)\b\s*(?:l['’]|le |la |les |the )?\s*[«\"“]?\s*$"
    r"|\b(?:s|qu|lorsqu|dès qu)['’]\s*(?:une? )?$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:que|dont|où|that|which)\b\s*(?:l['’]|le |la |les |the )?\s*[«\"“]?\s*$|\bqu['’]\s*(?:une? )?$", re.IGNORECASE)
_PASSIVE = re.compile(
    r"(?:^|\s)(?:est|sont|sera|seront|soit|soient|etre|ete|is|are|be|been)(?: \S+(?:ment|pas|tous|toutes|ensuite|alors))?\s$"
)
_NEGATED_BEFORE = re.compile(r"(?:^|\s)(?:ne|n)(?: (?:s|se|lui|y|en|leur|est|sont|sera|seront|doit|peut|pourra|saurait))*\s$")
_NEGATED_PASSIVE = re.compile(
    r"(?:^|\s)(?:ne|n) (?:est|sont|sera|seront|soit|a ete|ont ete) (?:pas|jamais|plus|nullement|en aucun cas) (?:\S+ )?$"
    r"|(?:^|\s)(?:ne|n) (?:pas|jamais|plus|point) $"
)
_NEGATED_AFTER = re.compile(r"^\S* (?:\S+ ){0,2}(?:pas|jamais|aucun\w*|nullement|point|ni|nul|nulle)\b")
_ONLY = re.compile(r"^\S* (?:\S+ ){0,8}qu[e]?\b")
_PROHIBITION_BEFORE = re.compile(
    r"\b(?:ne|n|ni|interdi\w*|interdit\w*|sans|aucun\w*|nul\w*|proscri\w*|prohib\w*|defense|defend\w*|exclu\w*|refus\w*|absti\w*"
    r"|abstenir|abstenant|jamais|exclusi\w*|seul\w*|uniquement|strictement|not|no|never|neither|nor|prohibit\w*|refrain|only|solely|renonc\w*)\b"
)
_PROHIBITION_AFTER = re.compile(
    r"^(?:\S+ ){0,12}?(?:interdi\w*|proscri\w*|prohib\w*|exclu\w*|defendu\w*|prohibited|forbidden|non autoris\w*|banni\w*)\b"
)
_PRONOUN = re.compile(
    r"^(?:il (?!est (?:fait|interdit|entendu|precise|convenu|rappele|tenu compte)|incombe|appartient|s agit|faut|convient|revient|y a)"
    r"|elle |ils |elles |celui ci |celle ci |ce dernier |cette derniere |it )"
)
_FORBIDDEN = re.compile(
    r"^ (?:ne (?:peut|peuvent|pourra|pourront|saurait|sauraient) (?:pas |jamais |en aucun cas |ni )?"
    r"(?!(?:pas|etre|voir|garantir|assurer|repondre|encourir|supporter)\b)"
    r"|s interdi(?:t|sent)\b|s abst(?:ient|iennent)\b|n est pas autorise\b)"
)
_EXCEPTED = re.compile(r"\b(?:que|qu|sauf|hormis|excepte\w*|exception|hors|toutefois|cependant|neanmoins|moins)\b")
_BANNED = re.compile(r" (?:est|sont|demeure\w*|reste\w*) (?:strictement |formellement |egalement )?(?:interdit|proscrit|prohibe)\w*\b")
_NONE_DONE = re.compile(
    r"\baucun\w* (?:\S+ )?(?:donnee|transfert|acces|copie|utilisation|usage|exploitation|reutilisation|divulgation|modification)s?\b.* n "
    r"(?:(?:est|sera) (?:permis|autoris|admis|possible|copi|transfer|utilis|exploit|trait|divulgu|heberg|modifi)|a lieu\b|intervient\b)"
)
_SPARED = re.compile(r"\b(?:sauf|hormis|excepte\w*|exception|toutefois|cependant|neanmoins)\b(?! (?:\S+ ){0,6}(?:accord|autorisation)\b)")
_MAY_CLAIM = re.compile(
    r"^ (?:peut|peuvent|pourra|pourront|a droit|est en droit)(?: \S+){0,5}? "
    r"(?:demander|exiger|obtenir|requerir|reclamer|imposer|refuser|s opposer|resilier)\b"
)
_LIBERTIES = frozenset({"W-EXCEPTION", "W-FACULTE", "W-RENVOI-UNILAT", "W-TACITE"})
_BURDENS = frozenset({"W-FACULTE", "W-INVERSION"})
_DUTIES_OF = r"\b(?:obligations?|engagements?|responsabilites?|roles?|devoirs?|incombant)\b(?: \S+){0,3} "
_BUYER_DUTIES = re.compile(
    _DUTIES_OF + r"(?:acheteur|client|responsable traitement|collectivite|pouvoir adjudicateur|customer|controller|personne publique"
    r"|maitre ouvrage|abonne|utilisateurs?)\b"
)
_HOLDER_DUTIES = re.compile(
    _DUTIES_OF + r"(?:titulaire|prestataire|sous traitant|fournisseur|processor|supplier|editeur|delegataire|concessionnaire)\b"
)
BEFORE_WORDS = 9
NAME_WORDS = 4
NAME_LETTERS = 4
ROLES = {"holder": Actor.HOLDER, "processor": Actor.HOLDER, "buyer": Actor.BUYER, "controller": Actor.BUYER}
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

    def qualify(self, unit: Unit, start: int, end: int) -> Qualification:
        """Qualify the action at folded offsets ``start:end`` of ``unit``."""
        before = _last_words(unit.text.text[:start], BEFORE_WORDS)
        after = unit.text.text[start:]
        neutral = self._lexicon.modality["option_neutre"].regex.search(before)
        return Qualification(
            debtor=self._debtor(unit, start, end),
            option=neutral is None and self._lexicon.modality["option"].regex.search(_last_words(before, 5)) is not None,
            effort=self.is_effort(unit, before),
            negated=self._is_negated(before, after),
            prohibition=_PROHIBITION_BEFORE.search(before) is not None
            or _PROHIBITION_AFTER.match(unit.text.text[end:].lstrip()) is not None,
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
        if kind in _LIBERTIES and _forbids(unit.text.text):
            return True
        subject = next((m for m in self.mentions(unit) if m.role == "subject" and not m.subordinate), None)
        if subject is None:
            return False
        said = unit.text.text[subject.end :]
        if subject.actor is Actor.HOLDER and kind in _LIBERTIES:
            return _FORBIDDEN.match(said) is not None and _EXCEPTED.search(said) is None
        return subject.actor is Actor.BUYER and kind in _BURDENS and _MAY_CLAIM.match(said) is not None

    def is_effort(self, unit: Unit, before: str) -> bool:
        """Tell whether the action is only attempted: a cue just before it, or anywhere in the unit's own words."""
        effort = self._lexicon.modality["effort"].regex
        return effort.search(before) is not None or effort.search(unit.text.text[unit.own_from :]) is not None

    def _is_negated(self, before: str, after: str) -> bool:
        if self._lexicon.modality["negation"].regex.search(before):
            return True
        if _NEGATED_PASSIVE.search(before):
            return True
        if not _NEGATED_BEFORE.search(before):
            return False
        return _NEGATED_AFTER.match(after) is not None and _ONLY.match(after) is None

    def _debtor(self, unit: Unit, start: int, end: int) -> Actor:
        mentions = self.mentions(unit)
        agent = next((m for m in mentions if m.role == "agent" and m.start >= start and _gap(unit, end, m.start) <= AGENT_WORDS), None)
        if _PASSIVE.search(unit.text.text[:start]) is not None:
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
        if _PRONOUN.match(unit.text.text) and unit.index > 0:
            previous = self._segmented.units[unit.index - 1]
            if previous.article == unit.article:
                subjects = [m.actor for m in self.mentions(previous) if m.role == "subject" and not m.subordinate]
                if subjects:
                    return subjects[-1]
        title = self._segmented.articles[unit.article].path.text
        if _BUYER_DUTIES.search(title) and not _HOLDER_DUTIES.search(title):
            return Actor.BUYER
        return Actor.UNKNOWN

    def mentions(self, unit: Unit) -> tuple[Mention, ...]:
        """Return the parties named in ``unit``, in order."""
        found = self._mentions.get(unit.index)
        if found is None:
            found = tuple(sorted(self._find(unit), key=lambda m: m.start))
            self._mentions[unit.index] = found
        return found

    def _find(self, unit: Unit) -> list[Mention]:
        text = unit.text.text
        false_friends = [m.span() for m in self._lexicon.actors["faux_amis"].regex.finditer(text)]
        found = []
        for actor in (Actor.HOLDER, Actor.BUYER, Actor.BOTH):
            for match in self._lexicon.actors[actor.value].regex.finditer(text):
                if any(start < match.end() and match.start() < end for start, end in false_friends):
                    continue
                found.append(self._mention(unit, actor, match))
        named = ((actor, match) for actor, pattern in self._names for match in pattern.finditer(text))
        return [*found, *(self._mention(unit, actor, match) for actor, match in named)]

    def _mention(self, unit: Unit, actor: Actor, match: re.Match[str]) -> Mention:
        span = unit.text.to_source(match.start(), match.end())
        text = self._segmented.documents[unit.document].text
        before = text[max(0, span.start - 30) : span.start]
        role = "agent" if _AGENT.search(before) else "other" if _is_complement(before) else "subject"
        return Mention(
            actor,
            match.start(),
            match.end(),
            role,
            _SUBORDINATE.search(before) is not None,
            _RELATIVE.search(before) is not None,
        )


def _forbids(text: str) -> bool:
    """Tell whether a sentence that names no subject forbids, with no exception but what the buyer accepts."""
    if _SPARED.search(text) is not None:
        return False
    return _NONE_DONE.search(text) is not None or _BANNED.search(text) is not None


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


def _is_complement(before: str) -> bool:
    """Tell, from the words before it, whether a party is a complement: after a preposition, or the object of a verb."""
    return _PREPOSITION.search(before) is not None or _OBJECT_OF.search(before) is not None


def _first_words(text: str, count: int) -> str:
    """Return the first ``count`` words of ``text``, its leading space kept."""
    return " ".join(text.split(" ")[: count + 1])


def _last_words(text: str, count: int) -> str:
    """Return the last ``count`` words of ``text``, its trailing space kept."""
    stripped = text.rstrip(" ")
    tail = " ".join(stripped.split(" ")[-count:])
    return tail + " " if tail else ""
