"""The same tasks on a Dask cluster (the extra ``clausecheck[cluster]``)."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, TypeVar

from clausecheck.batch.executors import Failure, Task, failure_of
from clausecheck.errors import UsageError

T = TypeVar("T")
_AHEAD = 2
_LARGE = "1GB"
_TIMEOUT = "15s"
_LOOK_SECONDS = 10
_PATIENCE = 6
"""Looks without any worker before giving up: a worker that died takes a while to come back."""

_KILLED = Failure("processus_interrompu", "arrêt brutal du processus, faute de temps ou de mémoire")


class DaskExecutor:
    """Workers of the cluster at ``address``; bytes travel with the tasks, so that no folder has to be shared."""

    nearby = False

    def __init__(self, address: str) -> None:
        try:
            import dask
            from distributed import Client
        except ImportError as error:
            raise UsageError("--scheduler demande Dask : pip install 'clausecheck[cluster]', puis relancez.", "dask_absent") from error
        dask.config.set({"distributed.admin.large-graph-warning-threshold": _LARGE})
        try:
            self._client: Any = Client(address, timeout=_TIMEOUT)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"Aucune grappe Dask ne répond à « {address} ». Vérifiez l’adresse et que « dask scheduler » y est lancé.",
                "grappe_injoignable",
            ) from error

    def run(self, function: Callable[..., T], tasks: Iterable[Task]) -> Iterator[tuple[str, T | Failure]]:
        """Run ``function`` on every task. Dask blames a dead worker on all the tasks it held: those run again one by one at the end."""
        suspects: list[Task] = []
        for task, outcome in self._outcomes(function, iter(tasks)):
            if outcome == _KILLED:
                suspects.append(task)
            else:
                yield task.key, outcome
        for task in suspects:
            yield from ((task.key, outcome) for _, outcome in self._outcomes(function, iter([task])))

    def _outcomes(self, function: Callable[..., T], source: Iterator[Task]) -> Iterator[tuple[Task, T | Failure]]:
        """Yield each task with what became of it."""
        running: dict[str, tuple[Task, Any]] = {}
        while True:
            self._fill(function, source, running)
            if not running:
                return
            for future in self._ended([future for _, future in running.values()]):
                task, _ = running.pop(future.key)
                error = future.exception()
                outcome = future.result() if error is None else _failure(error)
                future.release()
                yield task, outcome

    def _fill(self, function: Callable[..., T], source: Iterator[Task], running: dict[str, tuple[Task, Any]]) -> None:
        threads = sum(self._client.nthreads().values()) or 1
        while len(running) < _AHEAD * threads and (task := next(source, None)) is not None:
            future = self._client.submit(function, *task.arguments, pure=False)
            running[future.key] = task, future

    def _ended(self, futures: list[Any]) -> Iterable[Any]:
        """Wait for a task to end. Raises UsageError when the cluster has had no worker for a while: nothing would ever end."""
        from distributed import wait

        alone = 0
        while alone < _PATIENCE:
            with suppress(TimeoutError):
                ended: Iterable[Any] = wait(futures, _LOOK_SECONDS, "FIRST_COMPLETED").done
                return ended
            alone = 0 if self._client.nthreads() else alone + 1
        raise UsageError(
            "La grappe Dask n’a plus aucun processus. Relancez ses « dask worker », puis la même commande : ce qui est fait est gardé.",
            "grappe_vide",
        )

    def close(self) -> None:
        """Leave the cluster; what it was still doing for this run is cancelled."""
        self._client.close()


def _failure(error: BaseException) -> Failure:
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        return _KILLED
    return failure_of(error)
