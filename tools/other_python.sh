#!/bin/sh
# The suite under another Python, in an environment of its own beside the usual one: tools/other_python.sh python3.13
set -eu
cd "$(dirname "$0")/.."
home=var/$1
[ -x "$home/bin/python" ] || "$1" -m venv "$home"
"$home/bin/python" -m pip install --quiet --require-hashes -r requirements-uv.txt
"$home/bin/uv" pip sync --quiet --python "$home/bin/python" --require-hashes --no-build requirements-dev.txt
exec "$home/bin/python" -m pytest -n "$(nproc)" --dist loadgroup --no-loadscope-reorder -m "not browser" niangjia tests
