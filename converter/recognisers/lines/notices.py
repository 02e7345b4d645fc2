"""What a page says that stands in a story's place: a log-in wall, a gate, an error, a check of the browser."""

from __future__ import annotations

import re
from typing import NamedTuple

from converter.document.patterns import regex
from converter.recognisers.vocabulary import either, whole


class Notice(NamedTuple):
    """What a page is instead of a story, and what a person can do about it."""

    message: str
    remedy: str


CONSENT = Notice(
    "the page only asks whether adult content may be shown",
    "confirm it in the browser, then save the page that follows",
)
NOT_RUN = Notice(
    "the page is empty until its scripts run: they never ran before it was saved",
    "open it in a browser and save it from there",
)
GONE = Notice(
    "the page says that the story was suspended or taken back, and does not hold it",
    "look for another copy",
)
LOG_IN = Notice(
    "the page asks for a log-in and does not hold the story",
    "log in, open the story, and save that page",
)
FORM = Notice(
    "the page is a form (settings, a search) and holds no story",
    "open the story that is wanted and save that page",
)
SHOP = Notice(
    "the page offers a book for sale and does not hold it",
    "open the story itself and save that page",
)
COOKIES = Notice(
    "the page only asks about cookies, and does not hold the story",
    "answer it in the browser, then save the page that follows",
)
PROFILE = Notice(
    "the page is about a person and holds no story",
    "open the story that is wanted and save that page",
)
ABOUT_WORK = Notice(
    "the page tells about a work and does not hold it",
    "open a chapter and save that page",
)
LOADING_WORDS = 4
GONE_WORDS = 120  # of a note that a chapter is gone, at most
BARE_WORDS = 30  # of one that gives no reason
LINE_LETTERS = 200  # of a line that is nothing but such a notice
_GATE = regex(  # whoever reads on has agreed: said where a work is asked for, not where it is shown
    r"\bif you (?:proceed|continue|go on),? you (?:have )?agreed?(?: that)? you(?: are|['’]re) willing to "
    r"(?:see|view|read) (?:such|this|adult|mature) (?:content|material|works?)\b|"
    r"\b(?:confirm|certify|verify|declare|acknowledge) (?:that )?(?:you are|you['’]re|i am|i['’]m) "
    r"(?:at least |over |above )?(?:18|21|eighteen)\b",
    re.I,
)
_LOADING = regex(rf"\W*{either('site', 'loading')}", re.I)
_GONE = regex(rf"\W*{either('notices', 'taken')}\s*{either('notices', 'taken_back')}\W*", re.I, LINE_LETTERS)
_OF_WORK = regex(whole("notices", "of_work"), re.I)
_OUT = regex(whole("notices", "out"), re.I)
_SOLD = regex(whole("notices", "sold"), re.I)
_COOKIES = regex(rf"\b{either('notices', 'cookies')}", re.I)
_LOG_IN = regex(rf"\W*{either('notices', 'log_in')}(?:\W+.*)?", re.I, LINE_LETTERS)
_NOT_LOADED = regex(
    rf"\W*(?:{either('notices', 'loaded')}\s*)?{either('notices', 'not_loaded')}(?:\W.*)?", re.I, LINE_LETTERS
)
_NOTICES: tuple[tuple[re.Pattern[str], Notice], ...] = (
    (
        regex(
            r"checking (?:if the site connection is secure|your browser before accessing)|"
            r"verify(?:ing)? (?:that )?you are (?:a )?human|"
            r"attention required!? \| cloudflare|cf-browser-verification|ray id: |just a moment\.\.\.|"
            r"ddos protection by",
            re.I,
        ),
        Notice(
            "the page is a check of the browser (Cloudflare or its like), not the story",
            "open the story in a browser, wait until it is shown, and save that page",
        ),
    ),
    (
        regex(
            r"(?:please )?(?:enable|turn on|activate) java ?script|java ?script (?:is|must be|"
            r"needs to be) (?:disabled|enabled|required|turned)|"
            r"you need to enable javascript to run this app",
            re.I,
        ),
        NOT_RUN,
    ),
    (
        regex(
            r"\b(?:error )?404\b|page (?:was )?not found|(?:page|story|work|"
            r"chapter) (?:you (?:were looking for|requested) )?(?:does not|doesn['’]t|no longer) exists?|"
            r"story not found|has been (?:deleted|removed)|couldn['’]t find (?:the|that) (?:page|story|work)|"
            r"(?:page|story|work|chapter|thread|post|entry) (?:is no longer available|could(?: not|n['’]t) be found)",
            re.I,
        ),
        Notice(
            "the page says that the story does not exist (any more)",
            "look for another copy",
        ),
    ),
    (
        regex(
            r"(?:you must|you need to|please) (?:be logged in|log ?in|sign ?in|register)|members only|"
            r"only available to registered|log in to (?:read|continue|view)|"
            r"you do not have permission|access denied|403 forbidden|subscribe to (?:read|continue)",
            re.I,
        ),
        LOG_IN,
    ),
    (
        regex(
            r"(?:chapter|part|post|episode|story) is (?:locked|for (?:patrons|members|subscribers) only)|"
            r"unlock (?:it |(?:this|the) (?:chapter|post|episode|part|story) )?(?:with|for|by)\b|"
            r"join (?:now )?to unlock|for (?:patrons|members|subscribers) only|"
            r"become a (?:patron|member|subscriber)|(?:entry|journal|post|page) is (?:private|friends[- ]only|locked)",
            re.I,
        ),
        Notice(
            "the page says that this part is locked, and does not hold it",
            "open it with an account that may read it, and save that page",
        ),
    ),
    (
        regex(
            r"adult content warning|are you (?:over|at least) (?:1[48]|21)\b|"
            r"you must be (?:over |at least )?(?:18|21)\b|"
            r"age verification|confirm (?:that you are over|your age)",
            re.I,
        ),
        CONSENT,
    ),
    (
        regex(
            r"\bbefore you continue to \w",
            re.I,
        ),
        COOKIES,
    ),
    (
        regex(
            r"(?:50[0234]|internal) (?:server )?error|unexpected error (?:has )?occurred|"
            r"something went wrong\W{1,3}(?:please )?(?:try again|refresh|reload)|"
            r"bad gateway|service (?:temporarily )?unavailable|"
            r"gateway time-?out|too many requests|error establishing a database",
            re.I,
        ),
        Notice(
            "the page is a server's error message",
            "save the story again later",
        ),
    ),
)


