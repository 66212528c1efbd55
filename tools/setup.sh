#!/bin/sh
# Sets up a fresh Debian or Ubuntu machine: system packages where it may, then the locked Python packages in a virtual environment.
set -eu
PYTHON="${PYTHON:-python3}"
VENV="${VENV:-.venv}"

say() { printf '%s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo -n "$@"; else return 1; fi
}

# Optional programs: scans need tesseract, PDF reports need pango, page tests need chromium. Their absence is said, never fatal.
wanted=""
command -v tesseract >/dev/null 2>&1 || wanted="$wanted tesseract-ocr tesseract-ocr-fra"
{ ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null || true; } | grep -q libpangoft2 || wanted="$wanted libpango-1.0-0 libpangoft2-1.0-0"
command -v chromium >/dev/null 2>&1 || [ -z "${CI:-}" ] || wanted="$wanted chromium"
"$PYTHON" -c 'import ensurepip, venv' >/dev/null 2>&1 || wanted="$wanted python3-venv"
if [ -n "$wanted" ] && command -v apt-get >/dev/null 2>&1; then
    say "Installation des paquets système :$wanted"
    # shellcheck disable=SC2086  # a list of package names
    if ! { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted; } >/dev/null 2>&1; then
        say "Non installés (droits ou réseau manquants) :$wanted. clausecheck fonctionne sans ; voir clausecheck doctor."
    fi
fi

"$PYTHON" -m venv "$VENV"
"$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
"$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
