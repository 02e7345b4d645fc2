"""Strings that are hard for a regular expression: made of its own parts, repeated, with an end that does not fit.

What parts a pattern has is read from its source by the small reader below; which characters a class holds is asked of
the class itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from random import Random
from typing import NamedTuple

COMMON = "a1 _-.A\n\"I/,'*<>[](){}:;=!?#@|~+é“”’—…\u00a0漢あIVx0\t"
TAILS = ("", "\x01", "!", "a", " ", "\n")
SAMPLES = 4  # characters of a class
WORDS = 6  # of a part that is repeated
SIGNS = 6  # characters that stand in many places of a pattern: there it has to choose
ROUNDS = 3  # ways through a pattern
MOST = 130  # attacks on one pattern


class Attack(NamedTuple):
    """A string of any length: `head + pump * n + tail`."""

    head: str
    pump: str
    tail: str

    def sized(self, size: int) -> str:
        """So many pumps that they have about `size` characters."""
        return self.head + self.pump * max(1, size // len(self.pump)) + self.tail

    def cut(self, size: int) -> str:
        """The first `size` characters before the tail."""
        return (self.head + self.pump * size)[:size] + self.tail


class Chars(NamedTuple):
    samples: tuple[str, ...]


class Ref(NamedTuple):
    group: str


class Node(NamedTuple):
    """`kind` is seq, alt, look or repeat."""

    kind: str
    parts: tuple[Part, ...]
    least: int = 1
    most: int = 1
    group: str = ""


Part = Chars | Ref | Node
ENDLESS = 1 << 30
NOWHERE = Chars(("",))
EVERYTHING = "".join(map(chr, range(0x10000)))


@cache
def _held(atom: str, flags: int) -> Callable[[str], bool]:
    """Whether a character is held by a class; each is asked of it once."""
    held = re.compile(atom, flags).fullmatch
    return cache(lambda c: held(c) is not None)


@cache
def _first(atom: str, flags: int) -> str:
    """The first character of all that a class holds, or none."""
    found = re.compile(atom, flags).search(EVERYTHING)
    return found[0] if found else ""


@cache
def _token(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.S)  # asked two million times: `re` would look for it among what it has compiled


class _Reader:
    def __init__(self, source: str, flags: int, often: Counter[str] | None = None) -> None:
        self.source, self.flags, self.at, self.groups = source, flags, 0, 0
        self.often, self.seen = often or Counter(), Counter[str]()
        self.literals = "".join(dict.fromkeys(re.sub(r"\\.|[\[\](){}|*+?^$]", "", source)))[:40]

    def peek(self, text: str) -> bool:
        return self.source.startswith(text, self.at)

    def take(self, pattern: str) -> str:
        found = _token(pattern).match(self.source, self.at)
        if not found:
            return ""
        self.at = found.end()
        return found[0]

    def chars(self, atom: str) -> Chars:
        flags = self.flags & ~re.VERBOSE
        order = dict.fromkeys((*self.literals, *COMMON) if atom[0] == "[" else COMMON)
        samples = list(filter(_held(atom, flags), order))
        if not samples:
            samples = list(_first(atom, flags))
        self.seen.update(samples)
        return Chars(tuple(sorted(samples, key=lambda c: -self.often[c])))

    def alternatives(self) -> Part:
        options = [self.sequence()]
        while self.peek("|"):
            self.at += 1
            options.append(self.sequence())
        return options[0] if len(options) == 1 else Node("alt", tuple(options))

    def sequence(self) -> Part:
        parts: list[Part] = []
        while self.at < len(self.source) and not self.peek("|") and not self.peek(")"):
            if self.flags & re.VERBOSE and self.take(r"\s+|#[^\n]*"):
                continue
            part = self.atom()
            while True:
                if sign := self.take(r"[*+?][?+]?"):
                    part = Node("repeat", (part,), int(sign[0] == "+"), 1 if sign[0] == "?" else ENDLESS)
                elif found := self.take(r"\{\d*,?\d*\}[?+]?"):
                    least, _, most = found.strip("?+")[1:-1].partition(",")
                    top = most if "," in found else least
                    part = Node("repeat", (part,), int(least or 0), int(top or ENDLESS))
                else:
                    break
            parts.append(part)
        return Node("seq", tuple(parts))

    def atom(self) -> Part:
        if self.peek("("):
            return self.bracketed()
        if self.peek("["):
            return self.chars(self.take(r"\[\^?\]?(?:\\.|[^\]\\])*\]"))
        if self.take(r"\^|\$|\\[bBAZ]"):
            return NOWHERE
        if self.take(r"\."):
            return self.chars(".")
        if found := self.take(r"\\[1-9]\d?"):
            return Ref(found[1:])
        if found := self.take(r"\\(?:x..|u....|U.{8}|[0-7]{3}|.)"):
            return self.chars(found)
        sign = self.source[self.at]
        self.at += 1
        self.seen[sign] += 1
        return Chars((sign,))

    def bracketed(self) -> Part:
        opening = self.take(r"\((?:\?(?:P<\w+>|P=\w+|<?[=!]|>|[a-zA-Z]*(?:-[a-zA-Z]+)?[:)]|\(\w+\)|#[^)]*))?")
        if opening.startswith("(?P="):
            self.at += 1
            return Ref(opening[4:])
        if opening.endswith(")") and not opening.startswith("(?("):
            return NOWHERE
        name = ""
        if opening == "(" or opening.startswith("(?P<"):
            self.groups += 1
            name = str(self.groups)
        inner = self.alternatives()
        self.at += 1
        if opening in ("(?=", "(?!", "(?<=", "(?<!"):
            return Node("look", (inner,))
        return Node("seq", (inner,), group=name)


def read(source: str, flags: int) -> Part:
    """The parts of a pattern. The characters that most of them hold are the first samples of each: there it has to
    choose."""
    first = _Reader(source, flags)
    first.alternatives()
    return _Reader(source, flags, first.seen).alternatives()


def word(part: Part, dice: Random, groups: dict[str, str]) -> str:
    """A string that the part could match, what it looks at aside."""
    match part:
        case Chars(samples):
            return samples[0] if dice.random() < 0.5 else dice.choice(samples[:SAMPLES])
        case Ref(group):
            return groups.get(group, "")
        case Node("look"):
            return ""
        case Node("alt", parts):
            return word(dice.choice(parts), dice, groups)
        case Node("repeat", (inner,), least, most):
            times = min(max(least, int(most > 0 and dice.random() < 0.6)), 40)
            return "".join(word(inner, dice, groups) for _ in range(times))
        case Node(_, parts, _, _, group):
            text = "".join(word(p, dice, groups) for p in parts)
            if group:
                groups[group] = text
            return text


def _repeats(part: Part, before: str, dice: Random, groups: dict[str, str]) -> Iterator[tuple[str, Part]]:
    """Each repeated part with a string that leads to it."""
    match part:
        case Node("repeat", (inner,), _, most):
            if most > 1:
                yield before, inner
            yield from _repeats(inner, before, dice, groups)
        case Node("alt", parts):
            for option in parts:
                yield from _repeats(option, before, dice, groups)
        case Node(_, parts):
            for inner in parts:
                yield from _repeats(inner, before, dice, groups)
                before += word(inner, dice, groups)


def _leaning(part: Part, sign: str) -> str:
    """The string that has this character wherever it may, and otherwise the first choice."""
    match part:
        case Chars(samples):
            return sign if sign in samples else samples[0]
        case Ref() | Node("look"):
            return ""
        case Node("alt", parts):
            return _leaning(parts[0], sign)
        case Node("repeat", (inner,), least, _):
            return _leaning(inner, sign) * max(1, min(least, 40))
        case Node(_, parts):
            return "".join(_leaning(p, sign) for p in parts)


def _often(part: Part) -> Counter[str]:
    """In how many places of a pattern each character may stand."""
    if isinstance(part, Chars):
        return Counter(part.samples)
    return sum(map(_often, part.parts), Counter[str]()) if isinstance(part, Node) else Counter()


def _pumps(part: Part, dice: Random, signs: Sequence[str]) -> list[str]:
    if isinstance(part, Node) and part.kind == "seq" and len(part.parts) == 1:
        return _pumps(part.parts[0], dice, signs)
    if isinstance(part, Chars):
        return list(part.samples[:SAMPLES])
    words = list(dict.fromkeys(word(part, dice, {}) for _ in range(WORDS)))
    return [*words, words[0] + words[-1], *(_leaning(part, sign) for sign in signs)]


def attacks(source: str, flags: int, dice: Random) -> Sequence[Attack]:
    """Strings that may take a pattern long, at most `MOST` of them."""
    tree = read(source, flags)
    signs = [sign for sign, places in _often(tree).most_common(SIGNS) if places > 1]
    found: dict[Attack, None] = {}
    for _ in range(ROUNDS):
        for before, inner in _repeats(tree, "", dice, {}):
            for pump in filter(None, dict.fromkeys(_pumps(inner, dice, signs))):
                again = before + pump  # where it may begin, it begins again
                for tail in TAILS[:2] if before else ():
                    found[Attack("", again, tail)] = None
                for head in (before, "", before[-1:]):
                    for tail in TAILS[:2] if head else TAILS:
                        found[Attack(head, pump, tail)] = None
    whole: dict[Attack, None] = {}
    for _ in range(6):
        text = word(tree, dice, {})
        for end in {1, 2, len(text) // 2, len(text) - 1, len(text)}:
            if 0 < end <= len(text):
                whole |= {Attack("", text[:end], tail): None for tail in TAILS[:2]}
    many = list(found)
    room = MOST - min(len(whole), MOST // 3)
    return [*(dice.sample(many, room) if len(many) > room else many), *list(whole)[: MOST // 3]]
