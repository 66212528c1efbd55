"""``clausecheck vendors``: the register of vendors across consultations."""

from pathlib import Path
from typing import Annotated

import typer

from clausecheck.cli.french import FrenchTyper

vendors_app = FrenchTyper(help="Le registre des candidats : dossiers, constats ouverts.")

RegisterOption = Annotated[
    Path | None,
    typer.Option(
        "--register",
        metavar="FICHIER",
        envvar="CLAUSECHECK_DB",
        help="Fichier du registre. Par défaut : clausecheck.db ici.",
        show_default=False,
    ),
]
DEFAULT_REGISTER = Path("clausecheck.db")


@vendors_app.command("list")
def vendors_list(register: RegisterOption = None) -> None:
    """Liste les candidats et ce qui reste ouvert dans leurs derniers dossiers."""
    from clausecheck.cli.register import print_vendors

    print_vendors(register or DEFAULT_REGISTER)


@vendors_app.command("show")
def vendors_show(
    vendor: Annotated[str, typer.Argument(metavar="CANDIDAT", help="SIRET, ou nom, du candidat.")],
    register: RegisterOption = None,
) -> None:
    """Montre les dossiers d’un candidat, ce qui reste ouvert, ce qui a changé, et ses marchés."""
    from clausecheck.cli.register import print_vendor

    print_vendor(register or DEFAULT_REGISTER, vendor)


@vendors_app.command("import")
def vendors_import(
    folder: Annotated[Path, typer.Argument(metavar="RÉSULTATS", help="Dossier de résultats de « clausecheck batch ».")],
    decp: Annotated[
        Path | None, typer.Option("--decp", help="Données essentielles (JSON, forme 2019 ou 2022) à rapprocher.", show_default=False)
    ] = None,
    consultation: Annotated[
        str | None, typer.Option("--consultation", help="Nom de la consultation. Par défaut : celui du dossier.", show_default=False)
    ] = None,
    day: Annotated[
        str | None, typer.Option("--date", help="Jour de l’analyse, AAAA-MM-JJ. Par défaut : aujourd’hui.", show_default=False)
    ] = None,
    register: RegisterOption = None,
) -> None:
    """Ajoute au registre les dossiers d’une consultation."""
    from clausecheck.cli.register import import_folder

    raise typer.Exit(import_folder(register or DEFAULT_REGISTER, folder, decp, consultation, day))


@vendors_app.command("export")
def vendors_export(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Fichier CSV. Par défaut : l’écran.", show_default=False)] = None,
    register: RegisterOption = None,
) -> None:
    """Exporte tout le registre en CSV, une ligne par constat."""
    from clausecheck.cli.register import export

    export(register or DEFAULT_REGISTER, output)