def notice(text: str) -> Notice | None:
    """The first notice that a text gives: the top of a page of few words, with its title."""
    return next((kind for pattern, kind in _NOTICES if pattern.search(text)), None)


def says_gone(line: str) -> bool:
    """Whether a line says that the story of its page was taken back: "This story has been suspended"."""
    return _GONE.fullmatch(line) is not None


def replaces_text(text: str) -> bool:
    """Whether all that stands in a chapter's place is a note that it is gone: "Chapters 1-30 were removed, as the book
    is on Kindle now". A story may say such a thing, too: whoever asks has to know another text of that chapter."""
    count = len(text.split())
    if count > GONE_WORDS or not (_OUT.search(text) and _OF_WORK.search(text)):
        return False
    return count <= BARE_WORDS or _SOLD.search(text) is not None


def titles_log_in(line: str) -> bool:
    """Whether a heading is that of a page that asks for an account: "Log in", "Sign in to Tales"."""
    return _LOG_IN.fullmatch(line) is not None


def says_not_loaded(line: str) -> bool:
    """Whether a line stands where a text was to be that its page failed to fetch."""
    return _NOT_LOADED.fullmatch(line) is not None


def asks_for_consent(text: str) -> bool:
    """Whether a page asks whether it may show what is for adults, and shows nothing yet."""
    return _GATE.search(text) is not None


def words_of_cookies(line: str) -> set[str]:
    """What a line says of cookies and of those who set them."""
    return {found[0].casefold() for found in _COOKIES.finditer(line)}


def is_loading(text: str) -> bool:
    """Whether a few words only say that the page isn't there yet: "Loading...", "wird geladen"."""
    return len(text.split()) <= LOADING_WORDS and _LOADING.match(text) is not None
