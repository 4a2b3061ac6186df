"""How a child process talks to the benchmark that started it: lines of JSON on standard output."""

import json
import sys
from typing import Any


def ready() -> None:
    """Say that the work begins."""
    tell({"ready": True})


def tell(said: dict[str, Any]) -> None:
    """Print one line and let it out."""
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()
