"""A project said by its firm and a part of its own name: 沐凯镜头模组 for 沐凯电子光学镜头模组项目."""

from bot.names.words import NameWords

CHUNK = 2  # characters that must stand together in both
LONGEST = 8
TELLING = 3  # fewer characters tell a project only where they, or a word for a project, end its name


def part_of(name: str, said: str, rest: str, words: NameWords) -> int:
    """Return how many characters after a firm `said` are parts, in order, of a project's folded name; or none."""
    _, found, own = name.partition(said)
    tail = next((tail for tail in words.project_tails if own.endswith(tail)), "")
    product = own.removesuffix(tail)
    if not found or len(product) < CHUNK:
        return 0
    size, reached = _chunks(product, rest)
    ends = (tail, words.project_word, *words.premises)
    end = next((len(end) for end in ends if end and rest.startswith(end, size)), 0) if size else 0
    return size + end if end or reached == len(product) or size >= TELLING else 0


def _chunks(product: str, rest: str) -> tuple[int, int]:
    """Return how far chunks of a text run that stand in a product in the same order, and how far into it they reach."""
    size = reached = 0
    while chunk := _longest(product, reached, rest[size : size + LONGEST]):
        reached = product.index(chunk, reached) + len(chunk)
        size += len(chunk)
    return size, reached


def _longest(product: str, start: int, rest: str) -> str:
    for length in range(len(rest), CHUNK - 1, -1):
        if product.find(rest[:length], start) >= 0:
            return rest[:length]
    return ""
