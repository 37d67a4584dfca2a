#!/bin/bash
# environment.sh MARKER: make .venv from the lock with its hashes; MARKER carries the lock's hash, so a second call never comes here.
set -euo pipefail
marker=$1
cd "$(dirname "$0")/../.."

say() { printf 'environment: %s\n' "$*" >&2; }

find_python() {
    local name
    for name in python3.11 python3.12 python3.13 python3; do
        if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            command -v "$name"
            return
        fi
    done
    say "Python 3.11 or newer is needed (Debian: apt-get install python3 python3-venv)"
    exit 1
}

# Debian keeps ensurepip in a package of its own. Without root its wheel of pip is fetched by apt into .local and used from there.
pip_wheel() {
    local apt=$PWD/.local/apt
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
    (
        cd "$apt"
        ls python3-pip-whl_*.deb >/dev/null 2>&1 || {
            apt-get -qq -o Dir::State::Lists="$apt/lists" -o Dir::Cache="$apt/cache" update
            apt-get -qq -o Dir::State::Lists="$apt/lists" -o Dir::Cache="$apt/cache" download python3-pip-whl
        }
        dpkg-deb -x python3-pip-whl_*.deb .
    ) >&2
    find "$apt/usr/share/python-wheels" -name 'pip-*.whl' | head -1
}

make_venv() {
    "$1" -m venv .venv >/dev/null 2>&1 && return
    rm -rf .venv
    command -v apt-get >/dev/null || { say "Python's venv module is not complete; install it with the system's packages"; exit 1; }
    if [ "$(id -u)" = 0 ]; then
        say "Debian's venv module is missing, installing python3-venv"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
        "$1" -m venv .venv
    else
        say "Debian's venv module is missing, fetching Debian's pip into .local"
        "$1" -m venv --without-pip .venv
        local wheel
        wheel=$(pip_wheel)
        .venv/bin/python "$wheel/pip" --disable-pip-version-check install --quiet --no-index --find-links "$(dirname "$wheel")" pip
    fi
}

python=$(find_python)
[ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1 || make_venv "$python"
say "installing pinned packages (once per lock)"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock.txt
rm -f .venv/.ready-*
touch "$marker"
