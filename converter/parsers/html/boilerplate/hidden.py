"""Text that a browser does not show: found, named, and left out (or kept when the person asks)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from bs4.element import Tag

from converter.document.findings.pages import HtmlHidden, HtmlHiddenStory
from converter.parsers.computed_style import ComputedStyle
from converter.parsers.html.boilerplate.omitted_prose import LEAST_WORDS, division_headings, page_lexicon
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import element_text, one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

OPENABLE = re.compile(
    r"spoiler|collaps|accordion|toggle|expand|reveal|cut-?text|sp-body|details|tab-?pane|bbcode", re.I
)
FOR_EARS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|screen-reader-text|screenreader|visually-?hidden|a11y-hidden|off-?screen|element-invisible|assistive-text)(?:$|[\s_-])",
    re.I,
)
ORNAMENT_WORDS = 12  # an `aria-hidden` element with more words than this is text, whatever it says
WHOLE_STORY = 0.5  # of the page's words outside links hidden: the page waits for its script to show it
FRAMES_SHOWN = 5  # hidden elements around one story; what is hidden inside still more of them is not looked at
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
OWNER = "hidden"
PLACES_TOLD = 5  # kept hidden places that a message quotes
FEW_WORDS = 150  # a page of fewer words is too small to say so


def exclude_hidden(
    page: Page, excluded: Exclusions, styles: Mapping[int, ComputedStyle], keep: bool, kept: Collection[Tag] = ()
) -> list[Finding]:
    """Excludes the outermost hidden elements, but for those in `kept`; what is to be said of it. Spoilers and folded
    text stay: they are opened by a click.

    A subtree that holds most of the page's words stays too (a script would have shown it), with a finding;
    what is hidden inside it goes all the same.
    """
    keepers = {id(e) for e in kept}
    shown = _Shown(page)
    hidden: list[tuple[Tag, int]] = []  # with its words
    inside: set[int] = set()
    for element in page.elements:
        if element.parent is not None and id(element.parent) in inside:
            inside.add(id(element))
            continue
        if id(element) in keepers or not _is_hidden(element, styles.get(id(element))) or _openable(element):
            continue
        count = len(element_text(element).split())
        if not keep and shown.is_story(element, count):
            if shown.count >= FRAMES_SHOWN:
                inside.add(id(element))
            continue
        inside.add(id(element))
        if count:
            hidden.append((element, count))
    if not keep:
        for element, _ in hidden:
            excluded.add(element, "hidden", OWNER)
    return [*shown.findings, *([_finding_of(page, hidden, keep)] if hidden else [])]


class _Shown:
    """Hidden elements that are story all the same: a script would have shown them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0
        self.findings: list[HtmlHiddenStory] = []

    @cached_property
    def words(self) -> int:
        """The page's words outside links."""
        return _words_outside_links(self.page.body)

    @cached_property
    def divisions(self) -> Counter[str]:
        """How many headings of chapters the page has, by their element's name."""
        return Counter(h.name for h in _divisions(self.page, self.page.body))

    def is_story(self, element: Tag, count: int) -> bool:
        """Whether a hidden element of so many words holds most of the page's, or chapters like those that are shown."""
        if count > FEW_WORDS and _words_outside_links(element) > WHOLE_STORY * self.words:
            if not self.count:
                self._say("most", element)
            self.count += 1
            return True
        if count > LEAST_WORDS and element.find(HEADINGS) is not None and _reads_on(self.page, element, self.divisions):
            self._say("chapters", element)
            self.count += 1
            return True
        return False

    def _say(self, which: Literal["most", "chapters"], element: Tag) -> None:
        self.findings.append(HtmlHiddenStory(which, self.page.origin(element)))


def _words_outside_links(element: Tag) -> int:
    """The words of an element outside links: menus say nothing about how much of a story is hidden."""
    linked = (a for a in element.find_all("a") if a.find_parent("a") is None)
    return len(element_text(element).split()) - sum(len(element_text(a).split()) for a in linked)


def _divisions(page: Page, element: Tag) -> list[Tag]:
    """The chapters' headings in an element."""
    return list(division_headings(element.find_all(HEADINGS), page_lexicon(page)))


def _reads_on(page: Page, element: Tag, divisions: Counter[str]) -> bool:
    """Whether chapters' headings stand in an element like those outside of it; `divisions`: how many the page has."""
    own = Counter(h.name for h in _divisions(page, element))
    return any(divisions[name] > n for name, n in own.items()) and _words_outside_links(element) > LEAST_WORDS


def _finding_of(page: Page, places: list[tuple[Tag, int]], kept: bool) -> HtmlHidden:
    quoted = tuple(one_line(e) for e, _ in places[:PLACES_TOLD]) if kept else ()
    return HtmlHidden(sum(n for _, n in places), len(places), kept, quoted, page.origin(places[0][0]))


def _is_hidden(element: Tag, style: ComputedStyle | None) -> bool:
    attrs = element.attrs
    if style is not None and style.hidden:
        return True
    if "hidden" in attrs and attribute(element, "hidden") != "until-found" and not (style and style.shown):
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
