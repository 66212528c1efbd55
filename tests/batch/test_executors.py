"""One bad task costs itself only, on processes and on a cluster."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from misbehaving import work

from clausecheck.batch import cluster as cluster_module
from clausecheck.batch.cluster import DaskExecutor
from clausecheck.batch.executors import Executor, Failure, LocalExecutor, Task
from clausecheck.errors import UsageError

SECONDS = 2.0
GOOD = [f"tâche {i}" for i in range(8)]


def run(executor: Executor, *whats: str) -> dict[str, str | Failure]:
    return dict(executor.run(work, (Task(what, (what, SECONDS), SECONDS) for what in whats)))


@pytest.fixture
def local() -> Iterator[LocalExecutor]:
    executor = LocalExecutor(2)
    yield executor
    executor.close()


def test_every_task_ends_whatever_becomes_of_one(local: LocalExecutor) -> None:
    found = run(local, *GOOD[:4], "die", "hold", "fail", "swallow", *GOOD[4:])
    assert {key: value for key, value in found.items() if key in GOOD} == {what: what for what in GOOD}
    codes = {key: value.code for key, value in found.items() if isinstance(value, Failure)}
    assert codes == {
        "die": "processus_interrompu",
        "hold": "temps_depasse",
        "fail": "erreur_interne",
        "swallow": "memoire_insuffisante",
    }
    assert run(local, *GOOD[:2]) == {what: what for what in GOOD[:2]}


def test_no_process_outlives_the_executor(local: LocalExecutor) -> None:
    run(local, *GOOD)
    processes = list(local._context.started)
    assert processes
    local.close()
    assert not any(p.is_alive() for p in processes)


ORPHANS = """
import sys
sys.path[:0] = {paths!r}
from misbehaving import work
from clausecheck.batch.executors import LocalExecutor, Task

if __name__ == "__main__":
    executor = LocalExecutor(1)
    for key, value in executor.run(work, iter([Task("a", ("a", 60), 60), Task("hang", ("hang", 60), 60)])):
        print(executor._context.started[0].pid, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="pas de SIGKILL sur ce système")
def test_workers_end_with_a_run_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(ORPHANS.format(paths=[str(Path(__file__).parent), str(Path(__file__).parents[2] / "src")]))
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        worker = int(process.stdout.readline())
        process.kill()
    for _ in range(100):
        if not _alive(worker):
            return
        time.sleep(0.1)
    pytest.fail(f"le processus {worker} a survécu")


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


def test_a_task_that_kills_workers_of_a_cluster_fails_alone() -> None:
    distributed = pytest.importorskip("distributed", reason="clausecheck[cluster] n’est pas installé")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        executor = DaskExecutor(cluster.scheduler_address)
        try:
            found = run(executor, "a", "die", "fail", "b")
        finally:
            executor.close()
    codes = {key: value.code if isinstance(value, Failure) else value for key, value in found.items()}
    assert codes == {"a": "a", "die": "processus_interrompu", "fail": "erreur_interne", "b": "b"}


def test_a_cluster_without_workers_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed", reason="clausecheck[cluster] n’est pas installé")
    monkeypatch.setattr(cluster_module, "_LOOK_SECONDS", 0.05)
    with distributed.LocalCluster(n_workers=0, dashboard_address=None) as cluster:
        executor = DaskExecutor(cluster.scheduler_address)
        with pytest.raises(UsageError, match="plus aucun processus"):
            run(executor, "a")
        executor.close()


def test_a_scheduler_that_does_not_answer_is_said() -> None:
    pytest.importorskip("distributed", reason="clausecheck[cluster] n’est pas installé")
    with pytest.raises(UsageError, match="Aucune grappe"):
        DaskExecutor("adresse fausse://x")
