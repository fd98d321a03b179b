#!/bin/sh
# Print the first interpreter that works, of the versions asked for, in their order.
#
#   find_python.sh [--with MODULE] 3.13 3.12 3.11
#
# A name on PATH proves nothing: pyenv leaves a python3.13 shim there that fails unless that
# version is switched on. So each candidate is run before it is believed.
set -eu

module=sys
if [ "${1:-}" = "--with" ]; then
    module=$2
    shift 2
fi

works() { # interpreter version
    "$1" -c "import sys, $module; sys.exit('%d.%d' % sys.version_info[:2] != '$2')" >/dev/null 2>&1
}

pyenv_root=${PYENV_ROOT:-$(pyenv root 2>/dev/null || echo "$HOME/.pyenv")}

for version in "$@"; do
    for candidate in "python$version" "$pyenv_root/versions/$version".*/bin/python python3 python; do
        if works "$candidate" "$version"; then
            # A shim may answer otherwise in another folder; the interpreter's own path does not.
            "$candidate" -c 'import sys; print(sys.executable)'
            exit 0
        fi
    done
done

echo "No working Python of $* found, neither on PATH nor under $pyenv_root/versions." >&2
exit 1
