"""Pages that hold no story: log-in walls, gates, errors, checks of a browser, forms, shops. Told by their few words."""

from __future__ import annotations

from collections.abc import Set

from converter.document.errors import NotAStory
from converter.document.words import text_size
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.metas import meta_contents
from converter.parsers.html.dom.nodes import element_text, one_line, texts
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.extraction.facts import Facts
from converter.parsers.html.extraction.json_ld import json_items, json_kinds
from converter.parsers.html.extraction.work_data import is_sold
from converter.recognisers.headings.forms import SENTENCE_END
from converter.recognisers.lines.notices import (
    ABOUT_WORK,
    CONSENT,
    COOKIES,
    FORM,
    GONE,
    LINE_LETTERS,
    LOG_IN,
    NOT_RUN,
    PROFILE,
    SHOP,
    asks_for_consent,
    is_loading,
    notice,
    says_gone,
    titles_log_in,
    words_of_cookies,
)
from converter.recognisers.metadata.fields import read_field
from converter.recognisers.metadata.work_and_chapter import parts_of

FEW_WORDS = 250  # an error page has fewer; a story of this length with such a sentence in it is not refused (see LEAD)
MANY_WORDS = 3_000  # with menus and all that is hidden
LEAD = 600  # characters: the notice stands at the top

LOG_IN_WORDS = 120  # outside links
GATE_WORDS = 400  # outside links: the question, the work's summary, the site's header and footer
SHOP_WORDS = 600  # outside links: what a book is about, what a few readers say; more may be a part of it
COOKIES_SAID, COOKIES_SHARE = 4, 0.5  # what a wall speaks of; of the words, those of the lines that do
FACT_HEADINGS = 4  # headings that are labels of facts about a work: "Genre", "Status", "Description"
SENTENCE_WORDS, TOLD_LINES = 6, 8  # words of a line that tells, such lines; a summary has one or two
BOOK_FACTS = frozenset("aggregateRating review reviews isbn numberOfPages bookFormat".split())
NOT_FACTS = ("note", "extra", "ignore")
FORM_LABELS = 8  # controls that are named; the form for a comment has up to six
FORM_WORDS = 60  # outside controls, their names and links
FORM_PARTS = ("label", "legend", "select", "button", "textarea", "option")


def refuse_page(page: Page, excluded: Exclusions, facts: Facts) -> None:
    """Raises NotAStory, with the reason, for a page of few words that opens with (or is titled by) such a notice; for a
    gate whatever stands around it."""
    words = 0
    for node in texts(page.body):
        words += text_size(node)
        if words > MANY_WORDS:
            return
    text = " ".join(element_text(page.body, excluded.ids).split())
    if asks_for_consent(text) and words_outside_links(page, excluded) <= GATE_WORDS and not _tells(page, excluded):
        raise NotAStory(CONSENT.message, page.name, CONSENT.remedy)
    _refuse_gone(page, excluded)
    _refuse_log_in(page, excluded)
    _refuse_cookies(page, excluded)
    _refuse_form(page, excluded)
    if _is_profile(page) and words_outside_links(page, excluded) <= FEW_WORDS:
        raise NotAStory(PROFILE.message, page.name, PROFILE.remedy)
    if _is_about_work(page) and words_outside_links(page, excluded) <= SHOP_WORDS and not _tells(page, excluded):
        raise NotAStory(ABOUT_WORK.message, page.name, ABOUT_WORK.remedy)
    if is_sold(page) and words_outside_links(page, excluded) <= SHOP_WORDS:
        raise NotAStory(SHOP.message, page.name, SHOP.remedy)
    if text_size(text) > FEW_WORDS:
        return
    scripts = " ".join(n.get_text(" ") for n in page.soup.find_all("noscript", limit=4))
    title = page.soup.title.get_text(" ") if page.soup.title is not None else ""
    unseen = scripts[:300] if text_size(text) < FEW_WORDS // 5 else ""
    top = " ".join(f"{title} {facts.text('title')} {text[:LEAD]} {unseen}".split())
    unrun = is_loading(text) and page.index.by_name.get("script")
    if reason := NOT_RUN if unrun else notice(top):
        raise NotAStory(reason.message, page.name, reason.remedy)


