"""A theme's design (`print.toml`) as CSS: the values that Typst sets a book by, as custom properties.

Every value has the name of its table and key, `--opener-title-size: 1.7em`; what a box says of what stands in it
(`blocks.epigraph.signature`) is said on the box and holds inside it. Lines become `rlh`, parts of the type size `em`,
strokes borders. What a token is used for stands in `styles/base/print.css`; a rule there says with `--look: opener-title`
that it takes all that a look may say. `margin_boxes.py` has running heads and page numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from converter.document.patterns import regex
from converter.themes.design import INSIDE, is_stroke, laid_over

Table = Mapping[str, Any]

LINES = frozenset(["above", "below", "stanza", "bar-rows", "lifted", "next-author"])
POINTS = frozenset(["radius", "outline", "thickness"])
PERCENT = frozenset(["width"])
PLAIN = frozenset(["weight", "height"])
IN_LINES = frozenset(["contents-gap", "table-caption-gap", "figure-caption-gap"])  # elsewhere gaps are em
IN_PARTS = frozenset([f"opener-{title}-end" for title in ("title", "part-title", "long-title")])  # percent of the line
TYPSTS = frozenset(["text-gaps", "text-tracking", "text-costs"])  # of breaking lines, for which CSS has no words
FIGURES = {"old-style": "oldstyle-nums proportional-nums", "lining": "lining-nums", "": "normal"}
ALIGN = {"centre": "center"}
SIDES = ("top", "end", "bottom", "start")
QUOTED = ("quote", "letter", "document", "epigraph", "dedication", "sign", "telegram", "chat")
ASIDES = ("note", "summary", "spoiler", "box")
TITLE_LINES = ("subtitle", "author", "contributor", "series", "publisher")
VERSE_STEPS = (1, 2, 3, 4)
PROPERTIES: Mapping[str, str] = {
    "face": "font-family", "size": "font-size", "weight": "font-weight", "style": "font-style", "em": "--em-style",
    "caps": "font-variant-caps", "tracking": "letter-spacing", "colour": "color", "figures": "font-variant-numeric",
    "hyphens": "hyphens", "line": "text-decoration",
}  # fmt: skip
"""What a look may say, by the ends of its tokens' names, and the property that says it."""
UPRIGHT: Table = {"weight": 400, "style": "normal"}  # what stands by itself, unless its look says otherwise
LOOK = regex(r"--look:\s*([\w-]+)")


def token_css(design: Table, *, spaced: bool, small_capitals: bool) -> str:
    """The rules that give the tokens. `spaced`: a script with italics and letter-spacing; `small_capitals`: the typeface
    of the headings draws them."""
    return "".join(rule.css() for rule in _rules(design, spaced, small_capitals))


def looks_written(css: str, design: Table) -> str:
    """The style sheet with every `--look: NAME` written out: a declaration for each token that this look has."""
    names = {name for rule in _rules(design, True, True) for name in rule.said}

    def declared(look: str) -> Iterator[str]:
        for end, prop in PROPERTIES.items():
            if f"{look}-{end}" in names:
                yield f"{prop}: var(--{look}-{end})"

    return LOOK.sub(lambda m: "; ".join(declared(m[1])), css)


def declarations(look: Table, colours: Table, *, spaced: bool) -> str:
    """A look by itself, as what stands between the braces of a rule."""
    rule = TokenRule("", colours, spaced=spaced)
    rule.table("", look)
    return "; ".join(f"{PROPERTIES[key]}: {value}" for key, value in rule.said.items() if key in PROPERTIES)


