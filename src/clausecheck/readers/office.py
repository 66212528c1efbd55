"""Old Word and RTF files, converted to docx by LibreOffice without a window, in a throwaway profile."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from clausecheck.document import Document, Source
from clausecheck.errors import ReadError
from clausecheck.vocabulary import View

TIME_LIMIT = 60
"""Seconds allowed to a conversion."""

_MACROS_OFF = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item></oor:items>
"""
_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


def read(data: bytes, source: Source, view: View = View.FINAL) -> Document:
    """Convert and read a doc or rtf file. Raises ``ReadError`` when LibreOffice is absent or fails."""
    from clausecheck.readers import docx

    return docx.read(_to_docx(data, source), source, view)


def find_office() -> str | None:
    """Return the path of LibreOffice, None when it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def _to_docx(data: bytes, source: Source) -> bytes:
    program = find_office()
    if program is None:
        raise ReadError(
            f"« {source.path} » est un fichier .{source.format}. Enregistrez ce fichier en .docx ou installez LibreOffice.",
            "libreoffice_absent",
        )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        original = folder / f"piece.{source.format}"
        original.write_bytes(data)
        _convert(program, folder, original, source)
        converted = folder / "sortie" / "piece.docx"
        if not converted.is_file():
            raise ReadError(
                f"LibreOffice n'a pas pu lire « {source.path} »\u202f: enregistrez ce fichier en .docx.",
                "conversion_impossible",
            )
        return converted.read_bytes()


def _convert(program: str, folder: Path, original: Path, source: Source) -> None:
    profile = folder / "profil"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_MACROS_OFF, encoding="utf-8")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "sortie"), str(original)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        process.wait(TIME_LIMIT)
    except subprocess.TimeoutExpired as error:
        _stop(process)
        raise ReadError(
            f"LibreOffice n'a pas lu « {source.path} » en {TIME_LIMIT} s\u202f: enregistrez ce fichier en .docx.",
            "delai_depasse",
        ) from error


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End the conversion and the processes it started: soffice is a launcher."""
    if sys.platform != "win32":
        import signal

        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
