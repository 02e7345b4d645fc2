"""Regular expressions that are compiled when they are first asked for something.

The program knows some two hundred patterns, and a story meets half of them; compiling the others would take a twentieth
of a novel's time, and a fifth of a short story's.

A pattern that speaks of a title, a name, a line of a head says up to which length a text may be one (`within`): a
longer one is none, and is not looked at. So no line of a file can take a pattern longer than the file is long.
`tests/growth` attacks every pattern there is.

One that is made of the words of forty languages takes longer to compile than a short story to be read, and most stories
have none of these words: it has a guard that knows so at a glance.

A pattern that begins with a sign is found at the pace of a search for that sign; so what is to stand before the sign is
asked when the sign was found, by looking back over it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")
_ANCHORED = ("match", "fullmatch")
_PATIENCE = 4_000  # texts that are asked first whether they may match; by then the pattern itself would be quicker
Guard = Callable[[str, int], bool]


class _Pattern:
    """Stands for a compiled pattern; its methods become those of the real one at the first use, or, where it has a
    guard, for the first text that the guard lets through."""

    __slots__ = ("_flags", "_guard", "_misses", "_source", "within", *_METHODS)

    def __init__(self, source: str, flags: int, within: int | None, guard: Guard | None) -> None:
        self._source, self._flags, self.within, self._guard = source, flags, within, guard
        self._misses = 0

    def __getattr__(self, name: str) -> Any:
        if self._guard and name in _ANCHORED:
            for method in _ANCHORED:
                setattr(self, method, self._guarded(method, self._guard))
            return getattr(self, name)
        compiled = self._compile()
        return getattr(self if name in _METHODS else compiled, name)

    def _compile(self) -> re.Pattern[str]:
        compiled = re.compile(self._source, self._flags)
        for method in _METHODS:
            ask = getattr(compiled, method)
            setattr(self, method, ask if self.within is None else _bounded(method, ask, self.within))
        return compiled

    def _guarded(self, method: str, guard: Guard) -> Callable[..., Any]:
        def ask(text: str, start: int = 0, *rest: Any) -> Any:
            if self._misses < _PATIENCE and (
                (self.within is not None and len(text) > self.within) or not guard(text, start)
            ):
                self._misses += 1
                return None
            self._compile()
            return getattr(self, method)(text, start, *rest)

        return ask


def _nothing(method: str, text: str) -> Any:
    """What a method gives that finds nothing in a text."""
    match method:
        case "sub":
            return text
        case "subn":
            return text, 0
        case "split":
            return [text]
        case "findall":
            return []
        case "finditer":
            return iter(())
    return None


def _bounded(method: str, ask: Callable[..., Any], within: int) -> Callable[..., Any]:
    """The same, but a text of more than `within` characters has no match."""
    if method in ("sub", "subn"):
        return lambda new, text, *rest, **named: (
            ask(new, text, *rest, **named) if len(text) <= within else _nothing(method, text)
        )
    return lambda text, *rest, **named: ask(text, *rest, **named) if len(text) <= within else _nothing(method, text)


def regex(source: str, flags: int = 0, within: int | None = None, guard: Guard | None = None) -> re.Pattern[str]:
    """What `re.compile` gives, compiled at its first use. A fault in the source shows then; a test compiles all.

    `within`: in a text of more characters it finds nothing. `guard` says of a text, and the place from which it is
    looked at, whether there may be a match from there: it must be right where it says that there is none.
    """
    return cast("re.Pattern[str]", _Pattern(source, flags, within, guard))
