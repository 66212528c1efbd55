"""One way to run tasks, on this computer's processes or on a Dask cluster; a task that takes its worker down fails alone."""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.context import SpawnContext
from multiprocessing.process import BaseProcess
from typing import Any, Protocol, TypeVar

from clausecheck.batch.limits import set_up_worker
from clausecheck.errors import ClausecheckError, UsageError

T = TypeVar("T")
_AHEAD = 2
"""Tasks handed out for each worker: one at work, one waiting, so that memory does not grow with the consultation."""

_GRACE_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Task:
    """A call to make: ``key`` names it in the results; ``seconds``: the limit it sets itself, to tell a long task from a crash."""

    key: str
    arguments: tuple[Any, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Failure:
    """A task that gave nothing. ``code``: that of the problem it becomes; ``what``: in French, what happened."""

    code: str
    what: str


class Executor(Protocol):
    """Runs tasks and yields each key with its result or failure, in the order in which they end.

    ``nearby``: its workers see the folders of this computer.
    """

    @property
    def nearby(self) -> bool:
        """Tell whether they do."""
        ...

    def run(self, function: Callable[..., T], tasks: Iterable[Task]) -> Iterator[tuple[str, T | Failure]]:
        """Run ``function`` on every task, drawing them a few at a time."""
        ...

    def close(self) -> None:
        """Stop the workers, finished or not."""
        ...


def failure_of(error: BaseException) -> Failure:
    """Turn what a task raised into a failure. Raises UsageError: it concerns every task."""
    if isinstance(error, UsageError):
        raise error
    if isinstance(error, ClausecheckError):
        return Failure(error.code, str(error))
    if isinstance(error, MemoryError):
        return Failure("memoire_insuffisante", "mémoire insuffisante")
    return Failure("erreur_interne", f"erreur interne {type(error).__name__} : {error}")


class _Context(SpawnContext):
    """A spawn context that remembers the processes it started, to end them when the user interrupts."""

    def __init__(self) -> None:
        super().__init__()
        self.started: list[BaseProcess] = []

    def Process(self, *args: Any, **settings: Any) -> BaseProcess:  # type: ignore[override]  # noqa: N802  (the context's own name)
        process = SpawnContext.Process(*args, **settings)
        self.started.append(process)
        return process


class LocalExecutor:
    """Processes of this computer: one for each core unless told otherwise."""

    nearby = True

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers or os.cpu_count() or 1
        self._context = _Context()
        self._pool: ProcessPoolExecutor | None = None  # none is started where there is nothing to do

    def run(self, function: Callable[..., T], tasks: Iterable[Task]) -> Iterator[tuple[str, T | Failure]]:
        """Run ``function`` on every task. When a worker dies, the tasks then at work run again one by one: whose fault it was shows."""
        source = iter(tasks)
        running: dict[Future[T], Task] = {}
        while True:
            self._fill(function, source, running)
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            ended = [(running.pop(future), future) for future in done]
            suspects = [task for task, future in ended if isinstance(future.exception(), BrokenProcessPool)]
            for task, future in ended:
                if task not in suspects:
                    result = _outcome(future)
                    yield task.key, result
            if suspects:
                suspects += running.values()
                running.clear()
                yield from self._one_by_one(function, suspects)

    def _fill(self, function: Callable[..., T], source: Iterator[Task], running: dict[Future[T], Task]) -> None:
        while len(running) < _AHEAD * self._workers and (task := next(source, None)) is not None:
            self._pool = self._pool or self._new_pool(self._workers)
            try:
                future = self._pool.submit(function, *task.arguments)
            except BrokenProcessPool as error:  # died while idle, or just now
                future = Future()
                future.set_exception(error)
            running[future] = task

    def _one_by_one(self, function: Callable[..., T], suspects: Sequence[Task]) -> Iterator[tuple[str, T | Failure]]:
        self._end()
        for task in suspects:
            self._pool = self._pool or self._new_pool(1)
            start = time.monotonic()
            outcome: T | Failure
            try:
                outcome = _outcome(self._pool.submit(function, *task.arguments))
            except BrokenProcessPool:
                outcome = _fatal(task, time.monotonic() - start)
                self._end()
            yield task.key, outcome
        self._end()

    def _new_pool(self, workers: int) -> ProcessPoolExecutor:
        self._context.started.clear()
        return ProcessPoolExecutor(workers, mp_context=self._context, initializer=set_up_worker)

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True)
            self._pool = None

    def close(self) -> None:
        """Stop the workers at once: what they had finished is already with the caller."""
        for process in self._context.started:
            process.terminate()
        if self._pool is not None:  # beside, for it waits: left to itself, its thread may cross the end of the interpreter
            ending = threading.Thread(target=self._pool.shutdown, kwargs={"cancel_futures": True}, daemon=True)
            ending.start()
            ending.join(_GRACE_SECONDS)
            self._pool = None
        for process in self._context.started:
            process.join(_GRACE_SECONDS)


def _fatal(task: Task, elapsed: float) -> Failure:
    if elapsed >= task.seconds:
        return Failure("temps_depasse", f"plus de {task.seconds:g} s")
    return Failure("processus_interrompu", "arrêt brutal du processus, souvent faute de mémoire")


def _outcome(future: Future[T]) -> T | Failure:
    error = future.exception()
    if isinstance(error, BrokenProcessPool):
        raise error
    return future.result() if error is None else failure_of(error)
