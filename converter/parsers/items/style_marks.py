"""What names and computed styles mean for the text in an element: the same in a page and in Markdown's tags."""

from __future__ import annotations

from collections.abc import Mapping

from converter.document.model import Align
from converter.document.record import dataclass
from converter.parsers.computed_style import ComputedStyle
from converter.parsers.items.inlines import BREAK, NO_MARK, SPACE, Run, StyleMark
from converter.parsers.items.line_habit import LineHabit

TITLE_WORDS = 12  # of a `<cite>` that is a title or a name; a longer one describes a source
NOTHING_NEW: Mapping[str, bool] = {}
BY_NAME: Mapping[str, Mapping[str, bool]] = {  # what an element's name says of its text
    **{name: {"italic": True} for name in ("em", "i", "dfn", "var")},
    **{name: {"bold": True} for name in ("b", "strong", "dt")},
    **{name: {"strike": True} for name in ("s", "strike", "del")},
    **{name: {"underline": True} for name in ("u", "ins")},
    **{name: {"code": True} for name in ("code", "tt", "kbd", "samp")},
    "sup": {"raised": True},
    "sub": {"lowered": True},
}


@dataclass(frozen=True, slots=True)
class State:
    """What an element hands down to what it holds."""

    mark: StyleMark = NO_MARK
    align: Align = ""
    pre: bool = False


PLAINLY = State()  # what the page or the file itself hands down


def changes_by_style(style: ComputedStyle, name: str, habit: LineHabit) -> dict[str, bool]:
    """The fields of a mark that a style sets on the text in an element of this name. What a story has everywhere
    stresses nothing."""
    changes: dict[str, bool] = {}
    if style.italic is not None and (habit.italic or not style.italic):
        changes["italic"] = style.italic
    if style.bold is not None and (habit.bold or not style.bold):
        changes["bold"] = style.bold
    if style.small_caps is not None:
        changes["small_caps"] = style.small_caps
    if style.underline and name != "a":
        changes["underline"] = True
    if style.strike:
        changes["strike"] = True
    if style.level in ("super", "sub"):
        changes["raised"], changes["lowered"] = style.level == "super", style.level == "sub"
    elif style.level == "base" and name in ("sup", "sub"):
        changes["raised"] = changes["lowered"] = False
    return changes


def block_alignment(wanted: str, habit: LineHabit) -> Align:
    """How the lines of a block are set; centring means nothing where everything is centred."""
    if wanted == "center" and habit.center:
        return "center"
    return "right" if wanted == "right" else ""


def text_runs(text: str, state: State) -> list[Run]:
    """A text as runs: white space collapsed, or its line ends as breaks where they count."""
    if not state.pre:
        return [Run(SPACE.sub(" ", text), state.mark)]
    runs: list[Run] = []
    for i, line in enumerate(text.expandtabs(4).split("\n")):
        if i:
            runs.append(Run(BREAK))
        if line:
            runs.append(Run(line, state.mark))
    return runs
