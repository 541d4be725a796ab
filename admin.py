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
exec "${here:-/}/.venv/bin/python" "$me" "$@"
# The shell never comes here."""  # noqa: D205, D209
# ruff: noqa: EXE003 - the shell starts this file and hands it to the project's Python

if __name__ == "__main__":
    import gc

    # A short life of many imports: collecting after every few hundred objects would take a tenth of it.
    gc.set_threshold(100_000)

    from commands.main import main

    main()
