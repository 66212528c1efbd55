"""What the ``vendors`` commands do: import, list, show, export."""

import sys
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

from rich.table import Table
from rich.text import Text

from clausecheck.cli.console import err, out
from clausecheck.errors import EXIT_CLEAN, EXIT_UNREAD, NothingToAnalyseError, UsageError
from clausecheck.register.decp import read_decp
from clausecheck.register.movement import Direction
from clausecheck.register.questions import DossierLine, contracts_of, dossiers_of, export_rows, find_vendor, list_vendors, namesakes
from clausecheck.register.schema import connect
from clausecheck.register.store import import_contracts, import_run
from clausecheck.reporting.matrix.folder import read_folder
from clausecheck.reporting.tables.flat import csv_bytes
from clausecheck.reporting.tables.sheets import status_words
from clausecheck.reporting.typography import french, plural
from clausecheck.reporting.view import SEVERITY_LABELS, SEVERITY_ORDER

_ARROWS = {Direction.BETTER: "↗", Direction.WORSE: "↘", Direction.OTHER: "?"}


def import_folder(register: Path, folder: Path, decp: Path | None, consultation: str | None, day: str | None) -> int:
    """Add a batch's results, and the contracts of a DECP file; 3 where a dossier could not be read."""
    judged_on = _day(day)
    contracts = read_decp(decp) if decp else []
    comparison = read_folder(folder)
    with closing(connect(register)) as db:
        new = import_run(db, comparison, consultation or comparison.name, judged_on)
        tied = import_contracts(db, contracts)
    count = plural(len(comparison.dossiers), "dossier ajouté", "dossiers ajoutés")
    _say(f"{count} au registre {register}." if new else f"Ces résultats sont déjà au registre {register} : rien n’a été ajouté.")
    if decp:
        _say(f"{plural(tied, 'marché rapproché', 'marchés rapprochés')} par le SIRET des titulaires, sur {len(contracts)} dans {decp}.")
    for who, what in comparison.notes if comparison.unread else ():
        _say(f"• {who} : {what}")
    return EXIT_UNREAD if comparison.unread else EXIT_CLEAN


def print_vendors(register: Path) -> None:
    """Print every vendor with what is open in its last dossiers."""
    with closing(connect(_existing(register))) as db:
        lines = list_vendors(db)
    table = Table(pad_edge=False, box=None, header_style="bold")
    for title in ("Candidat", "SIRET", "Dossiers", "Bloquants", "Écarts", "Dernière analyse"):
        table.add_column(title, justify="right" if title in {"Dossiers", "Bloquants", "Écarts"} else "left")
    for line in lines:
        table.add_row(line.name, line.siret or "–", str(line.dossiers), str(line.blocking), str(line.open), _french_day(line.last_day))
    out().print(table)


def print_vendor(register: Path, wanted: str) -> None:
    """Print a vendor's dossiers, what moved, what is open, its contracts."""
    with closing(connect(_existing(register))) as db:
        vendor = find_vendor(db, wanted)
        dossiers, contracts = dossiers_of(db, vendor["id"]), contracts_of(db, vendor["siret"])
        others = namesakes(db, vendor)
    out().print(Text(f"{vendor['name']} – {vendor['siret'] or 'sans SIRET'}", style="bold"))
    if others:
        out().print(Text(french(f"Même nom, à rapprocher peut-être : {', '.join(others)}."), style="dim"))
    for dossier in dossiers:
        _print_dossier(dossier)
    for contract in contracts:
        out().print(Text(french(f"\nMarché {contract.uid}, {contract.buyer} : {contract.object} ({_french_day(contract.day)})")))
        for amendment in contract.amendments:
            out().print(Text(french(f"  {amendment}")))


def export(register: Path, output: Path | None) -> None:
    """Write the whole register as CSV, to a file or to stdout."""
    with closing(connect(_existing(register))) as db:
        data = csv_bytes(*export_rows(db))
    if output is None:
        sys.stdout.buffer.write(data)
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise UsageError(f"Impossible d’écrire « {output} » ({error.strerror}).", "sortie_impossible") from error
    _say(f"Registre exporté : {output}")


def _print_dossier(dossier: DossierLine) -> None:
    name = f"{dossier.consultation}, {dossier.lot}" if dossier.lot else dossier.consultation
    gaps = plural(len(dossier.open), "écart ouvert", "écarts ouverts")
    contract = f", marché {dossier.contract}" if dossier.contract else ""
    out().print(Text(french(f"\n{name} – analyse du {_french_day(dossier.day)}{contract} : {gaps}"), style="bold"))
    if dossier.previous:
        _print_moves(dossier)
    for finding in sorted(dossier.open, key=lambda f: SEVERITY_ORDER.index(f.severity)):
        line = f"  {status_words(finding.status)} ({SEVERITY_LABELS[finding.severity].lower()}) {finding.requirement} {finding.title}"
        out().print(Text(line))


def _print_moves(dossier: DossierLine) -> None:
    counts = {way: sum(m.direction is way for m in dossier.moved) for way in Direction}
    words = ", ".join(f"{count} {way.value}" for way, count in counts.items() if count) or "rien n’a changé"
    out().print(Text(french(f"Depuis le {_french_day(dossier.previous or '')} : {words}.")))
    if not dossier.same_rules:
        out().print(Text(french("Le catalogue a changé entre les deux analyses : une part de l’écart peut venir des règles.")))
    for move in dossier.moved:
        line = (
            f"  {_ARROWS[move.direction]} {move.requirement} : {status_words(move.before)} → {status_words(move.after)} ({move.direction})"
        )
        out().print(Text(french(line)))


def _existing(register: Path) -> Path:
    if not register.is_file():
        message = f"Aucun registre à « {register} » : commencez par clausecheck vendors import DOSSIER."
        raise NothingToAnalyseError(message, "registre_absent")
    return register


def _day(day: str | None) -> str:
    try:
        return date.fromisoformat(day).isoformat() if day else datetime.now().astimezone().date().isoformat()
    except ValueError as error:
        raise UsageError(f"Date refusée : « {day} ». Écrivez-la AAAA-MM-JJ.", "date_invalide") from error


def _french_day(day: str) -> str:
    """«24/11/2026» from an ISO day; anything else as it is."""
    parts = day.split("-")
    return "/".join(reversed(parts)) if len(parts) == 3 else day


def _say(message: str) -> None:
    err().print(french(message), markup=False, soft_wrap=True)
