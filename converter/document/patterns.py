"""Regular expressions that are compiled when they are first asked for something.

The program knows some two hundred patterns, and a story meets half of them; compiling the others would take a twentieth
of a novel's time, and a fifth of a short story's.

A pattern that speaks of a title, a name, a line of a head says up to which length a text may be one (`within`): a
longer one is none, and is not looked at. So no line of a file can take a pattern longer than the file is long.
`tests/growth` attacks every pattern there is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


class _Pattern:
    """Stands for a compiled pattern; its methods become those of the real one at the first use."""

    __slots__ = ("_flags", "_source", "within", *_METHODS)

    def __init__(self, source: str, flags: int, within: int | None) -> None:
        self._source, self._flags, self.within = source, flags, within

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._source, self._flags)
        for method in _METHODS:
            ask = getattr(compiled, method)
            setattr(self, method, ask if self.within is None else _bounded(method, ask, self.within))
        return getattr(self if name in _METHODS else compiled, name)


def _bounded(method: str, ask: Callable[..., Any], within: int) -> Callable[..., Any]:
    """The same, but a text of more than `within` characters has no match."""
    match method:
        case "sub":
            return lambda new, text, *rest, **named: ask(new, text, *rest, **named) if len(text) <= within else text
        case "subn":
            return lambda new, text, *rest, **named: (
                ask(new, text, *rest, **named) if len(text) <= within else (text, 0)
            )
        case "split":
            return lambda text, *rest, **named: ask(text, *rest, **named) if len(text) <= within else [text]
        case "findall":
            return lambda text, *rest: ask(text, *rest) if len(text) <= within else []
        case "finditer":
            return lambda text, *rest: ask(text, *rest) if len(text) <= within else iter(())
        case _:
            return lambda text, *rest: ask(text, *rest) if len(text) <= within else None


def regex(source: str, flags: int = 0, within: int | None = None) -> re.Pattern[str]:
    """What `re.compile` gives, compiled at its first use. A fault in the source shows then; a test compiles all.

    `within`: in a text of more characters it finds nothing.
    """
    return cast("re.Pattern[str]", _Pattern(source, flags, within))
