"""Whether a run of unknown words names no firm at all: 让小郭补材料, 区域总部, 三块地."""

import re
from collections.abc import Sequence

from bot.parsing.lexicon import Lexicon
from bot.parsing.tokens import Token

PAIR = 2


class Nameless:
    """Knows runs that only look like names."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._roles = lexicon.roles
        self._legal = frozenset(lexicon.legal)
        self._surnames = lexicon.titles.surnames

    def told_to(self, tokens: Sequence[Token], start: int) -> bool:
        """Tell whether someone called by a surname is told here to do something: 让|小|郭|补材料."""
        if not start or tokens[start - 1].text not in self._roles["letting"]:
            return False
        head = tokens[start : start + 2]
        return len(head) > 1 and head[0].text in self._roles["familiar"] and head[1].text in self._surnames

    def met_at(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Tell whether a run is where they met someone, not whom: 在|香格里拉大酒店|见了铭诚的王总."""
        if not start or tokens[start - 1].text not in self._roles["staying"]:
            return False
        if not "".join([token.text for token in tokens[start:end]]).endswith(self._roles["venue_tails"]):
            return False
        return any(token.entity in ("enterprise", "contact") for token in tokens[end:])

    def run(self, run: Sequence[Token]) -> bool:
        """Tell whether a run only says a kind of seat, counts things, or starts with what is to be done."""
        roles, words = self._roles, "".join([token.text for token in run])
        if len(run) > 1 and run[-1].text in roles["seat_tails"]:
            kind = "".join(token.text for token in run[:-1] if token.entity != "place")
            return not kind or kind in roles["seat_kinds"]
        if words in roles["trade_shapes"]["premises"] or (len(run) == PAIR and run[-1].text in roles["city_tails"]):
            return True
        if words[0] in roles["numeral_heads"] and re.fullmatch(roles["counted_things"], words):
            return True
        if run[0].entity == "enterprise" and len(run) > 1:  # 铭诚上新产线
            return re.fullmatch(roles["builds_on"], words[len(run[0].text) :]) is not None
        if run[0].spot is not None or run[0].text not in roles["verb_heads"]:
            return False
        return run[-1].text not in self._legal and not any(token.entity == "enterprise" for token in run)
