"""Which sentences bind: definitions, recitals, questions to candidates and whole non-contract pieces do not."""

import re

from clausecheck.segmentation.model import Force

_DEFINITION_TITLE = re.compile(r"\b(definitions?|glossaire|lexique|terminologie|interpretation)\b")
_RECITAL_TITLE = re.compile(r"\b(preambule|considerants?|expose prealable|rappel contexte|visas|recitals?|whereas|background)\b")
_DEFINED = (
    r"tout|toute|tous|toutes|ensemble|chaque|donnees?|services?|contrat|present|presente|document|entite|societe"
    r"|personnes? (?:physiques?|morales?)"
    r"|site|logiciel|application|plateforme|incident|traitement|evenement|prestations?|violation|information|ci apres|indifferemment"
)
_DEFINITION = re.compile(
    rf"^(?:\S+ ){{1,6}}?(?<!que )(?<!elle )(?<!il )(?<!on )(?<!lui )(?<!nous )designe(?:nt)? (?:{_DEFINED})\b"
    r"|^(?:\S+ ){0,6}?(?:on entend par|s entend(?:ent)? (?:de|comme|tout)|signifie(?:nt)? tout|est defini comme"
    r"|shall mean|means (?:any|all|data))"
)
_TERM = re.compile(r"\s*(?:[-–•]\s*)?(?:[\d.]+\s*)?[«\"“]\s*[^»\"”]{2,60}[»\"”]\s*:")
_RECITAL = re.compile(
    r"^(?:considerant|vu (?:code|reglement|loi|decret|directive|charte|arrete|recommandations?|avis|deliberation)"
    r"|attendu que|whereas|il est rappele|pour memoire|rappel"
    r"|(?:termes|en vertu|selon|suivant) articles? \d+ \S*(?: \S+){0,3} ?(?:rgpd|reglement)\b(?!.{0,80}titulaire))\b"
)
_QUESTION = re.compile(
    r"\b(?:candidats?|soumissionnaires?|titulaire|prestataire)\b(?: \S+){0,4} "
    r"(?:decrir\w+|precise(?:ra|ront)?|presente(?:ra|ront)|indique(?:ra|ront)|detaille(?:ra|ront)|expose(?:ra|ront)"
    r"|explicite(?:ra|ront)|doit decrire|devra decrire|devra presenter|devra preciser)"
    r"(?: \S+){0,8} (?:offres?|memoire|reponse|proposition|soumission)\b"
    r"|^(?:chaque |tout )?(?:candidats?|soumissionnaires?)\b(?! retenu) (?:\S+ ){0,3}"
    r"(?:\w+(?:era|eront|ira|iront|dra|dront)|doit|doivent|devra|devront|precise|decrit|indique|presente)\b"
    r"|\b(?:dans|joindre) (?:son|leur) (?:memoire|offre)\b.*\b(?:candidats?|soumissionnaires?)\b"
)
_BINDS_OFFER = re.compile(r"\b(?:engage|engagent|contractuel\w*|opposable\w*|valeur contractuelle)\b")


def force_of(folded: str, titles: str, quote: str) -> Force:
    """Classify a unit from its folded words, the folded headings above it and its exact words."""
    if _RECITAL.search(folded) or _RECITAL_TITLE.search(titles):
        return Force.RECITAL
    if _DEFINITION_TITLE.search(titles) or _DEFINITION.search(folded) or _TERM.match(quote):
        return Force.DEFINITION
    if _QUESTION.search(folded) and not _BINDS_OFFER.search(folded):
        return Force.QUESTION
    return Force.OPERATIVE
