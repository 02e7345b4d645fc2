"""Brackets of a text: where each pair is closed."""

from __future__ import annotations

from converter.document.patterns import regex


def partners(text: str, opens: str, closes: str) -> dict[int, int]:
    """Where each pair of brackets is closed."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    at = min((k for k in (text.find(opens), text.find(closes)) if k >= 0), default=-1)
    while 0 <= at < len(text) - 1:
        if text.startswith(opens, at):
            opened.append(at)
        elif opened:
            partners[opened.pop()] = at
        m = BRACKETS.search(text, at + 2)
        while m and m[0] not in (opens, closes):
            m = BRACKETS.search(text, m.end())
        at = m.start() if m else -1
    return partners


BRACKETS = regex(r"\[\[|\]\]|\{\{|\}\}")
