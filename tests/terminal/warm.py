"""Runs `zhaoshang` many times without loading it anew: a clean process that forks for each command.

python -m tests.terminal.warm; each line on stdin says the arguments, the folder, the environment and the three files
that are the streams, each line on stdout is the exit code.
"""

import json
import os
import sys
from collections.abc import Mapping
from typing import Any

from bot.cli import main


def serve() -> None:
    """Run a command for each line until the input ends."""
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(request)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - the answer


def _become(request: Mapping[str, Any]) -> None:
    """Turn this process into the command."""
    code = 0
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.argv = ["zhaoshang", *request["arguments"]]
    streams = [os.open(request["stdin"], os.O_RDONLY)]
    streams += [os.open(request[name], os.O_WRONLY | os.O_CREAT) for name in ("stdout", "stderr")]
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    sys.stdin = os.fdopen(0, encoding="utf-8")
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8") for number in (1, 2))
    try:
        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    serve()
