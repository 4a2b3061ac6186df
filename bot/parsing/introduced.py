"""Whether the words around a stretch of unknown ones make it a firm: 拜访了…, 企业:…, …的李总."""

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.names.book import NameBook
from bot.parsing.lexicon import Lexicon
from bot.parsing.tokens import Token

BUILDING = frozenset(("industry", "place", "enterprise"))
_INTRODUCING = frozenset(("visit", "receive", "visit_plan"))
_JOINING = frozenset(("with", "call", "talk", "go", "let", "transfer", "source_word"))
_MEETING = frozenset(("call", "talk", "visit"))
_FOLLOWING = frozenset(
    ("receive", "want_invest", "party", "owner", "conflict", "history", "contacts_word", "lead_word", "last_record")
)
_CALLING = frozenset(("call", "receive"))
PAIR = 2
_SIZE = re.compile(r"\d+(?:[gmkt]wh?|kva?|[kmgt]?bps|[munk]m|[kmg]?pa|mah|kg|t)")  # 5gwh is no part of a name
NEAR = 6
COMING = 7  # words after a firm in which its people are said to come
_KEPT = 2048  # words


class Introduced:
    """Knows what stands beside firms' names."""

    def __init__(self, lexicon: Lexicon, book: NameBook) -> None:
        self._lexicon, self._book = lexicon, book
        self._marks = frozenset((*lexicon.roles["separators"], *lexicon.roles["trade_shapes"]["marks"]))
        self._generics = frozenset((*lexicon.legal, *lexicon.bodies, *lexicon.trades, *lexicon.roles["firm_goods"]))
        self._particles = frozenset(lexicon.roles["particles"])
        self._fits = lru_cache(_KEPT)(self._fitting)
        self._investing = tuple(lexicon.roles["investing_tails"])
        self._lists = frozenset(lexicon.roles["list_marks"]).difference(lexicon.roles["separators"])

    def builds(self, token: Token) -> bool:
        """Tell whether a word may be part of a firm's name."""
        return self._fits(token.text) if token.spot is None else token.entity in BUILDING

    def building(self, tokens: Sequence[Token]) -> bytes:
        """Return for each word, a byte each, whether it may be part of a firm's name."""
        fits = self._fits
        return bytes([fits(token.text) if token.spot is None else token.entity in BUILDING for token in tokens])

    def _fitting(self, word: str) -> bool:
        if word in self._generics or word in self._lexicon.soft:
            return True
        return word not in self._lexicon.stops and word.isalnum() and _SIZE.fullmatch(word) is None

    def generic(self, word: str) -> bool:
        """Tell whether a word ends firms' names and is none by itself."""
        return word in self._generics

    def introduce(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Tell whether the words around make a stretch of unknown ones a firm."""
        before = self.neighbour(tokens, start - 1, -1)
        after = self.neighbour(tokens, end, 1)
        left = frozenset(before.concepts) if before else frozenset()
        right = frozenset(after.concepts) if after else frozenset()
        listed = after is not None and after.text in self._lists
        if listed and end + 1 < len(tokens) and tokens[end + 1].entity == "enterprise":
            return True
        called = before is not None and before.text in self._lexicon.roles["called"]
        person = after is not None and (after.entity == "contact" or "guests" in after.concepts)
        if called and (person or self._of_project(tokens, start - 1)):
            return False  # 一个叫张伟的老板, 新项目叫智慧港
        wanting = "want" in right and (start == 0 or tokens[start - 1].text in self._marks)
        said = "".join(token.text for token in tokens[end : end + PAIR])
        wanting = wanting or said.startswith(self._investing)  # 深圳睿达航空投的
        told = wanting or called or bool(left & _INTRODUCING or right & _FOLLOWING)
        if told or (after and after.entity == "contact") or (left & _JOINING and right & _MEETING):
            return True
        if (
            self._people_come(tokens, start, end)
            or self._clause_of_lead(tokens, start, end)
            or self._own_clause(tokens, start, end)
        ):
            return True
        if self._labelled(tokens, start):
            return True
        calling = before is not None and before.text in self._lexicon.roles["calling_up"]
        # 推荐了浙江华锐
        return calling or ("source_word" in left and tokens[start].entity == "place") or self._goes_on(tokens, start)

    def _people_come(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Tell whether someone's people come, or are met: 翎海游艇的人要过来考察."""
        roles = self._lexicon.roles
        of = end + 1 < len(tokens) and tokens[end].text == roles["attributive"]
        if not of or not tokens[end + 1].text.startswith(roles["their_people"]):
            return False
        after = tokens[end + 2 : end + COMING]
        comes = any("receive" in token.concepts or token.text in roles["comes"] for token in after)
        before = tokens[start - 1] if start else None
        met = before is not None and (_JOINING | _MEETING).intersection(before.concepts)
        return comes or bool(met)

    def _labelled(self, tokens: Sequence[Token], start: int) -> bool:
        """Tell whether a form names a firm here: 企业:华锐."""
        marked = start > 1 and tokens[start - 1].text in self._lexicon.roles["field_marks"]
        return marked and tokens[start - 2].text in self._lexicon.roles["firm_labels"]

    def _goes_on(self, tokens: Sequence[Token], start: int) -> bool:
        """Tell whether a list of firms goes on here."""
        before = self.neighbour(tokens, start - 1, -1)
        if before is None or before.text not in self._lists or start < PAIR:
            return False
        return tokens[start - 2].entity == "enterprise" or self._listed(tokens, start - 2)

    def _of_project(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether a name is told of a project."""
        before = tokens[index - 1].text if index > 0 else ""
        return before.endswith((self._book.words.project_word, *self._lexicon.roles["name_tails"]))

    def _clause_of_lead(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Tell whether a whole clause after the word for a lead can only be the firm: 登记线索:华锐,想投3亿."""
        before, after = tokens[start - 1] if start else None, tokens[end] if end < len(tokens) else None
        if before is None or before.text not in self._marks or (after is not None and after.text not in self._marks):
            return False
        lead = next((index for index in range(start) if "lead_word" in tokens[index].concepts), start)
        between = tokens[lead + 1 : start]
        named = any(token.entity in ("enterprise", "project") or self.generic(token.text) for token in between)
        return lead < start and not named and tokens[start].entity != "industry"

    def _listed(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether a list that started with a firm is still going on."""
        while index > 0 and self.builds(tokens[index]):
            index -= 1
        return bool(_INTRODUCING.intersection(tokens[index].concepts))

    def neighbour(self, tokens: Sequence[Token], index: int, step: int) -> Token | None:
        """Return the next word that is no particle: 拜访了, 拜访一下."""
        while 0 <= index < len(tokens) and self._passed(tokens[index]):
            index += step
        return tokens[index] if 0 <= index < len(tokens) else None

    def _passed(self, token: Token) -> bool:
        often = token.entity == "count" and token.text.endswith(self._lexicon.roles["time_units"])
        return often or token.text in self._particles or "currently" in token.concepts

    def _own_clause(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Tell whether a clause is only whose call or visit it was: 接了个电话,海澜之家的,问用地."""
        of = end < len(tokens) and tokens[end].text == self._lexicon.roles["attributive"]
        if not of or (start and tokens[start - 1].text not in self._marks):
            return False
        after = tokens[end + 1] if end + 1 < len(tokens) else None
        if after is None or after.text in self._marks:
            return any(_CALLING.intersection(token.concepts) for token in tokens[max(0, start - NEAR) : start])
        return bool(_CALLING.intersection(after.concepts))
