"""The grammar of a language: the turns that say who acts, what is denied, what is only a definition or a recital.

Read from ``_lexique/grammaire.yaml`` (French) and ``_lexique/<language>/grammaire.yaml``: lists of regular expressions, since they look at
what stands just before or after a word. Those under ``source`` read the exact words, the others folded ones.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator

from clausecheck.catalogue.schema import Strict


def _compilable(expression: str) -> str:
    re.compile(expression)
    return expression


Expressions = tuple[Annotated[str, AfterValidator(_compilable)], ...]
Grammar = Mapping[str, re.Pattern[str]]
"""Turn → what shows it."""


class GrammarSpec(Strict):
    """The turns of a language.

    ``named_subject``: a name before a verb of duty («Acme shall»), exact words: somebody else than the last party named.
    Around a party, exact words just before it: ``preposition``, ``agent`` («by X»), ``object_of``, ``organ`` («the officer of X»),
    ``subordinate`` («if X»), ``relative``.
    Around an action, folded words: ``passive``, ``negated`` (denied by what stands before), ``negated_before`` with ``negated_after``
    and without ``only`` (denied by both, as «ne … pas»), ``prohibition_before``, ``prohibition_after``. At the start of a sentence:
    ``pronoun``. After a subject, folded words: ``forbidden`` (it may not) unless ``excepted``, ``claim`` (it may demand). In a sentence,
    folded words: ``ban`` (the thing is forbidden to all) unless ``spared``.
    In a heading: ``buyer_duties``, ``holder_duties``, ``definition_title``, ``recital_title``. In a sentence: ``definition``, ``term``
    (exact words), ``recital``, ``recital_end`` (after which a heading of recitals no longer counts), ``question`` without ``binds_offer``.
    A whole line, exact words: ``annex_opening``.
    """

    preposition: Expressions
    agent: Expressions
    object_of: Expressions
    organ: Expressions = ()
    subordinate: Expressions
    relative: Expressions
    named_subject: Expressions = ()
    passive: Expressions
    negated: Expressions
    negated_before: Expressions = ()
    negated_after: Expressions = ()
    only: Expressions = ()
    prohibition_before: Expressions
    prohibition_after: Expressions
    forbidden: Expressions = ()
    excepted: Expressions = ()
    ban: Expressions = ()
    spared: Expressions = ()
    claim: Expressions = ()
    pronoun: Expressions
    buyer_duties: Expressions
    holder_duties: Expressions
    definition_title: Expressions
    recital_title: Expressions
    definition: Expressions
    term: Expressions
    recital: Expressions
    recital_end: Expressions = ()
    annex_opening: Expressions = ()
    question: Expressions = ()
    binds_offer: Expressions = ()


class RoleSpec(Strict):
    """What names each role in a defined term: «le Prestataire», «the Processor»."""

    controller: Expressions
    processor: Expressions
    buyer: Expressions
    holder: Expressions


class PartySpec(Strict):
    """How a piece names its parties, exact words.

    ``defined``: a defined term (group ``role``) after a name; ``opening``: what stands before that name; ``name_end``: what stops it;
    ``label``: a heading (groups ``label`` and ``name``); ``annex``: the same in an annex, anywhere in the piece; ``company``: who says
    what company it is (same groups), read where nothing else names the holder; ``contact``: a role with its address or e-mail
    (group ``label``); ``officer``: the data protection officer (groups ``label`` and ``email``); ``address`` (group of that name);
    ``not_a_name``: words that no name begins with.
    """

    defined: Expressions
    opening: Expressions
    name_end: Expressions
    label: Expressions
    annex: Expressions = ()
    company: Expressions = ()
    officer: Expressions = ()
    contact: Expressions = ()
    address: Expressions
    not_a_name: Expressions
    roles: RoleSpec


@dataclass(frozen=True, slots=True)
class PartyGrammar:
    """A compiled ``PartySpec``; ``roles`` in the order in which they are tried."""

    defined: re.Pattern[str]
    opening: re.Pattern[str]
    name_end: re.Pattern[str]
    label: re.Pattern[str]
    annex: re.Pattern[str]
    company: re.Pattern[str]
    officer: re.Pattern[str]
    contact: re.Pattern[str]
    address: re.Pattern[str]
    not_a_name: re.Pattern[str]
    roles: Mapping[str, re.Pattern[str]]


def build_party_grammar(spec: PartySpec) -> PartyGrammar:
    """Compile how parties are named."""
    turns = {name: _compile(expressions) for name, expressions in spec.model_dump(exclude={"roles"}).items()}
    return PartyGrammar(**turns, roles={role: _compile(expressions) for role, expressions in spec.roles.model_dump().items()})


def build_grammar(spec: GrammarSpec) -> Grammar:
    """Compile each turn; one without expression is never found."""
    return {name: _compile(expressions) for name, expressions in spec.model_dump().items()}


def _compile(expressions: Expressions) -> re.Pattern[str]:
    return re.compile("|".join(expressions) or r"(?!)", re.IGNORECASE)
