"""Regular expressions that are compiled when they are first asked for something.

The program knows some two hundred patterns, and a story meets half of them; compiling the others would take a twentieth
of a novel's time, and a fifth of a short story's.

A pattern that speaks of a title, a name, a line of a head says up to which length a text may be one (`within`): a
longer one is none, and is not looked at. So no line of a file can take a pattern longer than the file is long.
`tests/growth` attacks every pattern there is.

One that is made of the words of forty languages takes longer to compile than a short story to be read, and most stories
have few of these words: it is compiled from those that may be in a text (`word_places`), and whole only after many
texts. Where it is matched at one place, it may have a guard that knows at a glance that there is none of them.

A pattern that begins with a sign is found at the pace of a search for that sign; so what is to stand before the sign is
asked when the sign was found, by looking back over it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

from converter.document.word_places import Picked, count_words, fill, has_places, pick_words

_METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")
_ANCHORED = ("match", "fullmatch")
_PATIENCE = 4_000  # texts that are asked first whether they may match; by then the pattern itself would be quicker
_PICKS = 120  # texts for which words are picked; by then the whole pattern could have been compiled
_SETS = 8  # of words, each with a pattern of its own
_LONG = 2_000  # characters of a text in which too many words may be
_FEW = 12  # words that are not worth picking
Guard = Callable[[str, int], bool]


class _Pattern:
    """Stands for a compiled pattern; its methods become those of the real one at the first use, or, where it has a
    guard, for the first text that the guard lets through, or, where it has many words, after many texts."""

    __slots__ = (
        "_compiled",
        "_flags",
        "_guard",
        "_misses",
        "_picked",
        "_needs",
        "_picks",
        "_source",
        "within",
        *_METHODS,
    )

    def __init__(
        self, source: str, flags: int, within: int | None, guard: Guard | None, needs: Callable[[str], bool] | None
    ) -> None:
        self._source, self._flags, self.within, self._guard, self._needs = source, flags, within, guard, needs
        self._misses = self._picks = 0
        self._picked: dict[Picked, re.Pattern[str]] = {}
        self._compiled: re.Pattern[str] | None = None

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            return getattr(self._whole(), name)
        for method in _METHODS:
            setattr(self, method, self._ask(method))
        return getattr(self, name)

    def _ask(self, method: str) -> Callable[..., Any]:
        at = 1 if method in ("sub", "subn") else 0
        guard, needs = self._guard if method in _ANCHORED else None, self._needs

        def ask(*given: Any, **named: Any) -> Any:
            text = given[at]
            if self.within is not None and len(text) > self.within:
                return _nothing(method, text)
            if guard and self._misses < _PATIENCE and not guard(text, given[1] if len(given) > 1 else 0):
                self._misses += 1
                return None
            if needs and self._misses < _PATIENCE and not needs(text):
                self._misses += 1
                return _nothing(method, text)
            return getattr(self._for(text), method)(*given, **named)

        return ask

    def _for(self, text: str) -> re.Pattern[str]:
        """The pattern, or what finds the same in this text."""
        if not self._picks and (not has_places(self._source) or count_words(self._source) <= _FEW):
            return self._whole()
        self._picks += 1
        if self._picks > _PICKS or len(text) > _LONG:
            return self._whole()
        picked = pick_words(self._source, text)
        if picked not in self._picked:
            if len(self._picked) == _SETS:
                return self._whole()
            self._picked[picked] = re.compile(fill(self._source, picked), self._flags)
        return self._picked[picked]

    def _whole(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(fill(self._source), self._flags)
            for method in _METHODS:
                ask = getattr(self._compiled, method)
                setattr(self, method, ask if self.within is None else _bounded(method, ask, self.within))
        return self._compiled


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


def regex(
    source: str,
    flags: int = 0,
    within: int | None = None,
    guard: Guard | None = None,
    needs: Callable[[str], bool] | None = None,
) -> re.Pattern[str]:
    """What `re.compile` gives, compiled at its first use. A fault in the source shows then; a test compiles all.

    `within`: in a text of more characters it finds nothing. `guard` says of a text, and the place from which it is
    looked at, whether there may be a match from there, `needs` of a text whether there may be one anywhere: they must
    be right where they say that there is none.
    """
    return cast("re.Pattern[str]", _Pattern(source, flags, within, guard, needs))