class TokenRule:
    """One rule: a selector and the tokens that hold there, by name."""

    def __init__(self, selector: str, colours: Table, *, spaced: bool) -> None:
        self.selector, self.colours, self.spaced = selector, colours, spaced
        self.said: dict[str, str] = {}

    def table(self, name: str, table: Table) -> None:
        """Takes a table with those inside it."""
        for key, value in table.items():
            full = f"{name}-{key}" if name else key
            if full in TYPSTS:
                continue
            if isinstance(value, Mapping):
                self.table(full, value)
            else:
                for end, text in self._named(full, key, value):
                    self.said[f"{name}-{end}" if name else end] = text
        if table.get("all-caps"):
            self.said[f"{name}-caps" if name else "caps"] = "all-small-caps"

    def css(self) -> str:
        """The rule; what is said of nothing is no rule."""
        return f"{self.selector} {{ {'; '.join(f'--{n}: {v}' for n, v in self.said.items())} }}\n" if self.said else ""

    def stroke(self, value: str) -> str:
        """A stroke as a border."""
        if not value:
            return "none"
        width, colour, *dash = value.split()
        return f"{width}pt {'dashed' if dash else 'solid'} {self.colour(colour)}"

    def colour(self, value: str) -> str:
        """A colour by its name in the design, or itself."""
        return f"var(--{value})" if value in self.colours else value

    def _named(self, full: str, key: str, value: Any) -> Iterator[tuple[str, str]]:
        """The tokens of one value: the ends of their names, and what they are in CSS."""
        if isinstance(value, bool):
            yield from _switch(full, key, value)
        elif isinstance(value, str):
            yield from self._word(key, value)
        elif isinstance(value, list):
            yield from _sides(key, value)
        elif key in ("sink", "part-sink"):
            yield key, f"calc(var(--sink) * {value})"
        elif key == "rows":
            yield "leading", f"{value}rlh"
        elif key == "height":
            yield "leading", f"{value}"
        elif key == "tracking" and not self.spaced:
            yield key, "0em"
        else:
            yield key, f"{value}{_unit(full, key)}"

    def _word(self, key: str, value: str) -> Iterator[tuple[str, str]]:
        if key == "face":
            yield key, f"var(--{value}-font)"
        elif key == "figures":
            yield key, FIGURES[value]
        elif key == "align":
            yield key, ALIGN.get(value, value)
        elif key == "style":
            yield key, value if self.spaced else "normal"
            yield "em", "normal" if value == "italic" else "italic"
        elif key in ("colour", "fill"):
            yield key, self.colour(value) if value else "transparent"
        elif is_stroke(key):
            yield key, self.stroke(value)


def _rules(design: Table, spaced: bool, small_capitals: bool) -> Iterator[TokenRule]:
    colours = design["colours"]
    root = TokenRule("html", colours, spaced=spaced)
    root.said |= colours
    root.said["em-style"] = "italic"
    for name, table in _resolved(design, small_capitals).items():
        root.table(name, table)
    root.said |= _derived(design, root)
    yield root
    narrow = TokenRule("html.small", colours, spaced=spaced)
    narrow.said |= _of_small(design)
    yield narrow
    blocks = design["blocks"]
    for name in QUOTED:
        selector = "blockquote" if name == "quote" else f"blockquote.{name}"
        yield _box(selector, laid_over(blocks["blockquote"], blocks[name]), design, spaced)
    for name in ASIDES:
        yield _box(f"aside.{name}", blocks[name], design, spaced)


def _switch(full: str, key: str, value: bool) -> Iterator[tuple[str, str]]:
    if key == "justify":
        yield "align", "justify" if value else "start"
    elif key == "hyphenate":
        yield "hyphens", "auto" if value else "manual" if full == "text-hyphenate" else "none"
    elif key == "underline":
        yield "line", "underline" if value else "none"
    elif key == "ligatures":
        yield key, "common-ligatures" if value else "none"
    elif key == "caps":
        yield key, "small-caps" if value else "normal"
    elif key == "own-line":
        yield "display", "block" if value else "inline"
    elif key in ("kept", "whole"):
        yield key, "avoid" if value else "auto"


def _sides(key: str, value: list[float]) -> Iterator[tuple[str, str]]:
    if len(value) == 2:
        yield key, f"{value[0]}em {value[1]}em"
        return
    for side, much in zip(SIDES, value, strict=True):
        yield f"{key}-{side}", f"{much}{'rlh' if side in ('top', 'bottom') else 'em'}"


def _unit(full: str, key: str) -> str:
    if key in LINES or full in IN_LINES:
        return "rlh"
    if key in PERCENT or full in IN_PARTS:
        return "%"
    if key in POINTS:
        return "pt"
    return "" if key in PLAIN else "em"


