"""Batch output folders for tests: an index and the reports it names, as ``clausecheck batch`` writes them."""

import json
from pathlib import Path
from typing import Any

LOTS = ("1", "1", "2")


def write_consultation(folder: Path, payloads: list[dict[str, Any]], lots: tuple[str, ...] = LOTS) -> None:
    """Write ``payloads`` as the dossiers of one consultation, and a dossier without report in the last lot."""
    entries: list[dict[str, Any]] = []
    for payload, lot in zip(payloads, lots, strict=True):
        payload["dossier"]["lot"] = lot
        place = f"dossiers/lot-{lot}/{payload['dossier']['name']}"
        (folder / place).mkdir(parents=True)
        (folder / place / "rapport.json").write_text(json.dumps(payload, ensure_ascii=False), encoding="utf-8")
        entries.append({"lot": lot, "vendor": payload["dossier"]["vendor"], "report": f"{place}/rapport.json", "problems": []})
    problem = {"code": "chiffre", "document": "offre.zip", "message": "L’archive est protégée par un mot de passe."}
    entries.append({"lot": lots[-1], "vendor": {"name": "Muet SAS", "siret": None}, "report": None, "problems": [problem]})
    index = {"schema": "clausecheck-consultation/1", "name": "Guichet numérique", "dossiers": entries}
    (folder / "consultation.json").write_text(json.dumps(index, ensure_ascii=False), encoding="utf-8")
