"""The tokens of a book but those of its boxes: looks laid over one another, and what follows from several values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from converter.writers.tokens.rule import TokenRule, quoted, verse_indents

Table = Mapping[str, Any]

TITLE_LINES = ("subtitle", "author", "contributor", "series", "publisher")
UPRIGHT: Table = {"weight": 400, "style": "normal"}  # what stands by itself, unless its look says otherwise


def resolved(design: Table, small_capitals: bool) -> dict[str, Any]:
    """The tables of a book, but its boxes: what Typst lays over one another is laid over here."""
    opener, page, contents, blocks = (design[name] for name in ("opener", "titlepage", "contents", "blocks"))
    inlines = {name: look for name, look in design["inlines"].items() if name != "plain-capitals"}
    if not small_capitals:
        inlines["capitals"] = design["inlines"]["plain-capitals"]
    title, part = {**UPRIGHT, **opener["title"]}, opener["part-title"]
    label = {**UPRIGHT, "below": 0, **opener["label"]}
    titles = {"title": title, "part-title": {**title, **part}, "long-title": {**title, **opener["long-title"]}}
    sides = {"start": 0, "end": 0, "kept": False, "indent": design["text"]["indent"]}
    return {
        **{name: design[name] for name in ("text", "start", "break", "verse", "speech", "figure", "notes", "heads")},
        "paragraphs": {role: {**sides, **look} for role, look in design["paragraphs"].items()},
        "headings": {level: {**UPRIGHT, "above": 0, "below": 0, **look} for level, look in design["headings"].items()},
        "opener": {"above": 0, **opener, **titles, "label": label, "lone": {**label, **opener["lone"]}},
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
        "contents": {
            **contents,
            "heading": {**UPRIGHT, **contents["heading"]},
            "part": {"above": 0, **contents["part"]},
        },
        "details": design["details"],
        "small": design["small"],
    }


def derived(design: Table, root: TokenRule) -> Iterator[tuple[str, str]]:
    """What follows from several values, or is said otherwise than Typst is told it."""
    yield from _openings(design)
    yield from _of_break(design["break"])
    yield from _of_table(design["table"], root)
    yield from _of_contents(design["contents"])
    verse, notes, heads = design["verse"], design["notes"], design["heads"]
    yield from _of_list(design["blocks"]["list"], design["table"])
    yield "verse-align", "start"
    yield from verse_indents(verse)
    yield "notes-above", f"{notes['above']}rem"
    yield "notes-row", f"{notes['height']}em"
    yield "notes-verse", f"{verse['start']}em"  # whatever box the note is cited in
    yield "notes-stanza", f"{verse['stanza'] * notes['height']:g}em"
    yield "notes-size", f"calc(var(--note-size) * {notes['size']})"
    yield "heads-size", f"calc(var(--head-size) * {heads['size']})"


def _openings(design: Table) -> Iterator[tuple[str, str]]:
    """The tops of chapters and of the title page."""
    opener, page = design["opener"], design["titlepage"]
    above = opener.get("above", 0)
    yield "opener-drop", f"calc(var(--sink) * {opener['sink']} + {above}rlh)"
    yield "opener-part-drop", f"calc(var(--sink) * {opener['part-sink']} + {above}rlh)"
    yield "opener-ornament", quoted(opener["ornament"])
    for name, table in (("opener", opener), ("titlepage", page)):
        yield f"{name}-bar-content", '""' if table["bar"] else "none"
        yield f"{name}-bar-width", f"{table['bar-width']}em" if table["bar-width"] else "100%"
        yield f"{name}-bar-rows", f"{table.get('bar-rows', 1)}rlh"
        yield f"{name}-bar-margin", "auto" if table["align"] == "centre" else "0"
    yield from _sunk(page, page["sink"])
    if "sink" in page["publisher"]:
        yield "titlepage-publisher-above", f"calc(var(--sink) * {page['publisher']['sink']})"
    ornament, author = page["ornament"], page["author"]
    yield "titlepage-ornament", quoted(ornament.get("text", ""))
    if "size" in ornament:
        yield "titlepage-ornament-size", f"{ornament['size'] / author.get('size', 1):g}em"


def _sunk(page: Table, sink: float) -> Iterator[tuple[str, str]]:
    """How far the title stands below the top of its page, or the stroke above it."""
    yield "titlepage-bar-sink", f"calc(var(--sink) * {sink:g})"
    yield "titlepage-title-sink", "0" if page["bar"] else f"calc(var(--sink) * {sink:g})"


def of_small_pages(design: Table) -> Iterator[tuple[str, str]]:
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


def _of_list(listed: Table, table: Table) -> Iterator[tuple[str, str]]:
    """Boxes end where numbers and bullets do: half an em before the words."""
    yield "list-box-gap", "0.5em"
    yield "list-box", f"{listed['indent'] - 0.5:g}em"
    yield "table-list-box", f"{table['list-indent'] - 0.5:g}em"
    yield "list-term-weight", "bold"


def _of_contents(table: Table) -> Iterator[tuple[str, str]]:
    between = table["gap"] / 2 if table["rule"] else 0
    yield "contents-pad", f"{between:g}rlh"
    yield "contents-gap", f"{0 if table['rule'] else table['gap']}rlh"
    leader = f"leader({quoted(table['leader'] or ' ')})"
    yield "contents-leader", '"\\a0\\a0"' if table["align"] == "centre" else leader
