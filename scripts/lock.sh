#!/bin/sh
# Write the lock files anew: every package of every platform and Python from 3.11 on, with hashes;
# lowest.lock and mimic.lock from 3.10 on, the oldest Python of an emitted folder.
#
#   lock.sh [--upgrade]
#
# Without --upgrade a pin stays as it is while pyproject.toml still allows it. No address of a
# package index is written, so each machine takes the files from wherever it is set up to.
set -eu
cd "$(dirname "$0")/.."

uv=${UV:-uv}
oldest=3.11

lock() { # output, then what to lock and further options
    output=requirements/$1.lock
    shift
    # requires-python: an old Python must not hold back the packages that a newer one gets.
    "$uv" pip compile --quiet --universal --python-version "$oldest" --fork-strategy requires-python \
        --generate-hashes --no-header --no-emit-index-url --annotation-style line \
        --custom-compile-command "make lock" --output-file "$output" "$@"
    echo "$output: $(grep -c '^[a-z]' "$output") pins"
}

lock build requirements/build.in "$@"
lock core pyproject.toml --constraints requirements/build.lock "$@"
lock dev pyproject.toml --extra notebook --group dev --constraints requirements/core.lock \
    --constraints requirements/build.lock "$@"
# The full MLflow brings what a database and a server of it need, and older packages with it.
lock clients pyproject.toml requirements/clients.in --extra azure --extra azure-v1 --extra mlflow "$@"
lock bench pyproject.toml requirements/bench.in --constraints requirements/core.lock \
    --constraints requirements/build.lock "$@"
oldest=3.10
lock lowest requirements/lowest.in --resolution lowest-direct "$@"
lock mimic requirements/mimic.in "$@"
