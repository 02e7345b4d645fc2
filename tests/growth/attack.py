"""Attacks every pattern of the program and tells which take longer than their text is long. Run in a process of its own.

The first line says what was found. A line is printed before a pattern is attacked and one for each that is found: where the printing stops, a pattern hangs.
"""

from __future__ import annotations

import gc
import json
import re
import sys
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from random import Random
from typing import Any

from tests.growth.found import Found, find
from tests.growth.made import made
from tests.growth.pumps import Attack, attacks

STEPS = (*range(4, 40, 3), 50, 60, 75, 90, 110, 135, 165)  # characters: what explodes is seen before it hangs
EXPLODES = 6.0  # times as long as BACK steps before
BACK = 2
TOO_SHORT = 40_000  # nanoseconds that say nothing yet
LEAST = 300  # nanoseconds: no search is said to take less
SIZES = (100, 400, 1600)  # characters; the next is looked at where these are not enough
TIMES = 4
LINEAR = 2.0  # times TIMES: less for what is linear, 4 for what is quadratic
SQUARE = 6.0  # times as long for twice the text: what sees short texts only may be quadratic, not worse
AGAIN = 5  # measurements, of which the least counts
SURE = 20_000_000  # nanoseconds that no disturbance makes: they need no second measurement

clock = time.thread_time_ns
Ask = Callable[[str], Any]


def _asks(pattern: re.Pattern[Any], way: str) -> Ask:
    ask = getattr(pattern, way)
    if way in ("sub", "subn"):
        return lambda text: ask("", text)
    if way == "finditer":
        return lambda text: sum(1 for _ in ask(text))
    return ask


def _cost(ask: Ask, text: Any, times: int = 1) -> int:
    least = 1 << 62
    for _ in range(times):
        before = clock()
        ask(text)
        least = min(least, clock() - before)
    return max(least, LEAST)


def _ratio(ask: Ask, small: Any, large: Any, allowed: float) -> float:
    """How many times as long the large text takes; measured again while it is too much."""
    cost = _cost(ask, large)
    ratio = cost / _cost(ask, small)
    for times in (3, AGAIN, 2 * AGAIN):
        if ratio <= allowed or cost > SURE:
            break
        cost = _cost(ask, large, times)
        ratio = cost / _cost(ask, small, times)
    return ratio


def _grows(ask: Ask, attack: Attack, within: int | None, encode: Callable[[str], Any]) -> str:
    asked = [encode(attack.cut(1))]
    costs = [_cost(ask, asked[0], 2)]  # the first time it is compiled
    for size in STEPS:
        asked.append(encode(attack.cut(size)))
        before = clock()
        ask(asked[-1])
        costs.append(max(clock() - before, LEAST))
        if costs[-1] <= TOO_SHORT:
            continue
        before = max(range(max(1, len(costs) - BACK)), key=costs.__getitem__)
        if costs[-1] > EXPLODES * costs[before]:
            ratio = _ratio(ask, asked[before], asked[-1], EXPLODES)
            if ratio > EXPLODES and (costs[-1] > SURE or _cost(ask, asked[-1], AGAIN) > TOO_SHORT):
                return f"exponential: {ratio:.0f} times as long at {size} characters"
    if within is not None:
        small, large = encode(attack.sized(within // 2)[-within // 2 :]), encode(attack.sized(within)[-within:])
        ratio = _ratio(ask, small, large, SQUARE)
        return f"{ratio:.0f} times as long for twice the text within {within} characters" if ratio > SQUARE else ""
    for size in SIZES:
        small, large = encode(attack.sized(size)), encode(attack.sized(TIMES * size))
        ratio = _ratio(ask, small, large, LINEAR * TIMES)
        if ratio <= LINEAR * TIMES:
            if size > SIZES[0]:
                return ""
        elif size == SIZES[-1] or _cost(ask, large) > SURE:  # what reaches no further than so many signs is linear
            return f"{ratio:.0f} times as long for {TIMES} times the text"
    return ""


@lru_cache(maxsize=1)
def _attacks(text: str, flags: int) -> Sequence[Attack]:
    """The same for each way in which a pattern is asked."""
    return attacks(text, flags, Random(7))


def judge(found: Found) -> dict[str, str] | None:
    """The first attack under which a pattern takes too long, or None."""
    source, flags = found.pattern.pattern, found.pattern.flags
    raw = isinstance(source, bytes)
    encode: Callable[[str], Any] = (lambda t: t.encode("latin-1", "replace")) if raw else (lambda t: t)
    within = getattr(found.pattern, "within", None)
    for way in found.ways:
        ask = _asks(found.pattern, way)
        if raw and way in ("sub", "subn"):
            ask = lambda text, sub=found.pattern.sub: sub(b"", text)  # noqa: E731
        text = source.decode("latin-1") if raw else source
        for attack in _attacks(text, flags & ~re.UNICODE if raw else flags):
            if grows := _grows(ask, attack, within, encode):
                return {
                    "place": found.place,
                    "pattern": text[:200],
                    "way": way,
                    "attack": repr(tuple(attack)),
                    "grows": grows,
                }
    return None


def main() -> None:
    gc.disable()  # to look through all that is loaded takes as long as what is SURE to be slow
    part = sys.argv[1] if len(sys.argv) > 1 else ""
    functions = [Found(place, pattern, (way,)) for place, held in made().items() for way, pattern in held]
    standing, unknown = find()
    bare = [f.place for f in standing if "(?#" in str(f.pattern.pattern)]
    print(json.dumps({"found": [f.place for f in standing], "bare": bare, "unknown": unknown}), flush=True)
    seen: set[tuple[Any, ...]] = set()
    for found in (*standing, *functions):
        asked = (found.pattern.pattern, found.pattern.flags, getattr(found.pattern, "within", None), found.ways)
        if part in found.place and asked not in seen:
            seen.add(asked)
            print(json.dumps({"at": found.place, "pattern": str(found.pattern.pattern)[:200]}), flush=True)
            if judge(found) and (told := judge(found)):  # a busy machine doesn't slow the same pattern down twice
                print(json.dumps(told), flush=True)
    print(json.dumps({"done": True}), flush=True)


if __name__ == "__main__":
    main()