def _refuse_gone(page: Page, excluded: Exclusions) -> None:
    """Raises NotAStory where a line of its own says that the story was taken back, on a page that tells little else."""
    lines = element_text(page.body, excluded.ids).split("\n")
    said = any(says_gone(" ".join(line.split())) for line in lines if line and len(line) < LINE_LETTERS)
    if said and words_outside_links(page, excluded) <= GATE_WORDS:
        raise NotAStory(GONE.message, page.name, GONE.remedy)


def _refuse_log_in(page: Page, excluded: Exclusions) -> None:
    """Raises NotAStory for a form that asks for a password under such a heading, on a page that tells nothing else."""
    if not any(attribute(e, "type").lower() == "password" for e in page.index.by_name.get("input", ())):
        return
    titles = (e.get_text(" ") for e in page.index.by_name.get("title", ()))
    headings = [p.text for t in titles for p in parts_of(" ".join(t.split()))] + [
        one_line(e) for e in page.index.select("h1, h2")
    ]
    if any(map(titles_log_in, headings)) and words_outside_links(page, excluded) <= LOG_IN_WORDS:
        raise NotAStory(LOG_IN.message, page.name, LOG_IN.remedy)


def _refuse_cookies(page: Page, excluded: Exclusions) -> None:
    """Raises NotAStory where most of a page of few words asks whether it may know its readers."""
    lines = element_text(page.body, excluded.ids).split("\n")
    sizes = [text_size(line) for line in lines]
    said = [words_of_cookies(line) for line in lines]
    asking = sum(size for size, found in zip(sizes, said, strict=True) if found)
    if len(set().union(*said)) >= COOKIES_SAID and asking >= COOKIES_SHARE * sum(sizes) and sum(sizes) <= GATE_WORDS:
        raise NotAStory(COOKIES.message, page.name, COOKIES.remedy)


def _is_profile(page: Page) -> bool:
    """Whether a page says that it is about a person."""
    kinds = {kind for item in json_items(page) for kind in json_kinds(item)}
    return meta_contents(page).get("og:type", "").lower() == "profile" or "profilepage" in kinds


def _is_about_work(page: Page) -> bool:
    """Whether headings of a page are labels of facts about a work, several of them; or its data are about a book with
    readers who rated it, or pages that are counted."""
    if any(json_kinds(item) == ["book"] and not BOOK_FACTS.isdisjoint(item) for item in json_items(page)):
        return True
    fields = (read_field(f"{one_line(h).rstrip(' :')}: 1") for h in page.index.select("h2, h3, h4, h5, h6"))
    return len({f[0] for f in fields if f is not None and f[0] not in NOT_FACTS}) >= FACT_HEADINGS


def _tells(page: Page, excluded: Exclusions) -> bool:
    """Whether a page has more sentences than tell what a work is about: a chapter may be short, too."""
    lines = (line for line in element_text(page.body, excluded.ids).split("\n") if SENTENCE_END.search(line.strip()))
    sizes = [size for line in lines if (size := text_size(line)) >= SENTENCE_WORDS]
    return len(sizes) >= TOLD_LINES or sum(sizes) >= FEW_WORDS


def _refuse_form(page: Page, excluded: Exclusions) -> None:
    """Raises NotAStory for a page that is next to nothing but controls and their names."""
    if len(page.index.by_name.get("label", ())) < FORM_LABELS:
        return
    parts = {id(e) for name in FORM_PARTS for e in page.index.by_name.get(name, ())}
    if words_outside_links(page, excluded, parts) <= FORM_WORDS:
        raise NotAStory(FORM.message, page.name, FORM.remedy)


def words_outside_links(page: Page, excluded: Exclusions, parts: Set[int] = frozenset()) -> int:
    """The words of a page that lead nowhere, and stand outside these parts: menus, footers and lists of works are
    links."""
    links = {id(a) for a in page.index.by_name.get("a", ()) if "href" in a.attrs}
    return text_size(element_text(page.body, excluded.ids.keys() | links | parts))
