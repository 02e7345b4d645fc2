"""Spaces beside quotation marks and, in French, before high marks: none, or a narrow no-break space (U+202F)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from converter.document.contracts import Edit
from converter.passes.conventions import Conventions

SPACE = "[ \u00a0\u202f\u2009]"
OTHER_MARKS = "\\s“”„«»‘’‚‹›\"'"


def inner_spaces(conventions: Conventions) -> Callable[[str], Sequence[Edit]]:
    """A rule on one unit's text, for marks that already point the right way."""
    opening, closing = conventions.double
    space = conventions.inner
    if opening == closing:
        return lambda _text: ()
    rule = wrong_spaces(conventions)
    marks = opening + closing + conventions.before

    def edits(text: str) -> Sequence[Edit]:
        if not any(mark in text for mark in marks):
            return ()
        return [Edit(m.start(), m.end(), space) for m in rule.finditer(text) if m[0] != space]

    return edits


def wrong_spaces(conventions: Conventions) -> re.Pattern[str]:
    """The places beside marks that differ from each other in their pair, with the white space that stands there."""
    (opening, closing), before = conventions.double, conventions.before
    wanted = f"{SPACE}*" if conventions.inner else f"{SPACE}+"
    patterns = [
        f"(?<={opening}){wanted}(?=[^{OTHER_MARKS}])",
        f"(?<=[^{OTHER_MARKS}-]){wanted}(?={closing}(?![^\\W_]))",
    ]
    if conventions.inner:  # guillemets also stand beside other marks: « “Oui” »
        patterns = [f"(?<={opening}){SPACE}*(?=\\S)", f"(?<=[^\\s-]){SPACE}*(?={closing}(?![^\\W_]))"]
    if before:
        high = (
            f"(?<=[^\\W\\d_]){SPACE}*(?=[{before}](?:[\\s{closing}”’)…]|[!?]|$))|(?<=[0-9)»”’…]){SPACE}+(?=[{before}])"
        )
        patterns.append(high)
    return re.compile("|".join(patterns))
