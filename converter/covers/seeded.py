"""Seeded random numbers: they depend on a few words alone, and are the same on every machine and in every year."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import shake_256
from typing import TypeVar

T = TypeVar("T")


def number_of(*facts: str) -> int:
    """A number between 0 and 2**64 from some facts, in order."""
    return int.from_bytes(shake_256("\x1f".join(facts).encode()).digest(8), "big")


def pick(choices: Sequence[T], *facts: str) -> T:
    """One of the choices, by the facts."""
    return choices[number_of(*facts) % len(choices)]


class SeededRandom:
    """A row of numbers that starts from a seed. Each call takes the next."""

    def __init__(self, *facts: str) -> None:
        self._seed = "\x1f".join(facts).encode()
        self._block = 0
        self._left: list[int] = []

    def roll(self) -> float:
        """The next number, 0 <= n < 1."""
        if not self._left:
            data = shake_256(self._seed + self._block.to_bytes(4, "big")).digest(512)
            self._left = [int.from_bytes(data[i : i + 4], "big") for i in range(0, 512, 4)]
            self._block += 1
        return self._left.pop() / 2**32

    def between(self, low: float, high: float) -> float:
        """The next number, low <= n < high."""
        return low + (high - low) * self.roll()

    def below(self, end: int) -> int:
        """The next whole number, 0 <= n < end."""
        return int(self.roll() * end)

    def choose(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return choices[self.below(len(choices))]
