"""Which sentences bind: definitions, recitals, questions to candidates and whole non-contract pieces do not."""

from clausecheck.catalogue.grammar import Grammar
from clausecheck.segmentation.model import Force


def force_of(grammar: Grammar, folded: str, titles: str, quote: str) -> Force:
    """Classify a unit from its folded words, the folded headings above it and its exact words, as its language says it."""
    if grammar["recital"].search(folded) or grammar["recital_title"].search(titles):
        return Force.RECITAL
    if grammar["definition_title"].search(titles) or grammar["definition"].search(folded) or grammar["term"].match(quote):
        return Force.DEFINITION
    if grammar["question"].search(folded) and not grammar["binds_offer"].search(folded):
        return Force.QUESTION
    return Force.OPERATIVE
