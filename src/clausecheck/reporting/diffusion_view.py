"""What a report says of its own version: who may read it, what was hidden; worded once for every form."""

from clausecheck.assessment.model import Masked
from clausecheck.reporting.payload import MaskedRecord
from clausecheck.reporting.typography import french
from clausecheck.reporting.view import ReportView
from clausecheck.vocabulary import Diffusion

MASKED_TITLE = "Ce qui a été masqué"
MASKED_HEADER = ("Pièce", "Masqué", "Pourquoi", "Où", "Nombre")
NOTHING_MASKED = (
    "Rien n’a été masqué : aucune pièce du titulaire, aucune mention de secret, aucun nom ni aucune coordonnée de personne n’a été reconnu."
)
BEFORE_SENDING = (
    "À relire avant de communiquer : seuls les mentions, les noms de personnes et les coordonnées reconnus sont masqués ; "
    "les noms des fichiers ne le sont pas."
)
_VERSIONS = {
    Diffusion.INTERNE: "Version interne : elle cite les offres, ne pas la communiquer.",
    Diffusion.COMMUNICABLE: "Version communicable : ce qui est secret y est masqué, la liste en est donnée.",
}


def is_communicable(view: ReportView) -> bool:
    """Tell whether this version may leave the buyer's services."""
    return view.report.diffusion is Diffusion.COMMUNICABLE


def version_sentence(view: ReportView) -> str:
    """Say who may read this version."""
    return french(_VERSIONS[view.report.diffusion])


def title_suffix(view: ReportView) -> str:
    """Return what a title adds in the communicable version."""
    return " (version communicable)" if is_communicable(view) else ""


def masked_rows(view: ReportView) -> tuple[tuple[str, ...], ...]:
    """Return what was hidden, under ``MASKED_HEADER``, in the order of the pieces."""
    return tuple((view.document_name(m.document), m.what, french(m.why), _where(m), str(m.count)) for m in view.report.masked)


def masked_cells(masked: MaskedRecord) -> tuple[str, ...]:
    """Return the same, of a report read back."""
    return masked.name, masked.what, masked.why, _where(masked), str(masked.count)


def _where(masked: Masked | MaskedRecord) -> str:
    """Return «art. 4, p. 12», or that it is anywhere in the piece."""
    place = [f"art. {masked.article.rstrip('.')}"] if masked.article else []
    place += [f"p. {masked.page}"] if masked.page else []
    return french(", ".join(place) or "toute la pièce")
