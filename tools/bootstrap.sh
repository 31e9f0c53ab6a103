#!/usr/bin/env bash
# Prepares .venv: finds a Python (3.12 or newer) and uv, brings uv where it is missing, installs what uv.lock names.
#
# PYTHON=/path/to/python chooses the interpreter. Nothing outside this folder is changed, except uv's package cache.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }
fail() { say ""; say "Cannot start: $1"; shift; for line in "$@"; do say "  $line"; done; exit 1; }

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; }

# Prints the first interpreter that is new enough: the one in .venv, the chosen one, those on PATH, those of pyenv.
find_python() {
    if [ -n "${PYTHON:-}" ]; then
        is_new_enough "$PYTHON" || fail "PYTHON names $PYTHON, which is not a Python 3.12 or newer."
        command -v "$PYTHON"; return
    fi
    local name
    for name in .venv/bin/python python3.14 python3.13 python3.12 python3 python /usr/bin/python3.14 /usr/bin/python3.13 /usr/bin/python3.12 /usr/bin/python3; do
        if is_new_enough "$name"; then command -v "$name"; return; fi
    done
    if command -v pyenv >/dev/null 2>&1; then
        local version path
        for version in $(pyenv versions --bare 2>/dev/null | grep -E '^3\.(1[2-9]|[2-9][0-9])\.' | sort -t. -k2,2nr -k3,3nr); do
            path="$(PYENV_VERSION="$version" pyenv which python 2>/dev/null || true)"
            if [ -n "$path" ] && is_new_enough "$path"; then printf '%s\n' "$path"; return; fi
        done
    fi
    return 1
}

# Prints a uv that works. A pyenv shim named uv may exist and still refuse to run, so it is tried, not only looked up.
find_uv() {
    local name
    for name in uv .venv-tools/bin/uv .venv-tools/lib/bin/uv "$HOME/.local/bin/uv"; do
        if "$name" --version >/dev/null 2>&1; then command -v "$name"; return; fi
    done
    return 1
}

# Interpreters that could carry uv: any version will do, with venv or with pip.
carriers() {
    local name
    for name in "$1" python3.14 python3.13 python3.12 python3.11 python3.10 python3.9 python3 /usr/bin/python3; do
        if "$name" -c '' >/dev/null 2>&1; then command -v "$name"; fi
    done | awk '!seen[$0]++'
}

# Brings uv into .venv-tools. First by a private virtual environment; where Debian's Python comes without the venv module, by
# `pip install --target`, which asks nothing of the system either and so also works where pip refuses system-wide installs (PEP 668).
bring_uv() {
    local carrier
    say "Bringing uv into .venv-tools …"
    for carrier in $(carriers "$1"); do
        rm -rf .venv-tools
        if "$carrier" -c 'import ensurepip, venv' >/dev/null 2>&1 && "$carrier" -m venv .venv-tools >/dev/null 2>&1 \
            && .venv-tools/bin/python -m pip install --quiet --disable-pip-version-check uv >&2; then return; fi
    done
    for carrier in $(carriers "$1"); do
        rm -rf .venv-tools
        if "$carrier" -m pip --version >/dev/null 2>&1 \
            && "$carrier" -m pip install --quiet --disable-pip-version-check --target .venv-tools/lib uv >&2; then return; fi
    done
    rm -rf .venv-tools
    fail "uv is missing, and no Python here could install it (neither the venv module nor pip is there, or the package index cannot be reached)." \
        "Debian, Ubuntu:  apt-get install python3-venv" \
        "or install uv:   https://docs.astral.sh/uv/getting-started/installation/" \
        "then run the same command again."
}

python="$(find_python)" || fail "no Python 3.12 or newer was found (looked at .venv, PATH and pyenv)." \
    "Debian 13, Ubuntu 24.04 or newer:  apt-get install python3" \
    "pyenv:                             pyenv install 3.13" \
    "or name one:                       PYTHON=/path/to/python3.13 make demo"
uv="$(find_uv)" || { bring_uv "$python"; uv="$(find_uv)"; }

# Sockets of the embedded database have a short name limit and its user must reach the folder; both are checked when it starts.
# Compiled once here, every process starts in half the time, also where PYTHONDONTWRITEBYTECODE is set.
"$uv" sync --frozen --quiet --compile-bytecode --python "$python" || fail "the packages could not be installed (see above)." \
    "Is the package index reachable? A proxy is set by HTTPS_PROXY, a mirror by UV_DEFAULT_INDEX."
if [ -x .venv/bin/python ]; then .venv/bin/python -m compileall -q src; fi
