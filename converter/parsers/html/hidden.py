"""Text that a browser does not show: found, named, and left out (or kept when the person asks)."""

from __future__ import annotations

import re

from bs4.element import Tag

from converter.contracts import Diagnostic
from converter.parsers.html.look import Look
from converter.parsers.html.page import Page, attribute, element_text, one_line

OPENABLE = re.compile(
    r"spoiler|collaps|accordion|toggle|expand|reveal|cut-?text|sp-body|details|tab-?pane|bbcode", re.I
)
FOR_EARS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|screen-reader-text|screenreader|visually-?hidden|a11y-hidden|offscreen)(?:$|[\s_-])", re.I
)
ORNAMENT_WORDS = 12  # an `aria-hidden` element with more words than this is text, whatever it says
WHOLE_STORY = 0.5  # of the page's words hidden: the page waits for its script to show it
KEPT = "kept"
SHOWN, SHOWN_WORDS = 5, 20  # of kept hidden places a message quotes
FEW_WORDS = 150  # a page of fewer words is too small to say so


def mark_hidden(page: Page, looks: dict[int, Look], keep: bool, kept_selectors: tuple[Tag, ...] = ()) -> None:
    """Marks the outermost hidden elements as dropped ("hidden"). Spoilers and folded text stay: they are
    opened by a click.

    A subtree that holds most of the page's words stays too (a script would have shown it), with a diagnostic.
    """
    keepers = {id(e) for e in kept_selectors}
    found: list[Tag] = []
    inside: set[int] = set()
    for element in page.elements:
        parent = element.parent
        if parent is not None and id(parent) in inside:
            inside.add(id(element))
            continue
        if id(element) in keepers:
            continue
        if _is_hidden(element, looks.get(id(element))) and not _openable(element):
            inside.add(id(element))
            found.append(element)
    if not found:
        return
    counts = [(e, len(element_text(e).split())) for e in found]
    counts = [(e, n) for e, n in counts if n]
    if keep:
        if counts:
            page.diagnostics.append(_diagnostic(page, counts, KEPT))
        return
    total = None
    dropped = []
    for element, count in counts:
        if count > FEW_WORDS:
            total = total or len(element_text(page.body).split())
            if count > WHOLE_STORY * total:
                message = "most of the page's text is hidden until a script shows it; it is taken as the story"
                page.diagnostics.append(Diagnostic("html-hidden-story", message, page.origin(element)))
                continue
        page.drop(element, "hidden")
        dropped.append((element, count))
    if dropped:
        page.diagnostics.append(_diagnostic(page, dropped, "left out"))


def _shortened(text: str) -> str:
    words = text.split()
    return " ".join(words[:SHOWN_WORDS]) + (" …" if len(words) > SHOWN_WORDS else "")


def _diagnostic(page: Page, found: list[tuple[Tag, int]], done: str) -> Diagnostic:
    words = sum(n for _, n in found)
    message = f"{words} hidden words in {len(found)} places were {done}; `--hidden` changes that"
    if done == KEPT:  # what is left out is listed as an omission, what is kept is nowhere else told
        message += ": " + " | ".join(_shortened(one_line(e)) for e, _ in found[:SHOWN])
    return Diagnostic("html-hidden", message, page.origin(found[0][0]), "doubt" if done == KEPT else "info")


def _is_hidden(element: Tag, look: Look | None) -> bool:
    attrs = element.attrs
    if look is not None and look.hidden:
        return True
    if "hidden" in attrs and attribute(element, "hidden") != "until-found" and not (look and look.shown):
        return True
    if attrs.get("aria-hidden") == "true" and len(element_text(element).split()) <= ORNAMENT_WORDS:
        return not (element.name in ("html", "body", "main", "article") or _breaks(element))
    return bool("class" in attrs and FOR_EARS.search(attribute(element, "class")))


def _breaks(element: Tag) -> bool:
    """A scene break is often marked as decoration for screen readers; it still is one."""
    return element.name in ("hr", "img") or not any(c.isalnum() for c in element_text(element))


def _openable(element: Tag) -> bool:
    at: Tag | None = element
    for _ in range(3):
        if at is None:
            return False
        if at.name == "details" or OPENABLE.search(f"{attribute(at, 'class')} {attribute(at, 'id')}"):
            return True
        at = at.parent
    return False
