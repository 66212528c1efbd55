"""Nothing leaves the machine: a check never opens a socket."""

import socket
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from clausecheck.cli.main import main


def refuse(*_: object, **__: object) -> NoReturn:
    message = "réseau interdit pendant une vérification"
    raise AssertionError(message)


def test_a_check_needs_no_network(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(sys, "argv", ["clausecheck", "check", str(samples / "cgv-reprend-tout"), "--output", str(tmp_path)])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 1, capsys.readouterr().err
    (report,) = tmp_path.glob("*/rapport.html")
    assert report.stat().st_size > 10_000
