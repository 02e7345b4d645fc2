"""Which tags of a page part words for sure, for the second reader: those of blocks that begin and end in good order.

After the first disorder (an end without its beginning, a row outside a table) only a browser can say what is inside
what; from there on no tag is held to part words, and the comparison asks of the letters alone.
"""

from __future__ import annotations

from itertools import islice

BORDER, HARD = "\x01", "\x03"  # a tag that may part words; one that does. No decoded text holds them
BLOCK_TAG_NAMES = (
    "address|article|aside|blockquote|br|center|dd|div|dl|dt|fieldset|figcaption|figure|footer|h[1-6]|header|hr|"
    "li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
_EMPTY = frozenset(["br", "hr"])
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_GROUPS, _CELLS = frozenset("tbody tfoot thead".split()), frozenset("td th".split())
_PARENTS = {  # of the parts of a table
    **dict.fromkeys(_CELLS, frozenset(["tr"])),
    **dict.fromkeys((*_GROUPS, "caption"), frozenset(["table"])),
    "tr": _GROUPS | {"table"},
}
_ROWED = _GROUPS | {"table", "tr"}  # what only parts of a table may stand right below
_BLOCKS = frozenset(BLOCK_TAG_NAMES.replace("h[1-6]", "|".join(sorted(_HEADINGS))).split("|")) | _PARENTS.keys()
_ITEMS = {"li": frozenset(["li"]), "dd": frozenset(["dd", "dt"]), "dt": frozenset(["dd", "dt"])}
_LISTS = frozenset("dl ol ul table".split())
_ENDS = {  # what a beginning ends besides a paragraph
    **_ITEMS,
    **dict.fromkeys(_HEADINGS, _HEADINGS),
    **dict.fromkeys(_CELLS, _CELLS),
    "tr": _CELLS | {"tr", "caption"},
    **dict.fromkeys(_GROUPS, _CELLS | _GROUPS | {"tr", "caption"}),
}
_IMPLIED = frozenset("dd dt li p".split())  # their own end tags may be left out
_IN_TABLES = _IMPLIED | _CELLS | _GROUPS | {"tr"}
_OWN_RULES = frozenset(  # inside them tags are text, or end what they don't name
    "applet button iframe marquee math noembed noframes object plaintext ruby select svg template textarea title xmp"
    .split()
)  # fmt: skip
OPEN_BLOCKS = 50  # open blocks that are looked through for one


class Borders:
    """The blocks that have begun in a page and not ended, tag after tag, as far as their order is plain."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.inside, self.depth = "", 0  # an element with rules of its own, how many of its kind
        self.orderly = True

    def of_tag(self, name: str, ends: bool, empty: bool) -> str:
        """The border that the next tag makes. `empty`: it begins and ends its element at once."""
        if not self.orderly or self._has_own_rules(name, ends, empty) or name not in _BLOCKS:
            return BORDER
        if name in _EMPTY:
            return BORDER if ends and name == "hr" else HARD
        self.orderly = self._end(name) if ends else self._begin(name)
        if empty and self.orderly and not ends:
            self.open.pop()
        return HARD if self.orderly else BORDER

    def _has_own_rules(self, name: str, ends: bool, empty: bool) -> bool:
        """Whether the tag belongs to an element in which these rules don't hold."""
        if name in _OWN_RULES and name == (self.inside or name) and not empty and (self.inside or not ends):
            self.inside = name
            self.depth += -1 if ends else 1
            if not self.depth:
                self.inside = ""
            return True
        return bool(self.inside)

    def _begin(self, name: str) -> bool:
        """Whether a block may begin here; what it ends has ended."""
        ended = _ENDS.get(name, frozenset())
        while self.open and (self.open[-1] == "p" or self.open[-1] in ended):
            if self.open.pop() in _HEADINGS:
                break
        above = self.open[-1] if self.open else ""
        fits = above in _PARENTS[name] if name in _PARENTS else above not in _ROWED
        if name in _ITEMS:
            near = islice(reversed(self.open), OPEN_BLOCKS)
            fits = fits and next((b for b in near if b in _LISTS or b in ended), "") not in ended
        self.open.append(name)
        return fits

    def _end(self, name: str) -> bool:
        """Whether the block that ends has begun, and nothing in it is left open that needs an end of its own."""
        if name == "p":  # without a beginning it is an empty paragraph
            if self.open[-1:] == ["p"]:
                self.open.pop()
            return True
        implied = _IN_TABLES if name in _ROWED else _IMPLIED
        while self.open and self.open[-1] != name and self.open[-1] in implied:
            self.open.pop()
        return bool(self.open) and self.open.pop() == name
