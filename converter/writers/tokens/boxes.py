"""The tokens of boxes: quotations, letters, signs, notes. A box says its own, and what holds inside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from converter.themes.design import INSIDE
from converter.writers.tokens.rule import SIDES, TokenRule, verse_indents

Table = Mapping[str, Any]

ROLES = (
    ("signature", "paragraphs-signature"),
    ("signature", "paragraphs-right"),  # set right by the author: who a quotation is by
    ("aside-title", "paragraphs-aside-title"),
    ("speaker", "inlines-speaker"),
    ("verse", "verse"),
)
"""What a box says of what stands in it, and the tokens that it changes."""
PLAIN: Table = {"above": 0, "below": 0, "start": 0, "end": 0, "pad": [0, 0, 0, 0], "radius": 0, "stroke": "",
                "fill": "", "size": 1, "whole": False}  # fmt: skip
UNTOLD: Mapping[str, str] = {
    "block-outline": "none", "block-outline-offset": "0", "block-leading": "1rlh",
    "banner-fill": "transparent", "banner-radius": "0", "banner-margin": "0", "banner-pad": "0", "banner-last": "0",
}  # fmt: skip
"""Said by each box, or it would have that of the box around it."""


def box_rule(selector: str, block: Table, design: Table, spaced: bool) -> TokenRule:
    """The tokens of one kind of box. What it says of what stands in it lies over what is said elsewhere."""
    rule = TokenRule(selector, design["colours"], spaced=spaced)
    inner = {key: block[key] for key in INSIDE if key in block}
    own = {**PLAIN, "indent": design["text"]["indent"], **{key: block[key] for key in block if key not in inner}}
    rule.said |= UNTOLD
    rule.table("block", own)
    said = rule.said
    for side in SIDES:
        said[f"block-stroke-{side}"] = rule.stroke(own.get(f"stroke-{side}", own["stroke"]))
    if own.get("start-part"):
        said["block-start"] = f"{own['start-part']}%"
    if "end-part" in own:
        said["block-end"] = f"{own['end-part']}%"
    if "width" in own:
        said["block-start"] = said["block-end"] = f"{(100 - own['width']) / 2:g}%"
    said["block-lifted"] = f"{own['above'] - own.get('lifted', 0)}rlh"
    if "outline" in own and own["stroke"]:
        said["block-outline"] = said["block-stroke-top"]
        said["block-outline-offset"] = f"{own['outline'] - float(own['stroke'].split()[0]):g}pt"
    if "block-em" in said:
        said["em-style"] = said["block-em"]
    said["verse-align"] = said.get("block-align", "start")
    if said["verse-align"] == "center":
        said["paragraphs-left-align"] = "center"  # its author's lines, too
    for key, name in ROLES:
        rule.table(name, inner.get(key, {}))
        if "em-style" in said:
            said.setdefault(f"{name}-em", said["em-style"])
    rule.said |= verse_indents({**design["verse"], **inner.get("verse", {})})
    _turns(rule, inner.get("turn", {}))
    _banner(rule, inner.get("banner", {}), own["pad"])
    return rule


def _turns(rule: TokenRule, turn: Table) -> None:
    """What is said in a chat: each has its side, and stands away from the other one's."""
    if turn:
        rule.table("turn", {"pad": [0, 0, 0, 0], "radius": 0, "fill": "", **turn})
        rule.said["turn-below"] = f"{turn['below']}em"
        rule.said["turn-side"] = f"{turn['apart']}%"
        rule.said["turn-apart"] = rule.said["turn-side"] if "fill" in turn else "0"
        rule.said["turn-whole"] = "avoid" if "fill" in turn else "auto"


def _banner(rule: TokenRule, banner: Table, pad: Iterable[float]) -> None:
    """A title that fills the head of its box, from edge to edge."""
    if banner:
        top, end, _, start = pad
        look = {key: value for key, value in banner.items() if key not in ("fill", "radius")}
        rule.table("paragraphs-aside-title", look)
        radius = f"{banner.get('radius', 0)}pt"
        rule.said |= {
            "banner-fill": rule.colour(banner.get("fill", "transparent")),
            "banner-radius": f"{radius} {radius} 0 0",
            "banner-margin": f"-{top}rlh -{end}em 0.25rlh -{start}em",
            "banner-pad": f"0.25rlh {end}em 0.25rlh {start}em",
            "banner-last": "-0.25rlh",
        }
