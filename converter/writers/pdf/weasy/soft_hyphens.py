"""A line that ends at a soft hyphen shows one, where WeasyPrint 70 leaves it out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SOFT_HYPHEN = "\u00ad"
TRIES, HYPHEN_WIDE = 5, 0.25  # lines so much narrower, in em, that are tried until a hyphen fits


def _torn(text: str, at: int) -> bool:
    """Whether a line that ends after so many bytes ends inside a word."""
    encoded = text.encode()
    before, after = encoded[:at].decode(errors="ignore")[-1:], encoded[at:].decode(errors="ignore")[:1]
    return all(c.isalpha() or c == SOFT_HYPHEN for c in before + after) and bool(before and after)


@contextmanager
def soft_hyphens_shown() -> Iterator[None]:
    """A line that ends at a soft hyphen shows one: WeasyPrint leaves it out where there is room for the letters before
    it, but not for the hyphen."""
    from weasyprint.layout import inline

    split = inline.split_first_line

    def shown(text: str, style: Any, context: Any, max_width: Any, *rest: Any, **named: Any) -> Any:
        line = split(text, style, context, max_width, *rest, **named)
        if SOFT_HYPHEN not in text or max_width is None or line[2] is None or style["hyphens"] == "none":
            return line
        for step in range(1, TRIES):
            if line[2] is None or line[0].text.endswith(style["hyphenate_character"]) or not _torn(text, line[2]):
                return line
            less = max_width - step * style["font_size"] * HYPHEN_WIDE
            line = split(text, style, context, less, *rest, **named)
        return line

    inline.split_first_line = shown
    try:
        yield
    finally:
        inline.split_first_line = split
