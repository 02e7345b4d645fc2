"""Prose among what a page's rules leave out: chapters in a hidden part, in a menu, in a form that was never closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bs4.element import Tag

from converter.document.contracts import Omission
from converter.document.findings.pages import LeftOutProse
from converter.document.words import text_size
from converter.parsers.html.boilerplate.left_out import OUTSIDE
from converter.parsers.html.boilerplate.main_part import elements_beside, main_part
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import element_text, one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.recognisers.headings.forms import LONGEST_BARE_TITLE, SENTENCE_END, read_form
from converter.recognisers.headings.words import Lexicon, lexicon
from converter.recognisers.metadata.tab_title import same_letters

RULES = frozenset((OUTSIDE, "hidden", "control", "navigation", "page furniture", "not shown by a browser"))
LEAST_WORDS = 60  # of the whole; a dialog's text is shorter
SENTENCE_WORDS = 12  # of a line that ends as a sentence does
UNDER_HEADING = 2  # such lines where a chapter's heading stands among them
PARAGRAPHS_ALONE = 8  # such lines without one
LIKE_STORY, BESIDE_STORY = 0.3, 30  # of the story's words, and so many, stand in such lines outside it
BESIDE_WORDS = 5  # of a sentence beside the story
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


def prose_left_out(
    page: Page, excluded: Exclusions, omissions: Sequence[Omission], story: Sequence[Tag], names: Sequence[str]
) -> list[LeftOutProse]:
    """A doubt for each omission that reads like a part of a story; and for each element that stands beside the story
    (its elements) in the page's main part, belongs to no rule, and has a sentence or a heading: what only says one of
    the `names`, of the work or its author, is known."""
    lex = page_lexicon(page)
    large = [o for o in omissions if o.rule in RULES and text_size(o.text) > LEAST_WORDS]
    told = sum(text_size(element_text(element)) for element in story) if large else 0
    large = [o for o in large if _is_prose(o.text.split("\n"), lex) or _is_like_story(o, told)]
    beside = _beside(page, excluded, story, names, lex) if story else ()
    return [*map(_doubt, large), *(_doubt(b) for b in beside if not any(b.text in o.text for o in large))]


def _beside(
    page: Page, excluded: Exclusions, story: Sequence[Tag], names: Sequence[str], lex: Lexicon
) -> Iterator[Omission]:
    for element in elements_beside(main_part(page, story), excluded, story):
        lines = [" ".join(line.split()) for line in element_text(element, excluded.ids).split("\n") if line.strip()]
        told = [line for line in lines if not any(same_letters(line, name) for name in names)]
        linked = sum(len(one_line(link)) for link in element.find_all("a"))
        if 2 * linked <= sum(map(len, told)) and any(_tells(line, lex, alone=not linked) for line in told):
            yield Omission(OUTSIDE, "\n".join(told), page.origin(element))


def _tells(line: str, lex: Lexicon, *, alone: bool) -> bool:
    """Whether a line is a sentence; or a chapter's heading, where no link stands with it (`alone`)."""
    return (text_size(line) >= BESIDE_WORDS and bool(SENTENCE_END.search(line))) or (alone and _divides(line, lex))


def _is_prose(lines: Sequence[str], lex: Lexicon) -> bool:
    sentences = sum(text_size(line) >= SENTENCE_WORDS and bool(SENTENCE_END.search(line)) for line in lines)
    return sentences >= PARAGRAPHS_ALONE or (sentences >= UNDER_HEADING and any(_divides(line, lex) for line in lines))


def _is_like_story(omission: Omission, told: int) -> bool:
    """Whether sentences outside the story are a good share of its words: nearly as much may be missing as is there."""
    if omission.rule != OUTSIDE:
        return False
    sizes = [text_size(line) for line in omission.text.split("\n") if SENTENCE_END.search(line)]
    return sum(size for size in sizes if size >= SENTENCE_WORDS) >= max(LIKE_STORY * told, BESIDE_STORY)


def _divides(line: str, lex: Lexicon) -> bool:
    form = read_form(line, lex) if 0 < len(line) <= LONGEST_BARE_TITLE else None
    return form is not None and form.shape == "division"


def _doubt(omission: Omission) -> LeftOutProse:
    words = omission.text.split()
    return LeftOutProse(omission.rule, len(words), " ".join(words[:WORDS_SHOWN]), omission.origin)
