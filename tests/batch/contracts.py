"""Contract pieces in plain text."""

CCAP = """# Cahier des clauses administratives particulières

## Article 1 – Objet du marché

Le marché porte sur l'hébergement d'un logiciel de gestion des usagers ; le titulaire traite des données à caractère personnel.

## Article 2 – Violations de données

Le titulaire notifie à l'acheteur toute violation de données à caractère personnel au plus tard vingt-quatre heures après en avoir
pris connaissance.

## Article 3 – Confidentialité

Le titulaire tient confidentielles les informations dont il a connaissance, pendant le marché et cinq ans après sa fin.
"""
WEAK = CCAP.replace("au plus tard vingt-quatre heures après en avoir\npris connaissance", "dans la mesure du possible")


def engagement(name: str, siret: str = "") -> str:
    """An acte d'engagement that names its holder."""
    number = f", SIRET {siret}" if siret else ""
    return f"# Acte d'engagement\n\nTitulaire : {name}{number}, 4 rue du Port\n\nLe titulaire s'engage à exécuter le marché.\n"
