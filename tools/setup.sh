#!/bin/sh
# Set up what is missing, and nothing else: tools/setup.sh run | dev | browser
#   run      Python environment, hashed packages, the pages' files, catalogues: enough to serve
#   dev      the same with what tests and checks need
#   browser  Debian's Chromium, Chinese fonts and office programs, for the journeys and the papers
# Each part is skipped when nothing changed. Whatever cannot be done ends in a sentence that says what to do.
set -eu
cd "$(dirname "$0")/.."
part=${1:-run}
venv=.venv
python=$venv/bin/python

stop() {
    echo "set-up: $*" >&2
    exit 1
}

# Debian packages: as root, or as somebody whom sudo asks nothing; else say the command.
packages() {
    if [ "$(id -u)" = 0 ]; then
        sudo=
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        sudo="sudo -n"
    else
        stop "these Debian packages are missing, and only root may install them. Run: sudo apt-get install $*"
    fi
    command -v apt-get >/dev/null || stop "please install, by this system's own means: $*"
    echo "Installing from Debian: $*"
    log=$(mktemp)
    { $sudo apt-get update && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } >"$log" 2>&1 ||
        { tail -5 "$log" >&2; stop "apt-get could not install: $*. Its whole answer is in $log."; }
    rm -f "$log"
}

missing() {
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || printf '%s ' "$package"
    done
}

find_python() {
    for name in "${PYTHON:-}" python3 python3.13 python3.12 python3.11; do
        [ -n "$name" ] && command -v "$name" >/dev/null || continue
        if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
}

environment() {
    if [ -x $python ] && $python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && [ -x $venv/bin/uv ]; then
        return
    fi
    base=$(find_python)
    if [ -z "$base" ]; then
        packages python3 python3-venv
        base=$(find_python)
    fi
    [ -n "$base" ] || stop "Python 3.11, 3.12 or 3.13 is needed. Name it with PYTHON=/path/to/python3."
    "$base" -c 'import ensurepip, venv' 2>/dev/null || packages python3-venv
    echo "Making the Python environment in $venv …"
    "$base" -m venv --clear $venv || stop "the Python environment could not be made. Is there room on the disk of $(pwd)?"
    $python -m pip install -qq --disable-pip-version-check --require-hashes --only-binary :all: --no-deps -r requirements-uv.txt ||
        stop "the installer could not be fetched. Is the network there? Run the same command again."
}

# What was installed is written down last, so an interrupted set-up is taken up again.
libraries() {
    list=requirements.txt
    if [ "$part" = dev ] || [ -f $venv/has-dev ]; then
        list=requirements-dev.txt
    fi
    now=$(cat $list $venv/pyvenv.cfg | cksum)
    if [ "$(cat $venv/has-packages 2>/dev/null || true)" != "$now" ]; then
        rm -f $venv/has-packages
        echo "Installing Python packages …"
        $venv/bin/uv pip sync --quiet --python $python --require-hashes --no-build $list ||
            stop "the Python packages could not be installed. Is the network there, and 1 GB of room? Run the same command again."
        [ $list = requirements.txt ] || : >$venv/has-dev
        echo "$now" >$venv/has-packages
    fi
}

# `.venv/bin/niangjia`, wherever this folder is moved to.
command_line() {
    cat >$venv/bin/niangjia.new <<'END'
#!/bin/sh
home=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
PYTHONPATH="$home${PYTHONPATH:+:$PYTHONPATH}" exec "$home/.venv/bin/python" -m niangjia.config.cli "$@"
END
    chmod +x $venv/bin/niangjia.new
    mv $venv/bin/niangjia.new $venv/bin/niangjia
}

case $part in
run | dev)
    ( : >.writable ) 2>/dev/null && rm -f .writable || stop "$(pwd) cannot be written. Copy it to a folder of your own, or free some room."
    environment
    libraries
    [ -x $venv/bin/niangjia ] || command_line
    $python -m tools.front
    $python -m tools.languages compile
    ;;
browser)
    if ! command -v dpkg-query >/dev/null; then
        for program in chromium-headless-shell soffice pdftoppm; do
            command -v $program >/dev/null || stop "please install $program (and Chinese fonts, and pango) by this system's own means."
        done
        exit 0
    fi
    wanted=$(missing chromium-headless-shell fonts-noto-cjk libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils)
    # shellcheck disable=SC2086
    [ -z "$wanted" ] || packages $wanted
    ;;
*)
    stop "say run, dev or browser."
    ;;
esac
