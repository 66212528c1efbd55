"""Who the parties are: names, SIRET, address, e-mail, read from the pieces."""

import itertools
import re
from collections.abc import Iterator

from clausecheck.catalogue.grammar import PartyGrammar
from clausecheck.catalogue.lexicon import Lexicon
from clausecheck.document.model import Document
from clausecheck.segmentation.model import Force, Segmented
from clausecheck.segmentation.party import SIRET, Party, valid_siret

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_DIGIT = re.compile(r"\d")
HEAD = 12_000
"""Characters of a piece in which its parties are presented."""
NAME_WORDS = 15
"""Longest name of a party, in words."""
ADDRESS_LINES = 5
"""Most lines a name and its address take, each on its own line."""


def parties(segmented: Segmented, lexicon: Lexicon) -> tuple[Party, ...]:
    """Return the parties named in the contract pieces, each role and name once, with its SIRET wherever it is given."""
    found: dict[tuple[str, str], Party] = {}
    for number, document in enumerate(segmented.documents):
        if any(u.document == number and u.force is Force.OUTSIDE for u in segmented.units):
            continue
        grammar = lexicon.of(document.language).parties
        named = list(named_in(document, grammar))
        for party in named if any(p.role == "holder" for p in named) else (*named, *_companies(document, grammar)):
            known = found.setdefault((party.role, party.name.lower()), party)
            if party.siret and not known.siret:
                found[party.role, party.name.lower()] = party
        found.update({(p.role, p.email or ""): p for p in _officers(document, grammar)})
    return tuple(found.values())


def named_in(document: Document, grammar: PartyGrammar) -> Iterator[Party]:
    """Yield the parties that the opening of one document names, as it names them."""
    head = document.text[:HEAD]
    last = 0
    for match in grammar.defined.finditer(head):
        role = role_of(match.group("role"), grammar)
        start = max(last, _opening_of(head, match.start()))
        if role and (name := _name(head[start : match.start()], grammar)):
            yield _party(role, name, head[start : match.end() + 200], grammar)
        last = match.end()
    for match in (*grammar.label.finditer(head), *grammar.annex.finditer(document.text)):
        role = role_of(match.group("label"), grammar)
        if role and (name := _name(match.group("name"), grammar)):
            yield _party(role, name, document.text[match.start() : match.end() + 300], grammar)
    for match in grammar.contact.finditer(document.text):
        if role := role_of(match.group("label"), grammar):
            yield _party(role, match.group("label"), match.group(), grammar)


def _officers(document: Document, grammar: PartyGrammar) -> Iterator[Party]:
    """Yield the contacts of the data protection officers: no parties, but whom a breach is told to."""
    for match in grammar.officer.finditer(document.text):
        yield Party("other", match["label"], email=match["email"])


def _companies(document: Document, grammar: PartyGrammar) -> Iterator[Party]:
    """Yield the company that presents its own conditions: «exploité par la société X, société par actions simplifiée»."""
    for match in itertools.islice(grammar.company.finditer(document.text[:HEAD]), 1):
        role = role_of(match.group("label"), grammar)
        if role and (name := _name(match.group("name"), grammar)):
            yield _party(role, name, document.text[match.start() : match.end() + 300], grammar)


def _opening_of(text: str, before: int) -> int:
    """Return where what is defined at ``before`` opens: its line, or, when the definition stands alone, the name and address above."""
    start = text.rfind("\n", 0, before) + 1
    if text[start:before].strip(" \t,-–(«"):
        return start
    above = list(re.finditer(r"[^\n]*\S[^\n]*", text[:start]))[-ADDRESS_LINES:]
    for line, higher in zip(reversed(above), [*reversed(above[:-1]), None], strict=True):
        start = line.start()
        if not _DIGIT.search(line.group()) and not (higher and _DIGIT.search(higher.group())):
            break
    return start


def _name(words: str, grammar: PartyGrammar) -> str:
    """Return the name that ``words`` open with: «Entre la société X, SIRET…» → «X»."""
    opening = grammar.opening.match(words)
    rest = words[opening.end() if opening else 0 :]
    end = grammar.name_end.search(rest)
    name = rest[: end.start() if end else len(rest)].strip()
    return "" if grammar.not_a_name.match(name) or len(name.split()) > NAME_WORDS else name


def _party(role: str, name: str, around: str, grammar: PartyGrammar) -> Party:
    digits = [re.sub(r"\D", "", m.group(1)) for m in SIRET.finditer(around)]
    siret = next((d for d in digits if valid_siret(d)), None)
    email, address = _EMAIL.search(around), grammar.address.search(around)
    cleaned = re.sub(r"\s+", " ", name).strip(" ,-–|*")
    return Party(role, cleaned, siret, address["address"].strip(" ,.") if address else None, email.group() if email else None)


def role_of(words: str, grammar: PartyGrammar) -> str | None:
    """Return the role that a defined term names («le Prestataire» → holder), None when it names no party."""
    return next((role for role, pattern in grammar.roles.items() if pattern.search(words)), None)
