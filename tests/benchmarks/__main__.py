"""`python -m tests.benchmarks [NAME…]`: runs all benchmarks or some; fails only when one cannot run."""

import sys
import time
import traceback

from tests.benchmarks.registry import Benchmark, Figure, load


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; return the exit code."""
    known = load()
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.stderr.write(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(known)}\n")
        return 2
    broken = [name for name in names or known if not _run(name, known[name])]
    return 1 if broken else 0


def _run(name: str, run: Benchmark) -> bool:
    """Print what a benchmark measures as it comes; tell whether it could run."""
    began = time.monotonic()
    _say(f"\n{name}: {(run.__doc__ or '').splitlines()[0]}")
    try:
        for shown in run():
            _say(shown.line() if isinstance(shown, Figure) else f"  {shown}")
    except Exception:  # noqa: BLE001 - one that cannot run must not hide the others
        traceback.print_exc()
        return False
    _say(f"  ({time.monotonic() - began:.0f} s)")
    return True


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
