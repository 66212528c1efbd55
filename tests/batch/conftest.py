"""Small consultations: contracts written in plain text, a few kilobytes each."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Tree = Mapping[str, str | bytes]


@pytest.fixture
def plant(tmp_path: Path) -> Callable[..., Path]:
    """Write files under a new folder."""

    def write(files: Tree, name: str = "consultation") -> Path:
        for path, content in files.items():
            target = tmp_path / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path / name

    return write
