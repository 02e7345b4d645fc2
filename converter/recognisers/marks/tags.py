"""Which tags format: those whose partner is there. `<b> me` is somebody called b, `an [S] rank` a letter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from converter.document.patterns import regex

TAG_SOURCE = (
    r"(?P<tag><(?P<close>/?)(?P<name>i|em|b|strong|u|s|strike|del|sup|sub|small|center|span|font|p|q|cite|br)\b[^<>]{0,200}/?>)"
    r"|(?P<bb>\[(?P<bbclose>/?)(?P<bbname>i|b|u|s|em|sup|sub|center|right|left|justify|indent|quote|font|color|colour|size|url|spoiler|spoilers|hide|inlinespoiler|ispoiler)(?:=[^\[\]]{0,200})?\])"
)
TAG = regex(TAG_SOURCE, re.I)
LEAST_PARAGRAPHS = 3  # that begin with <p>, and a third of all: then it is how the text is set
PARAGRAPHS_A_TAG = 3


def is_markup(tag: str) -> bool:
    """Whether what looks like a tag is one: `<b>`, `<span class=x>`, `[size=3]`; not `<s-rank>`, `<u are here>`."""
    name, _, rest = tag[1:-1].strip("/ ").partition(" ")
    return tag[0] == "[" or (name.isalnum() and (not rest or "=" in rest))


def paired(text: str, across: frozenset[str]) -> frozenset[int]:
    """Where the tags of a text begin that format: with a partner in it, or of a kind that runs over paragraphs."""
    return frozenset(_match(text, across)[0])


def running_tags(texts: Iterable[str]) -> frozenset[str]:
    """The kinds of tags that are opened in one paragraph of a file and closed in another: `<i`, `[center`.

    As many are closed as are opened, or nearly; what is opened once too often is a word.
    """
    opened: Counter[str] = Counter()
    closed: Counter[str] = Counter()
    count = begun = 0
    for text in texts:
        count += 1
        if "<" in text or "[" in text:
            _, opens, closes = _match(text, frozenset())
            opened.update(opens)
            closed.update(closes)
            begun += text[:3].casefold() in ("<p>", "<p ")
    kinds = {k for k in opened if 2 * min(opened[k], closed[k]) >= max(opened[k], closed[k])}
    if begun >= LEAST_PARAGRAPHS and PARAGRAPHS_A_TAG * begun >= count:
        kinds.add("<p")
    return frozenset(kinds)


def _match(text: str, across: frozenset[str]) -> tuple[set[int], list[str], list[str]]:
    """Where tags that format begin, and the kinds of those left open, and of those that close nothing."""
    formats: set[int] = set()
    waiting: dict[str, list[int]] = {}
    stray: list[str] = []
    for m in TAG.finditer(text):
        if not is_markup(m[0]):
            continue
        kind = f"<{m['name'].lower()}" if m["name"] else f"[{m['bbname'].lower()}"
        if kind == "<br" or kind in across:
            formats.add(m.start())
        elif not (m["close"] or m["bbclose"]):
            waiting.setdefault(kind, []).append(m.start())
        elif waiting.get(kind):
            formats.update((waiting[kind].pop(), m.start()))
        else:
            stray.append(kind)
    return formats, [k for k, starts in waiting.items() for _ in starts], stray
