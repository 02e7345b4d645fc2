"""Time is linear: twice the story takes at most a little more than twice the time, whatever its shape."""

from __future__ import annotations

import gc
import time

import pytest

from converter.build.pipeline import examined, understand
from converter.build.settings import Settings
from converter.document.contracts import Source
from tests.growth.shapes import SHAPES, Shape

TWICE = 2.4  # times as long at most for twice as much
ENOUGH = 10_000_000  # nanoseconds of processor time: what takes less is made longer until it tells something
MOST = 6_000_000  # characters; shapes that take next to nothing are looked at no further
ROUNDS = (1, 2, 4)  # measurements of which the least counts; each round has twice the text of the last


@pytest.fixture(scope="module", autouse=True)
def _only_its_own_waste() -> None:
    """What was there before is not looked through by every collection of waste."""
    gc.collect()
    gc.freeze()


def _cost(shape: Shape, size: int, times: int = 1) -> int:
    source = Source(f"story{shape.suffix}", shape.make(size).encode("utf-8"), shape.suffix)
    least = 1 << 62
    for _ in range(times):
        gc.collect()
        gc.disable()
        before = time.process_time_ns()
        examined(understand([source], Settings()))
        least = min(least, time.process_time_ns() - before)
        gc.enable()
    return least


@pytest.mark.parametrize("name", SHAPES)
def test_twice_the_text_takes_twice_the_time(name: str) -> None:
    shape = SHAPES[name]
    size = shape.start
    _cost(shape, min(size, 100))  # what is read and compiled once
    gc.freeze()  # nor is that looked through before each measurement
    small = _cost(shape, size)
    while small < ENOUGH and len(shape.make(2 * size)) < MOST:
        size *= max(2, min(16, round(1.3 * ENOUGH / small)))
        small = _cost(shape, size)
    told = []
    for times in ROUNDS:
        small = small if times == ROUNDS[0] else _cost(shape, size, times)  # the first is known already
        large = _cost(shape, 2 * size, times)
        told.append(f"{size}: {small / 1e9:.3f} s, {2 * size}: {large / 1e9:.3f} s")
        if large <= TWICE * small:
            return
        size *= 2
    pytest.fail("; ".join(told))