def _resolved(design: Table, small_capitals: bool) -> dict[str, Any]:
    """The tables of a book, but its boxes: what Typst lays over one another is laid over here."""
    opener, page, contents, blocks = (design[name] for name in ("opener", "titlepage", "contents", "blocks"))
    inlines = {name: look for name, look in design["inlines"].items() if name != "plain-capitals"}
    if not small_capitals:
        inlines["capitals"] = design["inlines"]["plain-capitals"]
    title, part = {**UPRIGHT, **opener["title"]}, opener["part-title"]
    titles = {"title": title, "part-title": {**title, **part}, "long-title": {**title, **opener["long-title"]}}
    sides = {"start": 0, "end": 0, "kept": False}
    return {
        **{name: design[name] for name in ("text", "start", "break", "verse", "speech", "figure", "notes", "heads")},
        "paragraphs": {role: {**sides, **look} for role, look in design["paragraphs"].items()},
        "headings": {level: {**UPRIGHT, "above": 0, "below": 0, **look} for level, look in design["headings"].items()},
        "opener": {**opener, **titles, "label": {**UPRIGHT, "below": 0, **opener["label"]}},
        "inlines": {**inlines, "speaker": {"own-line": False, **inlines["speaker"]}},
        "table": {**design["table"], "head": {**UPRIGHT, **design["table"]["head"]}},
        "list": blocks["list"],
        "pre": {"pad": [0, 0, 0, 0], **blocks["pre"]},
        "footnotes": blocks["footnotes"],
        "titlepage": {
            **page,
            **{name: {**UPRIGHT, "above": 0, **page[name]} for name in TITLE_LINES},
            "half": {**UPRIGHT, **page["half"]},
            "title": {**UPRIGHT, **page["title"]},
            "long-title": {**UPRIGHT, **page["title"], **page["long-title"]},
        },
        "contents": {**contents, "heading": {**UPRIGHT, **contents["heading"]}},
        "details": design["details"],
        "small": design["small"],
    }


def _derived(design: Table, root: TokenRule) -> Iterator[tuple[str, str]]:
    """What follows from several values, or is said otherwise than Typst is told it."""
    yield from _openings(design)
    yield from _of_break(design["break"])
    yield from _of_table(design["table"], root)
    yield from _of_contents(design["contents"])
    verse, notes, heads = design["verse"], design["notes"], design["heads"]
    yield "verse-align", "start"
    for step in VERSE_STEPS:
        yield f"verse-indent-{step}", f"{verse['hang'] + verse['step'] * step:g}em"
    yield "notes-above", f"{notes['above']}rem"
    yield "notes-size", f"calc(var(--note-size) * {notes['size']})"
    yield "heads-size", f"calc(var(--head-size) * {heads['size']})"


def _openings(design: Table) -> Iterator[tuple[str, str]]:
    """The tops of chapters and of the title page."""
    opener, page = design["opener"], design["titlepage"]
    above = opener.get("above", 0)
    yield "opener-drop", f"calc(var(--sink) * {opener['sink']} + {above}rlh)"
    yield "opener-part-drop", f"calc(var(--sink) * {opener['part-sink']} + {above}rlh)"
    yield "opener-ornament", _text(opener["ornament"])
    for name, table in (("opener", opener), ("titlepage", page)):
        yield f"{name}-bar-content", '""' if table["bar"] else "none"
        yield f"{name}-bar-width", f"{table['bar-width']}em" if table["bar-width"] else "100%"
        yield f"{name}-bar-rows", f"{table.get('bar-rows', 1)}rlh"
        yield f"{name}-bar-margin", "auto" if table["align"] == "centre" else "0"
    yield from _sunk(page, page["sink"])
    if "sink" in page["publisher"]:
        yield "titlepage-publisher-above", f"calc(var(--sink) * {page['publisher']['sink']})"
    ornament, author = page["ornament"], page["author"]
    yield "titlepage-ornament", _text(ornament.get("text", ""))
    if "size" in ornament:
        yield "titlepage-ornament-size", f"{ornament['size'] / author.get('size', 1):g}em"


def _sunk(page: Table, sink: float) -> Iterator[tuple[str, str]]:
    """How far the title stands below the top of its page, or the stroke above it."""
    yield "titlepage-bar-sink", f"calc(var(--sink) * {sink:g})"
    yield "titlepage-title-sink", "0" if page["bar"] else f"calc(var(--sink) * {sink:g})"


