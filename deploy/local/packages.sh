#!/bin/bash
# packages.sh browser|ci: install the Debian packages that are lacking, where that is allowed; otherwise say so and go on.
set -euo pipefail

lacking=()
need() { # need COMMAND-OR-PATH PACKAGE…
    local what=$1
    shift
    command -v "$what" >/dev/null || [ -e "$what" ] || lacking+=("$@")
}

need chromium chromium
need /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc fonts-noto-cjk
need pdftoppm poppler-utils
# Playwright's driver is linked with it, and Chromium's package does not bring it.
[[ $(/sbin/ldconfig -p) == *libatomic.so.1* ]] || lacking+=(libatomic1)
if [ "${1:-}" = ci ]; then
    need /usr/sbin/dockerd docker.io
    need /usr/sbin/debootstrap debootstrap
    need java default-jre-headless
    need mvn maven
    need node nodejs
    need npm npm
fi

[ ${#lacking[@]} -gt 0 ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "packages: not installed here: ${lacking[*]} (as root: apt-get install ${lacking[*]})" >&2
    exit 0
fi
echo "packages: installing ${lacking[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update -qq && apt-get install -y -qq -o DPkg::Lock::Timeout=300 --no-install-recommends "${lacking[@]}" >/dev/null; }; then
    echo "packages: apt-get could not install ${lacking[*]}; what needs them will be named as skipped" >&2
fi
