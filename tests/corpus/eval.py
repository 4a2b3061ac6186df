"""Prints how well the corpus is read: python -m tests.corpus.eval."""

import argparse
import sys
from collections.abc import Iterable

from tests.corpus import another_city
from tests.corpus.frames import SPLITS
from tests.corpus.misread import misread
from tests.corpus.reads import reads
from tests.corpus.report import COLUMNS, report
from tests.corpus.tally import of_split

parser = argparse.ArgumentParser(prog="make eval", description=__doc__)
parser.add_argument("--split", choices=COLUMNS, help="one split instead of all side by side")
parser.add_argument("--misread", choices=SPLITS, help="the misread lines of a split, by intent")
parser.add_argument("--source", default="", help="only lines of files whose name starts so")
parser.add_argument("--open-test", action="store_true", help="show what the test lines say: then they test no more")


def main() -> None:
    """Print the report, or the misread lines."""
    options = parser.parse_args()
    chosen = [read for read in reads() if read.line.source.startswith(options.source)]
    if options.misread:
        texts = options.misread != "test" or options.open_test
        _print(misread(of_split(chosen, options.misread), texts=texts))
    else:
        _print(report(chosen, another_city.reads(), (options.split,) if options.split else COLUMNS))


def _print(lines: Iterable[str]) -> None:
    sys.stdout.writelines(line + "\n" for line in lines)


if __name__ == "__main__":
    main()
