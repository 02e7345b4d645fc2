"""Prose among what a page's rules leave out: chapters in a hidden part, in a menu, in a form that was never closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bs4.element import Tag

from converter.document.contracts import Omission
from converter.document.findings.pages import LeftOutProse
from converter.document.words import text_size
from converter.parsers.html.boilerplate.left_out import OUTSIDE
from converter.parsers.html.dom.nodes import one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.recognisers.headings.forms import LONGEST_BARE_TITLE, SENTENCE_END, read_form
from converter.recognisers.headings.words import Lexicon, lexicon

RULES = frozenset((OUTSIDE, "hidden", "control", "navigation", "page furniture", "not shown by a browser"))
LEAST_WORDS = 60  # of the whole; a dialog's text is shorter
SENTENCE_WORDS = 12  # of a line that ends as a sentence does
UNDER_HEADING = 2  # such lines where a chapter's heading stands among them
PARAGRAPHS_ALONE = 8  # such lines without one
WORDS_SHOWN = 8  # words that the doubt quotes


def page_lexicon(page: Page) -> Lexicon:
    """The words for "chapter" in the language that the page names."""
    language = next((attribute(e, "lang") for e in page.index.by_name.get("html", ())), "")
    return lexicon(language.partition("-")[0].lower() or "en")


def division_headings(headings: Sequence[Tag], lex: Lexicon) -> Iterator[Tag]:
    """Those of these elements that are worded as a chapter's heading."""
    for heading in headings:
        if _divides(one_line(heading), lex):
            yield heading


def prose_left_out(page: Page, omissions: Sequence[Omission]) -> list[LeftOutProse]:
    """A doubt for each omission that reads like a part of a story."""
    large = [o for o in omissions if o.rule in RULES and text_size(o.text) > LEAST_WORDS]
    if not large:
        return []
    lex = page_lexicon(page)
    return [_doubt(o) for o in large if _is_prose(o.text.split("\n"), lex)]


def _is_prose(lines: Sequence[str], lex: Lexicon) -> bool:
    sentences = sum(text_size(line) >= SENTENCE_WORDS and bool(SENTENCE_END.search(line)) for line in lines)
    return sentences >= PARAGRAPHS_ALONE or (sentences >= UNDER_HEADING and any(_divides(line, lex) for line in lines))


def _divides(line: str, lex: Lexicon) -> bool:
    form = read_form(line, lex) if 0 < len(line) <= LONGEST_BARE_TITLE else None
    return form is not None and form.shape == "division"


def _doubt(omission: Omission) -> LeftOutProse:
    words = omission.text.split()
    return LeftOutProse(omission.rule, len(words), " ".join(words[:WORDS_SHOWN]), omission.origin)