def _of_small(design: Table) -> Iterator[tuple[str, str]]:
    """What is otherwise on narrow and low pages: the title page has less room, and so has the page of details."""
    page, small = design["titlepage"], design["small"]
    yield from _sunk(page, page["sink"] * small["sink"])
    yield "details-sink", f"calc(var(--sink) * {design['details']['sink'] * small['sink']:g})"
    for line in TITLE_LINES:
        yield f"titlepage-{line}-above", f"{min(page[line].get('above', small['above']), small['above'])}rlh"
    for name in ("title", "long-title"):  # in the size of the headings, which stands around it
        size = {**page["title"], **page[name]}["size"] * small["title"] / small["headings"]
        yield f"titlepage-{name}-size", f"{size:g}em"
    for edge in ("above", "below"):
        yield f"contents-heading-{edge}", f"{small['above']}rlh"
    if page["ornament"]:
        yield "titlepage-ornament-below", f"{small['above']}rlh"


def _of_break(table: Table) -> Iterator[tuple[str, str]]:
    yield "break-sign", '""' if table["rule"] else "var(--ornament)"
    yield "break-display", "block" if table["rule"] else "inline"
    yield "break-rule-margin", "auto" if table["align"] == "centre" else "0"


def _of_table(table: Table, root: TokenRule) -> Iterator[tuple[str, str]]:
    yield "table-width", "100%" if table["full"] else "auto"
    yield "table-start", "auto" if table["align"] == "centre" else "0"
    for side in ("top", "bottom"):
        yield f"table-{side}", root.stroke(table["frame"] or table[side])
    yield "table-head-line", root.stroke(table["head-line"] or table["cell"])
    size = table["caption"].get("size", 1)  # of the body's; in CSS a caption stands in the table's type
    yield "table-caption-size", f"{size / table['size']:g}em"
    yield "table-wide-caption-size", f"{size / table['wide-size']:g}em"


def _of_contents(table: Table) -> Iterator[tuple[str, str]]:
    between = table["gap"] / 2 if table["rule"] else 0
    yield "contents-pad", f"{between:g}rlh"
    yield "contents-gap", f"{0 if table['rule'] else table['gap']}rlh"
    leader = f"leader({_text(table['leader'] or ' ')})"
    yield "contents-leader", '"\\a0\\a0"' if table["align"] == "centre" else leader


def _box(selector: str, block: Table, design: Table, spaced: bool) -> TokenRule:
    """The tokens of one kind of box. What it says of what stands in it lies over what is said elsewhere."""
    rule = TokenRule(selector, design["colours"], spaced=spaced)
    inner = {key: block[key] for key in INSIDE if key in block}
    plain = {"above": 0, "below": 0, "start": 0, "end": 0, "pad": [0, 0, 0, 0], "radius": 0, "stroke": "", "fill": "",
             "whole": False, "indent": design["text"]["indent"]}  # fmt: skip
    own = plain | {key: value for key, value in block.items() if key not in inner}
    rule.table("block", own)
    said = rule.said
    for side in SIDES:
        said[f"block-stroke-{side}"] = rule.stroke(own.get(f"stroke-{side}", own["stroke"]))
    if "end-part" in own:
        said["block-end"] = f"{own['end-part']}%"
    if "width" in own:
        said["block-start"] = said["block-end"] = "auto"
    said["block-lifted"] = f"{own['above'] - own.get('lifted', 0)}rlh"
    if "outline" in own and own["stroke"]:
        said["block-outline"] = said["block-stroke-top"]
        said["block-outline-offset"] = f"{own['outline'] - float(own['stroke'].split()[0]):g}pt"
    if "em" in (key.rpartition("-")[2] for key in said):
        said["em-style"] = said["block-em"]
    said["verse-align"] = said.get("block-align", "start")
    for key, name in (("signature", "paragraphs-signature"), ("signature", "paragraphs-right"),
                      ("aside-title", "paragraphs-aside-title"), ("speaker", "inlines-speaker"), ("verse", "verse")):  # fmt: skip
        rule.table(name, inner.get(key, {}))
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
            "banner-fill": rule.colour(banner["fill"]),
            "banner-radius": f"{radius} {radius} 0 0",
            "banner-margin": f"-{top}rlh -{end}em 0.25rlh -{start}em",
            "banner-pad": f"0.25rlh {end}em 0.25rlh {start}em",
            "banner-last": "-0.25rlh",
        }


def _text(words: str) -> str:
    """A text as CSS writes it; none where there is nothing to say."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"' if words else "none"
