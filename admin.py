#!/bin/sh
""":"
# The shell reads these lines and hands over to the project's own Python, wherever the script is called from and through
# whatever links; Python reads them as the string this file begins with.
me=$0
while [ -h "$me" ]; do
    to=$(readlink "$me")
    case $to in /*) me=$to ;; *) me=$(dirname "$me")/$to ;; esac
done
case $me in */*) here=${me%/*} ;; *) here=. ;; esac
if [ ! -x "${here:-/}/.venv/bin/python" ]; then
    echo "admin.py: there is no .venv here yet; run 'make setup' in the project's folder first." >&2
    echo "admin.py: .venv がまだありません。先にプロジェクトのフォルダーで「make setup」を実行してください。" >&2
    exit 2
fi
exec "${here:-/}/.venv/bin/python" -I -S "$me" "$@"
# The shell never comes here."""  # noqa: D205, D209
# ruff: noqa: EXE003 - the shell starts this file and hands it to the project's Python

if __name__ == "__main__":
    import os
    import sys

    # -I -S: nothing of the environment and no site, which cost a third of an empty Python's start; what runs a command
    # here, where no desk does, brings the site in.
    here = os.path.dirname(os.path.realpath(__file__))  # noqa: PTH120
    sys.path.insert(0, here)

    from counter.client import main

    main(here)
