"""Runs commands of the command line one after the other in this process: a line of arguments each, from stdin."""

import gc
import shlex
import sys

from integrator.cli import main

for line in sys.stdin.read().splitlines():
    sys.argv = ["integrator", *shlex.split(line)]
    code = 0
    try:
        main()
    except SystemExit as stop:
        code = stop.code or 0
    gc.collect()
    print(f"exit {code}: {line}", file=sys.stderr, flush=True)
