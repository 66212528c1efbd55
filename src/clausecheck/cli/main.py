"""The command line: parses, calls, prints; the only exception boundary of the program."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from clausecheck import __version__, process
from clausecheck.cli.choices import Format, MatrixFormat, SheetFormat, Threshold
from clausecheck.cli.evaluate import evaluate
from clausecheck.cli.french import FrenchTyper, usage_message
from clausecheck.cli.vendors import vendors_app
from clausecheck.errors import EXIT_INTERNAL, EXIT_INTERRUPTED, EXIT_USAGE, ClausecheckError
from clausecheck.vocabulary import Diffusion, View

INTERRUPTED = "Interrompu. Ce qui était terminé est conservé."

app = FrenchTyper(
    name="clausecheck",
    help="Vérifie les clauses RGPD, sécurité et données des contrats publics, hors ligne.",
    epilog="Pour commencer : clausecheck check DOSSIER --output RAPPORTS, puis ouvrir RAPPORTS/dernier.html.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
clauses_app = FrenchTyper(help="Le catalogue d’exigences : liste, fiche, contrôle, essais.")
app.add_typer(clauses_app, name="clauses")
app.add_typer(vendors_app, name="vendors")

FOLDER = "Où ranger le résultat : chaque analyse y crée son dossier, daté, sans toucher aux précédents."
PiecesArgument = Annotated[
    list[Path], typer.Argument(metavar="PIÈCES", help="Pièces d’un même contrat : fichiers, dossier ou archive zip.")
]
RequirementArgument = Annotated[str, typer.Argument(metavar="EXIGENCE", help="Identifiant d’exigence, par exemple RGPD-33-2.")]
FolderOption = Annotated[Path, typer.Option("--output", "-o", metavar="DOSSIER", help=FOLDER, show_default=False)]
ContextOption = Annotated[
    list[str] | None,
    typer.Option("--contexte", metavar="CONDITION", help="Impose une condition, par exemple hebergement=oui.", show_default=False),
]
ThresholdOption = Annotated[Threshold, typer.Option(help="Gravité à partir de laquelle le code de sortie est 1.")]
CatalogueOption = Annotated[
    Path | None,
    typer.Option("--catalogue", metavar="DOSSIER", help="Dossier d’un catalogue à la place de celui fourni.", show_default=False),
]
ViewOption = Annotated[
    View,
    typer.Option("--vue", help="Modifications suivies : acceptées (finale), refusées (originale), ou les deux entre marques (marquee)."),
]


def _version(value: bool) -> None:
    if value:
        typer.echo(f"clausecheck {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Affiche la version et s’arrête.")] = False,
) -> None:
    """Vérifie les clauses RGPD, sécurité et données des contrats publics, hors ligne."""


@app.command()
def check(
    paths: PiecesArgument,
    *,
    formats: Annotated[
        list[Format] | None,
        typer.Option("--format", help="Forme du résultat (répétable). Par défaut : text à l’écran.", show_default=False),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DOSSIER", help=f"{FOLDER} Le HTML et le JSON y sont.", show_default=False)
    ] = None,
    fail_on: ThresholdOption = Threshold.BLOQUANTE,
    context: ContextOption = None,
    profile: Annotated[
        Path | None, typer.Option("--profil", metavar="FICHIER", help="Fichier YAML de conditions imposées.", show_default=False)
    ] = None,
    explain_id: Annotated[
        str | None,
        typer.Option("--explain", metavar="EXIGENCE", help="Détaille un constat : passages, critères, indices.", show_default=False),
    ] = None,
    catalogue: CatalogueOption = None,
    view: ViewOption = View.FINAL,
    annotate: Annotated[bool, typer.Option("--annotate", help="Ajoute dans --output une copie annotée de chaque pièce.")] = False,
    diffusion: Annotated[
        Diffusion, typer.Option(help="Version du rapport : la communicable masque les offres, les secrets, les personnes.")
    ] = Diffusion.INTERNE,
) -> None:
    """Juge un dossier : les pièces d’un contrat, lues ensemble."""
    from clausecheck.cli.check import Wish, run_check

    wish = Wish(
        formats=[f.value for f in formats or []],
        output=output,
        fail_on=fail_on.value,
        context=context or [],
        profile=profile,
        explain_id=explain_id,
        catalogue=catalogue,
        changes=view,
        annotate=annotate,
        diffusion=diffusion,
    )
    raise typer.Exit(run_check(paths, wish))


@app.command("annotate", short_help="Annote une copie de travail de chaque pièce (docx, odt, pdf).")
def annotate_pieces(
    paths: PiecesArgument,
    output: FolderOption,
    suggestions: Annotated[
        bool, typer.Option("--suggestions", help="Insère les clauses proposées, en suivi des modifications (docx, odt).")
    ] = False,
    catalogue: CatalogueOption = None,
) -> None:
    """Annote une copie de travail de chaque pièce (docx, odt, pdf), sur les mots mêmes ; les originaux restent intacts."""
    from clausecheck.cli.annotate import run_annotate

    raise typer.Exit(run_annotate(paths, output, catalogue, suggestions=suggestions))


@app.command(short_help="Rédige une annexe Word des clauses à proposer.")
def propose(
    paths: PiecesArgument,
    output: FolderOption,
    catalogue: CatalogueOption = None,
) -> None:
    """Rédige une annexe Word : les clauses modèles de ce qui manque ou est affaibli, complétées par ce que dit le dossier."""
    from clausecheck.cli.propose import run_propose

    raise typer.Exit(run_propose(paths, output, catalogue))


@app.command(short_help="Juge une consultation : lot par lot, candidat par candidat.")
def batch(
    source: Annotated[
        Path, typer.Argument(metavar="CONSULTATION", help="Dossier ou archive de la consultation : un dossier par lot et par candidat.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DOSSIER", help="Dossier des résultats ; relancer reprend où l’analyse s’est arrêtée.")
    ],
    reference: Annotated[
        list[Path] | None,
        typer.Option(
            "--reference", metavar="PIÈCE", help="Pièces de l’acheteur, communes à tous les candidats (répétable).", show_default=False
        ),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="NOMBRE", help="Processus (un par cœur par défaut).", show_default=False)
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADRESSE", help="Adresse d’une grappe Dask, par exemple tcp://hote:8786.", show_default=False)
    ] = None,
    resume: Annotated[bool, typer.Option("--resume/--no-resume", help="Reprend ce qui est déjà fait, ou refait tout.")] = True,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Montre ce qui serait analysé et pourquoi, sans rien lire ni écrire.")] = False,
    time_limit: Annotated[
        int, typer.Option(min=1, metavar="SECONDES", help="Secondes accordées à un fichier, dix fois plus à un dossier.")
    ] = 600,
    fail_on: ThresholdOption = Threshold.BLOQUANTE,
    context: ContextOption = None,
    catalogue: CatalogueOption = None,
    diffusion: Annotated[
        Diffusion, typer.Option(help="Version des rapports : la communicable masque les offres, les secrets, les personnes.")
    ] = Diffusion.INTERNE,
) -> None:
    """Juge une consultation : tous les dossiers, lot par lot, candidat par candidat."""
    from clausecheck.cli.batch import Options, run_batch

    options = Options(
        references=reference or [],
        context=context or [],
        catalogue=catalogue,
        workers=workers,
        scheduler=scheduler,
        seconds=time_limit,
        fail_on=fail_on.value,
        resume=resume,
        dry_run=dry_run,
        diffusion=diffusion,
    )
    raise typer.Exit(run_batch(source, output, options))


@app.command(short_help="Explique une exigence : ce qu’elle demande, et pourquoi.")
def explain(
    requirement: RequirementArgument,
    catalogue: CatalogueOption = None,
) -> None:
    """Explique une exigence : ce qu’elle demande, pourquoi, ce qui l’affaiblit, la clause à proposer."""
    from clausecheck.cli.clauses import show_requirement

    show_requirement(requirement, catalogue)


@clauses_app.command("list")
def clauses_list(catalogue: CatalogueOption = None) -> None:
    """Liste les exigences, par famille."""
    from clausecheck.cli.clauses import list_requirements

    list_requirements(catalogue)


@clauses_app.command("show")
def clauses_show(requirement: RequirementArgument, catalogue: CatalogueOption = None) -> None:
    """Montre une exigence et ses exemples."""
    from clausecheck.cli.clauses import show_requirement

    show_requirement(requirement, catalogue, examples=True)


@clauses_app.command("lint")
def clauses_lint(catalogue: CatalogueOption = None) -> None:
    """Contrôle le catalogue : forme, motifs, couverture des exemples."""
    from clausecheck.cli.clauses import lint

    raise typer.Exit(lint(catalogue))


@clauses_app.command("test")
def clauses_test(
    only: Annotated[
        list[str] | None, typer.Argument(metavar="EXIGENCES", help="Exigences à essayer (toutes par défaut).", show_default=False)
    ] = None,
    catalogue: CatalogueOption = None,
) -> None:
    """Juge les exemples du catalogue et compare aux statuts attendus."""
    from clausecheck.cli.clauses import test_examples

    raise typer.Exit(test_examples(only or [], catalogue))


@app.command(short_help="Compare les dossiers d’une consultation.")
def matrix(
    folder: Annotated[Path, typer.Argument(metavar="RÉSULTATS", help="Dossier de résultats de « clausecheck batch ».")],
    formats: Annotated[
        list[MatrixFormat] | None,
        typer.Option("--format", help="Forme à écrire (répétable). Par défaut : xlsx, ods, csv, html.", show_default=False),
    ] = None,
    everything: Annotated[bool, typer.Option("--tout", help="Montre aussi les exigences sans écart.")] = False,
) -> None:
    """Compare les dossiers d’une consultation : exigence × candidat × lot, à l’écran et en fichiers."""
    from clausecheck.cli.matrix import run_matrix

    raise typer.Exit(run_matrix(folder, [f.value for f in formats or []], everything=everything))


@app.command(short_help="Montre ce qui a été lu d’un fichier.")
def inspect(file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Fichier à lire.")], view: ViewOption = View.FINAL) -> None:
    """Montre ce qui a été lu d’un fichier : articles, blocs, pages, avertissements."""
    from clausecheck.cli.inspect import inspect_file

    raise typer.Exit(inspect_file(file, view))


@app.command(short_help="Dit ce qui est installé et ce qui manque.")
def doctor() -> None:
    """Dit ce qui est installé, ce qui manque et ce que coûte chaque manque."""
    from clausecheck.cli.doctor import print_health

    raise typer.Exit(print_health())


@app.command(short_help="Dit ce que l’outil décide, sa qualité mesurée, ses limites.")
def transparence(
    folder: Annotated[
        Path | None, typer.Argument(metavar="ANALYSE", help="Dossier d’une analyse, pour son temps et son énergie.", show_default=False)
    ] = None,
    *,
    form: Annotated[SheetFormat, typer.Option("--format", help="Forme de la fiche.")] = SheetFormat.TEXT,
    catalogue: CatalogueOption = None,
) -> None:
    """Dit ce que l’outil décide et ne décide pas, ses règles, sa qualité mesurée, ses limites, ce qu’il conserve et consomme."""
    from clausecheck.cli.transparency import print_sheet

    print_sheet(form.value, catalogue, folder)


@app.command(short_help="Vérifie qu’une analyse n’a pas changé.")
def verify(
    folder: Annotated[Path, typer.Argument(metavar="ANALYSE", help="Dossier daté d’une analyse.")],
    pieces: Annotated[
        list[Path] | None,
        typer.Option("--pieces", metavar="DOSSIER", help="Où sont maintenant les pièces analysées (répétable).", show_default=False),
    ] = None,
) -> None:
    """Vérifie qu’une analyse n’a pas changé : chaque fichier écrit et chaque pièce lue, d’après leurs empreintes."""
    from clausecheck.cli.verify import run_verify

    raise typer.Exit(run_verify(folder, pieces or []))


app.command(short_help="Mesure les verdicts sur des dossiers étiquetés à la main.")(evaluate)


def main() -> None:
    """Run the command line; foreseen errors become a French message and their exit code."""
    _use_utf8()
    process.set_up()
    try:
        code = app(standalone_mode=False, prog_name="clausecheck") or 0
        if code == EXIT_INTERRUPTED:  # what typer makes of Ctrl-C
            _say(INTERRUPTED)
        sys.exit(code)
    except TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(error.message)
        else:
            _say(usage_message(error))
        sys.exit(EXIT_USAGE)
    except ClausecheckError as error:
        _say(f"{error} [{error.code}]")
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        _say(INTERRUPTED)
        sys.exit(EXIT_INTERRUPTED)
    except Exception as error:  # noqa: BLE001  (the boundary: a user must never meet a traceback without a way on)
        _say(f"Erreur interne ({type(error).__name__}) : {error}. Relancez avec CLAUSECHECK_DEBUG=1 pour le détail.")
        _debug()
        sys.exit(EXIT_INTERNAL)


def _use_utf8() -> None:
    """Make stdout and stderr write UTF-8; on a console that cannot show a character, replace it rather than crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _say(message: str) -> None:
    from clausecheck.cli.console import err
    from clausecheck.reporting.typography import french

    err().print(french(message), style="red", markup=False)


def _debug() -> None:
    import os
    import traceback

    if os.environ.get("CLAUSECHECK_DEBUG"):
        traceback.print_exc()


if __name__ == "__main__":
    main()
