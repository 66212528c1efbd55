"""Which sentences bind: definitions, recitals, questions to candidates and whole non-contract pieces do not."""

import re

from clausecheck.segmentation.model import Force

_DEFINITION_TITLE = re.compile(r"\b(definitions?|glossaire|lexique|terminologie|interpretation)\b")
_RECITAL_TITLE = re.compile(r"\b(preambule|considerants?|expose prealable|rappel contexte|visas|recitals?|whereas|background)\b")
_DEFINITION = re.compile(
    r"^(?:[\S ]{0,80}? )?(?:designe(?:nt)? (?!par|en|comme|ses|son|leur|acheteur|titulaire|prestataire|interlocuteur|delegue|referent|responsable|personne)"
    r"|on entend par|s entend(?:ent)? (?:de|comme|toute?)|signifie(?:nt)? toute?|est defini comme|shall mean|means (?:any|all|data))"
)
_RECITAL = re.compile(r"^(?:considerant|vu (?:code|reglement|loi|decret|directive|charte|arrete)|attendu que|whereas|il est rappele|pour memoire|rappel"
    r"|(?:aux termes|en vertu|selon|suivant) articles? \d+ \S*(?: \S+){0,3} ?(?:rgpd|reglement)\b(?!.{0,80}titulaire))\b")
_QUESTION = re.compile(
    r"\b(?:candidats?|soumissionnaires?|titulaire|prestataire)\b(?: \S+){0,4} (?:decrir\w+|precise(?:ra|ront)?|presente(?:ra|ront)|indique(?:ra|ront)|detaille(?:ra|ront)|expose(?:ra|ront)|explicite(?:ra|ront)|doit decrire|devra decrire|devra presenter|devra preciser)"
    r"(?: \S+){0,8} (?:offres?|memoire|reponse|proposition|soumission)\b"
    r"|^(?:chaque |tout )?(?:candidats?|soumissionnaires?)\b(?! retenu) (?:\S+ ){0,3}(?:\w+(?:era|eront|ira|iront|dra|dront)|doit|doivent|devra|devront|precise|decrit|indique|presente)\b"
    r"|\b(?:dans|joindre) (?:son|leur) (?:memoire|offre)\b.*\b(?:candidats?|soumissionnaires?)\b"
)
_BINDS_OFFER = re.compile(r"\b(?:engage|engagent|contractuel\w*|opposable\w*|valeur contractuelle)\b")


def force_of(folded: str, titles: str) -> Force:
    """Classify a unit from its folded words and the folded headings above it."""
    if _RECITAL.search(folded) or _RECITAL_TITLE.search(titles):
        return Force.RECITAL
    if _DEFINITION_TITLE.search(titles) or _DEFINITION.search(folded):
        return Force.DEFINITION
    if _QUESTION.search(folded) and not _BINDS_OFFER.search(folded):
        return Force.QUESTION
    return Force.OPERATIVE
