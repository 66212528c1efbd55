"""Small dossiers for tests: pieces written in Markdown, judged together as files of those names would be."""

from collections.abc import Mapping

from clausecheck.assessment.model import DossierReport, Finding
from clausecheck.pipeline import Engine
from clausecheck.readers import read_bytes

GIVEN = {"donnees_personnelles": True}

CCAP = """# Cahier des clauses administratives particulières (CCAP)

Acheteur : Ville de Brumeval. Titulaire : Société Orphise.

## 1. Objet

Le marché a pour objet l'hébergement et la maintenance d'un logiciel de gestion des usagers.

"""
CCTP = "# Cahier des clauses techniques particulières (CCTP)\n\n"
DPA = "# Accord de traitement des données à caractère personnel\n\n"
CGV = "# Conditions générales de vente\n\nSociété Orphise.\n\n"
SECURITY = "# Annexe 3 – Sécurité\n\n"

NOTICE = (
    "Le titulaire notifie à l'acheteur toute violation de données à caractère personnel au plus tard {delay} après en avoir pris "
    "connaissance. La notification décrit la nature de la violation, les catégories et le nombre de personnes et d'enregistrements "
    "concernés, les conséquences probables, les mesures prises et un point de contact. Le titulaire assiste l'acheteur dans la "
    "notification à la CNIL et la communication aux personnes.\n\n"
)


def order(*pieces: str) -> str:
    """An article that ranks ``pieces``."""
    lines = "".join(f"- {piece} ;\n" for piece in pieces)
    return f"## 2. Pièces contractuelles\n\nLes pièces du marché prévalent dans l'ordre de priorité décroissante suivant :\n\n{lines}\n"


def judge(engine: Engine, pieces: Mapping[str, str], *only: str) -> DossierReport:
    """Judge Markdown ``pieces``, by file name, in the order given."""
    documents = [d for name, text in pieces.items() for d in read_bytes(text.encode(), name).documents]
    return engine.assess(documents, name="essai", given=GIVEN, only=set(only))


def finding(engine: Engine, pieces: Mapping[str, str], requirement: str) -> Finding:
    """Return the finding of one requirement."""
    return judge(engine, pieces, requirement).findings[0]
