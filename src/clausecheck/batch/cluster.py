"""The same tasks on a Dask cluster (the extra ``clausecheck[cluster]``)."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from clausecheck.batch.executors import Failure, Task, failure_of
from clausecheck.errors import UsageError

T = TypeVar("T")
_AHEAD = 2
_LARGE = "1GB"
_TIMEOUT = "15s"


class DaskExecutor:
    """Workers of the cluster at ``address``; bytes travel with the tasks, so that no folder has to be shared."""

    def __init__(self, address: str) -> None:
        try:
            import dask
            from distributed import Client
        except ImportError as error:
            raise UsageError("--scheduler demande Dask : pip install 'clausecheck[cluster]', puis relancez.", "dask_absent") from error
        dask.config.set({"distributed.admin.large-graph-warning-threshold": _LARGE})
        try:
            self._client: Any = Client(address, timeout=_TIMEOUT, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            raise UsageError(
                f"Aucune grappe Dask ne répond à « {address} ». Vérifiez l’adresse et que « dask scheduler » y est lancé.",
                "grappe_injoignable",
            ) from error

    def run(self, function: Callable[..., T], tasks: Iterable[Task]) -> Iterator[tuple[str, T | Failure]]:
        """Run ``function`` on every task; a task that killed its worker several times fails alone."""
        import distributed

        source = iter(tasks)
        running: dict[str, str] = {}
        completed: Any = distributed.as_completed(loop=self._client.loop)  # type: ignore[no-untyped-call]
        self._fill(function, source, running, completed)
        for future in completed:
            key = running.pop(future.key)
            error = future.exception()
            outcome = future.result() if error is None else _failure(error)
            future.release()
            yield key, outcome
            self._fill(function, source, running, completed)

    def _fill(self, function: Callable[..., T], source: Iterator[Task], running: dict[str, str], completed: Any) -> None:
        threads = sum(self._client.nthreads().values()) or 1
        while len(running) < _AHEAD * threads and (task := next(source, None)) is not None:
            future = self._client.submit(function, *task.arguments, pure=False)
            running[future.key] = task.key
            completed.add(future)

    def close(self) -> None:
        """Leave the cluster; what it was still doing for this run is cancelled."""
        self._client.close()


def _failure(error: BaseException) -> Failure:
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        return Failure("processus_interrompu", "arrêt brutal du processus, faute de temps ou de mémoire")
    return failure_of(error)
