# Shared by bin/start, bin/test and bin/check: Debian packages and the virtual environment.
# Expects: ROOT (the project), and the working directory to be ROOT.

VENV="$ROOT/.venv"

find_python() {
    local name
    for name in python3.11 python3.12 python3.13 python3; do
        if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            echo "$name"
            return
        fi
    done
}

has_venv() { [ -n "$1" ] && "$1" -c 'import ensurepip, venv' 2>/dev/null; }

has_pango() {
    # Not "grep -q": it would close the pipe early, which pipefail reports as a failure.
    PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null | grep 'libpangoft2-1\.0\.so\.0' >/dev/null
}

# install_packages PACKAGE...: as root, through passwordless sudo, or one line that says what to run.
install_packages() {
    local command="apt-get update && apt-get install -y --no-install-recommends $*" apt_options="-qq -o Dpkg::Use-Pty=0"
    if ! command -v apt-get >/dev/null; then
        echo "Belum terpasang: $*. Pasang dengan pengelola paket sistem ini, lalu ulangi." >&2
        exit 1
    elif [ "$(id -u)" = 0 ]; then
        echo "Memasang paket Debian: $* ..."
        apt-get $apt_options update
        DEBIAN_FRONTEND=noninteractive apt-get $apt_options install -y --no-install-recommends "$@" >/dev/null
    elif sudo -n true 2>/dev/null; then
        echo "Memasang paket Debian: $* ..."
        sudo -n apt-get $apt_options update
        sudo -n env DEBIAN_FRONTEND=noninteractive apt-get $apt_options install -y --no-install-recommends "$@" >/dev/null
    else
        echo "Belum terpasang: $*. Jalankan: sudo sh -c '$command'" >&2
        exit 1
    fi
}

need_packages() {
    local missing=() python
    if [ ! -x "$VENV/bin/python" ]; then
        python=$(find_python)
        [ -n "$python" ] || missing+=(python3)
        # On Debian, python3-venv brings the pip that a new environment needs.
        has_venv "$python" || missing+=(python3-venv)
    fi
    has_pango || missing+=(libpangoft2-1.0-0)
    [ ${#missing[@]} = 0 ] || install_packages "${missing[@]}"
}

# need_venv LOCK: an environment that holds exactly what LOCK names; a stamp saves the second call to pip.
need_venv() {
    local lock="$1" stamp="$VENV/.${1%.txt}.stamp" wanted python
    if ! "$VENV/bin/python" -c '' 2>/dev/null; then
        python=$(find_python)
        if ! has_venv "$python"; then
            echo "Diperlukan Python 3.11 atau lebih baru dengan modul venv; yang ada: ${python:-tidak ada}." >&2
            exit 1
        fi
        echo "Membuat lingkungan Python di .venv ..."
        "$python" -m venv --clear "$VENV"
    fi
    wanted="$(sha256sum "$lock" | cut -d' ' -f1) $(readlink -f "$VENV/bin/python")"
    if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
        echo "Memasang pustaka Python dari $lock (sekali saja) ..."
        "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$lock"
        echo "$wanted" >"$stamp"
        # The development lock holds everything that running needs.
        [ "$lock" != requirements-dev.txt ] ||
            echo "$(sha256sum requirements.txt | cut -d' ' -f1) ${wanted#* }" >"$VENV/.requirements.stamp"
    fi
}
