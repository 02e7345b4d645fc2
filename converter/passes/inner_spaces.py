"""Spaces beside quotation marks and, in French, before high marks: none, or a narrow no-break space (U+202F)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from converter.document.contracts import Edit
from converter.passes.conventions import Conventions
from converter.passes.rules import Rule, each

SPACE = "[ \u00a0\u202f\u2009]"
OTHER_MARKS = "\\s“”„«»‘’‚‹›\"'"


def inner_spaces(conventions: Conventions) -> Rule:
    """A rule on a chapter's units, for marks that already point the right way."""
    opening, closing = conventions.double
    space = conventions.inner
    if opening == closing:
        return each(lambda _text: ())
    rule = wrong_spaces(conventions)
    signs = tuple(map(re.compile, places(conventions)))

    def may_need(text: str) -> bool:
        return any(sign.search(text) for sign in signs)

    def edits(text: str) -> Sequence[Edit]:
        if not may_need(text):
            return ()
        return [Edit(m.start(), m.end(), space) for m in rule.finditer(text) if m[0] != space]

    return each(edits, may_need)


def places(conventions: Conventions) -> tuple[str, ...]:
    """The patterns of what a text has that may have wrong spaces: marks; where none are wanted, marks with a space on
    their inner side."""
    opening, closing = conventions.double
    if conventions.inner or conventions.before:
        return (f"[{opening}{closing}{conventions.before}]",)
    return f"{opening}{SPACE}", f"{closing}(?<={SPACE}.)"


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
