"""Runs a consultation: reads, names the candidates, judges, writes; what is done stays done."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clausecheck.assessment.vendor import Vendor
from clausecheck.batch.candidats import FILENAME as CANDIDATES
from clausecheck.batch.candidats import Candidate, corrected, read_corrections, write_candidates
from clausecheck.batch.discovery import Dossier, Found
from clausecheck.batch.documents import DocumentCache, write_whole
from clausecheck.batch.executors import Executor, Failure, Task
from clausecheck.batch.identities import guess_all, merged
from clausecheck.batch.index import FILENAME, Entry, Index, entry_of, forget_reports, unjudged
from clausecheck.batch.names import lot_folder, slug
from clausecheck.batch.progress import Listener
from clausecheck.batch.reading import Library
from clausecheck.batch.state import FILENAME as STATE
from clausecheck.batch.state import State, key_of
from clausecheck.batch.tasks import Judged, Judging, Settings, engine_of, judge_dossier
from clausecheck.document.model import Problem

CACHE = ".documents"
REPORTS = "dossiers"


@dataclass(frozen=True, slots=True)
class Named:
    """A dossier with its candidate. ``folder``: that of its reports, relative to the output."""

    dossier: Dossier
    candidate: Candidate
    folder: str

    @property
    def title(self) -> str:
        """Return what the report is called."""
        name = self.candidate.vendor.name or "Candidat non identifié"
        return f"{name} – lot {self.candidate.lot}" if self.candidate.lot else name


class Batch:
    """One run over ``found``. Its results depend on the pieces, the settings and ``candidats.csv`` only."""

    def __init__(self, found: Found, output: Path, settings: Settings, listener: Listener, *, resume: bool = True) -> None:
        self._found = found
        self._output = output
        self._settings = settings
        self._listener = listener
        self._resume = resume
        self._corrections = read_corrections(output / CANDIDATES)
        self._state = State.open(output / STATE)
        self._library = Library(self._state, DocumentCache(output / CACHE))

    def run(self, executor: Executor) -> Index:
        """Read and judge everything, and return the index. Whatever interrupts it, the index on disk tells what is done."""
        entries = {d.key: unjudged(d, Candidate(d.lot, Vendor(d.guess), d.why)) for d in self._found.dossiers}
        try:
            pieces = [p.piece for d in self._found.dossiers for p in d.read]
            missing = self._library.missing(pieces, resume=self._resume)
            if missing and self._settings.catalogue:
                engine_of(self._settings)  # a fault in the user's catalogue costs nothing else
            self._library.read(missing, executor, self._listener, self._settings.seconds)
            named = self._named()
            entries = {n.dossier.key: unjudged(n.dossier, n.candidate) for n in named}
            self._judge(named, executor, entries)
            forget_reports(self._output, entries.values())
        finally:
            index = Index(self._found.name, self._settings, tuple(entries[key] for key in sorted(entries)))
            write_whole(self._output / FILENAME, index.dumps())
            self._state.close()
        return index

    def _named(self) -> list[Named]:
        """Name the candidate of each dossier, write the guess, apply the user's corrections, and give each its folder."""
        guesses = guess_all(self._found.dossiers, self._library.hints)
        kept = {key: corrected(guess, self._corrections.get(key, {})) for key, guess in guesses.items()}
        write_candidates(self._output / CANDIDATES, guesses, kept)
        taken: Counter[str] = Counter()
        return [_in_folder(dossier, candidate, taken) for dossier, candidate in merged(self._found.dossiers, kept)]

    def _judge(self, named: Sequence[Named], executor: Executor, entries: dict[str, Entry]) -> None:
        waiting: dict[str, Named] = {}
        for n in named:
            entry = self._done(n)
            if entry is None:
                waiting[n.dossier.key] = n
            else:
                entries[n.dossier.key] = entry
        if waiting and self._settings.catalogue:
            engine_of(self._settings)
        self._listener.judging(len(waiting))
        heaviest = sorted(waiting.values(), key=lambda n: -sum(p.piece.size for p in n.dossier.read))
        tasks = (Task(n.dossier.key, (self._job(n), self._settings), self._settings.dossier_seconds) for n in heaviest)
        for key, outcome in executor.run(judge_dossier, tasks):
            entries[key] = self._keep(waiting[key], outcome)
            self._listener.judged(entries[key].problems)

    def _done(self, named: Named) -> Entry | None:
        """Return the entry of a dossier that needs no judging: nothing readable in it, or judged before and its reports intact."""
        if not any(self._library.count(p.piece) for p in named.dossier.read):
            nothing = Problem("rien_a_analyser", "Aucune pièce lisible dans ce dossier : rien n’a été jugé.")
            return unjudged(named.dossier, named.candidate, (*self._problems(named), nothing))
        plain = self._state.judgement(self._key(named)) if self._resume else None
        entry = Entry.from_plain(plain) if plain else None
        return entry if entry is not None and entry.intact(self._output) else None

    def _key(self, named: Named) -> str:
        """Everything that the reports depend on."""
        settings, vendor = self._settings, named.candidate.vendor
        return key_of(
            [
                [settings.version, settings.catalogue_sha256, settings.model_sha256, sorted(settings.given), settings.diffusion],
                [named.title, named.folder, named.dossier.key, named.candidate.lot, vendor.name, vendor.siret, named.candidate.source],
                [[p.name, p.piece.path, p.piece.sha256, p.common, p.set_aside] for p in named.dossier.pieces],
                [[p.code, p.document, p.message] for p in self._problems(named)],
                self._library.tools,
            ]
        )

    def _problems(self, named: Named) -> tuple[Problem, ...]:
        return tuple(problem for p in named.dossier.read for problem in self._library.problems(p.piece, p.name))

    def _job(self, named: Named) -> Judging:
        pieces = (self._library.documents(p.piece, p.name) for p in named.dossier.read)
        candidate = named.candidate
        return Judging(named.title, candidate.lot, candidate.vendor, tuple(p for p in pieces if p), self._problems(named))

    def _keep(self, named: Named, outcome: Judged | Failure) -> Entry:
        """Write the reports, then record the dossier as done; one that took its worker down is tried again next time."""
        if isinstance(outcome, Failure):
            text = f"Ce dossier n’a pas pu être jugé ({outcome.what}). Relancez la même commande : lui seul sera repris."
            return unjudged(named.dossier, named.candidate, (*self._problems(named), Problem(outcome.code, text)))
        entry = entry_of(named.dossier, named.candidate, f"{REPORTS}/{named.folder}", outcome, self._settings.diffusion)
        write_whole(self._output / entry.report, outcome.json)
        write_whole(self._output / entry.html, outcome.html)
        self._state.keep_judgement(self._key(named), entry.as_plain())
        return entry


def _in_folder(dossier: Dossier, candidate: Candidate, taken: Counter[str]) -> Named:
    folder = f"{lot_folder(candidate.lot)}/{slug(candidate.vendor.name or dossier.key)}"
    taken[folder] += 1
    return Named(dossier, candidate, folder if taken[folder] == 1 else f"{folder}-{taken[folder]}")
