#!/bin/sh
# Make the lock files from pyproject.toml and the requirements-*.in, or, with --check, say whether they are in step.
# Exact versions and hashes for every platform; no address of any registry; nothing younger than seven days when made anew.
set -eu
cd "$(dirname "$0")/.."
uv=.venv/bin/uv
check=${1:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A check resolves with the versions that are locked: it asks whether they still fulfil what is wanted, not what is newest.
compile() {
    out=$1
    shift
    if [ "$check" = --check ]; then
        cp "$out" "$work/$out"
        set -- "$@" --output-file "$work/$out"
    else
        set -- "$@" --upgrade --exclude-newer "7 days" --output-file "$out"
    fi
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-emit-index-url --no-annotate "$@" >/dev/null
    if [ "$check" = --check ] && ! cmp -s "$out" "$work/$out"; then
        echo "$out is not in step with what asks for it. Run: make lock" >&2
        diff "$out" "$work/$out" | head -20 >&2
        exit 1
    fi
}

compile requirements.txt pyproject.toml
compile requirements-dev.txt --constraint requirements.txt pyproject.toml requirements-dev.in
compile requirements-node.txt requirements-node.in
compile requirements-uv.txt requirements-uv.in
if [ "$check" = --check ]; then
    exec .venv/bin/python -m tools.locked
fi
npm install --package-lock-only --silent
