"""A person's own regular expressions: of `--chapter`, of a sidecar, of a site's table. Whatever they are, they end.

The patterns of the program are linear (`tests/growth`); a person's may be anything, and Python's own engine can't be
interrupted. So theirs run in the `regex` module, which knows the same language and takes a limit: processor time, in
proportion to the text, hundreds of times what an ordinary pattern needs. A pattern over the limit is an error that
names it: a book with half of its chapters would be worse.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

from converter.document.errors import SettingError

SECONDS = 0.25  # seconds that a pattern may take for any text; a line takes some millionths
SECONDS_A_CHARACTER = 5e-6  # seconds more for each character of it
QUOTED_CHARACTERS = 60  # characters of a text in the message


class OwnPattern:
    """A pattern with its limit. `source` is how it was written, `where` what messages call the place of it.

    Raises SettingError when it is no regular expression, and from each method when it takes too long.
    """

    def __init__(self, source: str, flags: int = 0, where: str = "") -> None:
        import regex

        try:
            re.compile(source, flags)  # what the other engine knows besides would be a language of its own
            self._compiled: Any = regex.compile(source, flags)
        except (re.error, regex.error, OverflowError, RecursionError) as error:
            raise SettingError(f"{source!r} is no regular expression: {error}", where) from None
        self.source, self._where = source, where

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in the text."""
        return self._within_limit(self._compiled.search, text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of the whole text."""
        return self._within_limit(self._compiled.fullmatch, text)

    def _within_limit(self, ask: Callable[..., Any], text: str) -> re.Match[str] | None:
        try:
            return cast("re.Match[str] | None", ask(text, timeout=SECONDS + SECONDS_A_CHARACTER * len(text)))
        except TimeoutError:
            shown = text if len(text) <= QUOTED_CHARACTERS else f"{text[:QUOTED_CHARACTERS]}…"
            what = f"the pattern {self.source!r} takes too long, first for {shown!r}"
            remedy = "a repeat inside a repeat, like (a+)+, tries every way to divide a text: write one repeat"
            raise SettingError(what, self._where, remedy) from None
