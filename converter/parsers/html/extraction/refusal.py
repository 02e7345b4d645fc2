"""Pages that hold no story: log-in walls, gates, errors, checks of a browser. Told by their few words."""

from __future__ import annotations

from converter.document.errors import NotAStory
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import element_text, texts
from converter.parsers.html.dom.page import Page
from converter.parsers.html.extraction.facts import Facts
from converter.recognisers.lines.notices import CONSENT, NOT_RUN, asks_for_consent, is_loading, notice

FEW_WORDS = 250  # an error page has fewer; a story of this length with such a sentence in it is not refused (see LEAD)
MANY_WORDS = 3_000  # with menus and all that is hidden
LEAD = 600  # characters: the notice stands at the top

GATE_WORDS = 400  # outside links: the question, the work's summary, the site's header and footer


def refuse_page(page: Page, excluded: Exclusions, facts: Facts) -> None:
    """Raises NotAStory, with the reason, for a page of few words that opens with (or is titled by) such a notice; for a
    gate whatever stands around it."""
    words = 0
    for node in texts(page.body):
        words += len(node.split())
        if words > MANY_WORDS:
            return
    text = " ".join(element_text(page.body, excluded.ids).split())
    if asks_for_consent(text) and words_outside_links(page, excluded) <= GATE_WORDS:
        raise NotAStory(CONSENT.message, page.name, CONSENT.remedy)
    if len(text.split()) > FEW_WORDS:
        return
    scripts = " ".join(n.get_text(" ") for n in page.soup.find_all("noscript", limit=4))
    title = page.soup.title.get_text(" ") if page.soup.title is not None else ""
    unseen = scripts[:300] if len(text.split()) < FEW_WORDS // 5 else ""
    top = " ".join(f"{title} {facts.text('title')} {text[:LEAD]} {unseen}".split())
    unrun = is_loading(text) and page.index.by_name.get("script")
    if reason := NOT_RUN if unrun else notice(top):
        raise NotAStory(reason.message, page.name, reason.remedy)


def words_outside_links(page: Page, excluded: Exclusions) -> int:
    """The words of a page that lead nowhere: menus, footers and lists of works are links."""
    links = {id(a) for a in page.index.by_name.get("a", ()) if "href" in a.attrs}
    return len(element_text(page.body, excluded.ids.keys() | links).split())
