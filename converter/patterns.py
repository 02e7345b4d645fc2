"""Regular expressions that are compiled when they are first asked for something.

The program knows some two hundred patterns, and a story meets half of them; compiling the others would take a twentieth
of a novel's time, and a fifth of a short story's.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


class _Pattern:
    """Stands for a compiled pattern; its methods become those of the real one at the first use."""

    __slots__ = ("_flags", "_source", *_METHODS)

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._source, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def regex(source: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, compiled at its first use. A fault in the source shows then; a test compiles all."""
    return cast("re.Pattern[str]", _Pattern(source, flags))
