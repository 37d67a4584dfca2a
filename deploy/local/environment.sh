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

make_venv() {
    "$1" -m venv .venv 2>/dev/null && return
    rm -rf .venv
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "Debian's venv module is missing, installing python3-venv"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
        "$1" -m venv .venv
    elif "$1" -m pip --version >/dev/null 2>&1; then
        say "Debian's venv module is missing, using virtualenv from pip"
        "$1" -m pip install --quiet --target .local/virtualenv virtualenv
        PYTHONPATH=.local/virtualenv "$1" -m virtualenv --quiet .venv
    else
        say "Debian's venv module is missing and this user may not install it: as root, apt-get install python3-venv"
        exit 1
    fi
}

python=$(find_python)
[ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1 || make_venv "$python"
say "installing pinned packages (once per lock)"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock.txt
rm -f .venv/.ready-*
touch "$marker"
