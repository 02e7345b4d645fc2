"""A theme's design (`print.toml`) as CSS: the values that Typst sets a book by, as custom properties.

Every value has the name of its table and key, `--opener-title-size: 1.7em`; what a box says of what stands in it
(`blocks.epigraph.signature`) is said on the box and holds inside it. Lines become `rlh`, parts of the type size `em`,
strokes borders. What a token is used for stands in `styles/base/print.css`; a rule there says with
`--look: opener-title` that it takes all that a look may say. `margin_boxes.py` has running heads and page numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from converter.document.patterns import regex
from converter.themes.design import laid_over
from converter.writers.tokens.book import derived, of_small_pages, resolved
from converter.writers.tokens.boxes import box_rule
from converter.writers.tokens.rule import PROPERTIES, TokenRule

__all__ = ["looks_written", "token_css"]

Table = Mapping[str, Any]

QUOTED = ("quote", "letter", "document", "epigraph", "dedication", "sign", "telegram", "chat")
ASIDES = ("note", "summary", "spoiler", "box")
LOOK = regex(r"--look:\s*([\w-]+)")


def token_css(design: Table, *, spaced: bool, small_capitals: bool) -> str:
    """The rules that give the tokens. `spaced`: in a script with italics and letter-spacing; `small_capitals`: the
    typeface of the headings draws them."""
    return "".join(rule.css() for rule in _rules(design, spaced, small_capitals))


def looks_written(css: str, design: Table) -> str:
    """The style sheet with every `--look: NAME` written out: a declaration for each token that this look has."""
    names = {name for rule in _rules(design, True, True) for name in rule.said}

    def declared(look: str) -> Iterator[str]:
        for end, prop in PROPERTIES.items():
            if f"{look}-{end}" in names:
                yield f"{prop}: var(--{look}-{end})"

    return LOOK.sub(lambda m: "; ".join(declared(m[1])), css)


def _rules(design: Table, spaced: bool, small_capitals: bool) -> list[TokenRule]:
    colours, blocks = design["colours"], design["blocks"]
    root = TokenRule("html", colours, spaced=spaced)
    root.said |= colours
    root.said["em-style"] = "italic"
    for name, table in resolved(design, small_capitals).items():
        root.table(name, table)
    root.said |= derived(design, root)
    narrow = TokenRule("html.small", colours, spaced=spaced)
    narrow.said |= of_small_pages(design)
    boxes = []
    for name in QUOTED:
        selector = "blockquote" if name == "quote" else f"blockquote.{name}"
        boxes.append(box_rule(selector, laid_over(blocks["blockquote"], blocks[name]), design, spaced))
    boxes += [box_rule(f"aside.{name}", blocks[name], design, spaced) for name in ASIDES]
    for name in sorted({name for box in boxes for name in box.said if name.endswith("-em")}):
        root.said.setdefault(name, "italic")
    return [root, narrow, *boxes]
