"""Pages that hold no story: log-in walls, gates, errors, checks of a browser. Told by their few words."""

from __future__ import annotations

import re

from converter.document.errors import NotAStory
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import element_text, texts
from converter.parsers.html.dom.page import Page
from converter.parsers.html.extraction.facts import Facts

FEW_WORDS = 250  # an error page has fewer; a story of this length with such a sentence in it is not refused (see LEAD)
MANY_WORDS = 3_000  # with menus and all that is hidden
LEAD = 600  # characters: the notice stands at the top

GATE = re.compile(  # whoever reads on has agreed: said where a work is asked for, not where it is shown
    r"\bif you (?:proceed|continue|go on),? you (?:have )?agreed?(?: that)? you(?: are|['’]re) willing to "
    r"(?:see|view|read) (?:such|this|adult|mature) (?:content|material|works?)\b",
    re.I,
)
GATE_WORDS = 400  # outside links: the question, the work's summary, the site's header and footer
GATE_REASON = (
    "the page only asks whether adult content may be shown",
    "confirm it in the browser, then save the page that follows",
)

REASONS: tuple[tuple[str, str, str], ...] = (
    (
        r"checking (?:if the site connection is secure|your browser before accessing)|"
        r"verify(?:ing)? (?:that )?you are (?:a )?human|"
        r"attention required!? \| cloudflare|cf-browser-verification|ray id: |just a moment\.\.\.|ddos protection by",
        "the page is a check of the browser (Cloudflare or its like), not the story",
        "open the story in a browser, wait until it is shown, and save that page",
    ),
    (
        r"(?:please )?(?:enable|turn on|activate) java ?script|java ?script (?:is|must be|"
        r"needs to be) (?:disabled|enabled|required|turned)|"
        r"you need to enable javascript to run this app",
        "the page is empty until its scripts run: they never ran before it was saved",
        "open it in a browser and save it from there",
    ),
    (
        r"\b(?:error )?404\b|page (?:was )?not found|(?:page|story|work|"
        r"chapter) (?:you (?:were looking for|requested) )?(?:does not|doesn['’]t|no longer) exists?|"
        r"story not found|has been (?:deleted|removed)|couldn['’]t find (?:the|that) (?:page|story|work)|"
        r"(?:page|story|work|chapter|thread|post|entry) (?:is no longer available|could(?: not|n['’]t) be found)",
        "the page says that the story does not exist (any more)",
        "look for another copy",
    ),
    (
        r"(?:you must|you need to|please) (?:be logged in|log ?in|sign ?in|register)|members only|"
        r"only available to registered|log in to (?:read|continue|view)|"
        r"you do not have permission|access denied|403 forbidden|subscribe to (?:read|continue)",
        "the page asks for a log-in and does not hold the story",
        "log in, open the story, and save that page",
    ),
    (
        r"(?:chapter|part|post|episode|story) is (?:locked|for (?:patrons|members|subscribers) only)|"
        r"unlock (?:it |this chapter |the chapter )?(?:with|for|by)\b|for (?:patrons|members|subscribers) only|"
        r"become a (?:patron|member|subscriber)|(?:entry|journal|post|page) is (?:private|friends[- ]only|locked)",
        "the page says that this part is locked, and does not hold it",
        "open it with an account that may read it, and save that page",
    ),
    (
        r"adult content warning|are you (?:over|at least) (?:1[48]|21)\b|you must be (?:over |at least )?(?:18|21)\b|"
        r"age verification|confirm (?:that you are over|your age)",
        *GATE_REASON,
    ),
    (
        r"\bbefore you continue to \w",
        "the page only asks about cookies, and does not hold the story",
        "answer it in the browser, then save the page that follows",
    ),
    (
        r"(?:50[0234]|internal) (?:server )?error|bad gateway|service (?:temporarily )?unavailable|"
        r"gateway time-?out|too many requests|error establishing a database",
        "the page is a server's error message",
        "save the story again later",
    ),
)

SHELL_WORDS = 4
SHELL = re.compile(
    r"\W*(?:(?:now |page )?loading|please wait|wird geladen|chargement|cargando|caricamento|"
    r"загрузка|加载中|読み込み中)",
    re.I,
)


def refuse_page(page: Page, excluded: Exclusions, facts: Facts) -> None:
    """Raises NotAStory, with the reason, for a page of few words that opens with (or is titled by) such a notice; for a
    gate whatever stands around it."""
    words = 0
    for node in texts(page.body):
        words += len(node.split())
        if words > MANY_WORDS:
            return
    text = " ".join(element_text(page.body, excluded.ids).split())
    if GATE.search(text) and words_outside_links(page, excluded) <= GATE_WORDS:
        raise NotAStory(GATE_REASON[0], page.name, GATE_REASON[1])
    if len(text.split()) > FEW_WORDS:
        return
    scripts = " ".join(n.get_text(" ") for n in page.soup.find_all("noscript", limit=4))
    title = page.soup.title.get_text(" ") if page.soup.title is not None else ""
    unseen = scripts[:300] if len(text.split()) < FEW_WORDS // 5 else ""
    top = " ".join(f"{title} {facts.text('title')} {text[:LEAD]} {unseen}".split())
    if len(text.split()) <= SHELL_WORDS and SHELL.match(text) and page.index.by_name.get("script"):
        top = "enable javascript"
    for pattern, message, remedy in REASONS:
        if re.search(pattern, top, re.I):
            raise NotAStory(message, page.name, remedy)


def words_outside_links(page: Page, excluded: Exclusions) -> int:
    """The words of a page that lead nowhere: menus, footers and lists of works are links."""
    links = {id(a) for a in page.index.by_name.get("a", ()) if "href" in a.attrs}
    return len(element_text(page.body, excluded.ids.keys() | links).split())
