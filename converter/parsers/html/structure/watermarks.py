"""Lines that a site puts between a story's paragraphs: "visit us for the latest chapters", "stolen, read it there"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from converter.document.contracts import Omission
from converter.document.model import Origin, Paragraph
from converter.document.patterns import regex
from converter.document.walk import plain_text
from converter.parsers.html.dom.page import Page
from converter.parsers.items.kinds import Item

RULE = "site's own line"
MOST_WORDS = 45
MOST_CHARACTERS = 330
MOST_LETTERS = 160  # of a line in a script without spaces
OPENS = "\"'“‘«„「『*_"  # speech, an aside: no site speaks so
SIGNS = (
    ".com .c0m .net .org .co .io .me .info .cc .xyz .online .site .club .top .vip .fun .la .tv .example (dot) ．"
    " mazon oyal site platform version riginal find arrow keys 本章 记住"
).split()  # one of them stands in every such line: nearly all paragraphs are read no further
DOMAIN = regex(
    r"\b(?:www\.|m\.)?[\w-]{3,}\s?(?:\.|\(dot\) ?|．)"
    r"(?:c[o0]m|net|[o0]rg|co|io|me|info|cc|xyz|online|site|club|top|vip|fun|la|tv|example)\b",
    re.I,
    MOST_CHARACTERS,
)
OWN_PAGES = re.compile(
    r"patreon|ko-?fi|discord|subscribestar|buymeacoffee|paypal|twitter|facebook|instagram|mailto|@", re.I
)
READING = re.compile(
    r"\b(?:latest|new(?:est)?|faster|fastest|more|next) (?:chapters?|updates?|novels?|episodes?)\b|"
    r"\b(?:chapters?|novels?|content|translation|update[sd]?) (?:is|are|was|were|has been|have been)? ?(?:first )?"
    r"(?:updated|published|posted|released|hosted|provided|brought|taken|translated) (?:by|on|at|from|to|in)\b|"
    r"\b(?:read|find|follow|visit|search|go to|continue reading)\b.{0,60}\b(?:chapters?|novels?|reading experience|"
    r"updates?|for free|ahead|(?:a |the )?(?:better|best) experience)\b|^\W*read (?:this |it )?(?:at|on) \S+\W*$|"
    r"\b(?:uploaded|updates?|chapters?) (?:by|from|at|on)\b|\bsource of this (?:content|chapter)\b|\bbest novel\b|"
    r"首发|域名|阅读网址|阅读地址|最新章节|最快更新|手机(?:版|用户|端)|收藏本站|无弹窗",
    re.I,
)
PLATFORM = re.compile(
    r"\bon amazon(?=\s*[.,;:!?)]|\s+(?:without|or|and|is|it|please|note|report)\b)|\broyal ?road\b|"
    r"\b(?:original|another|official|legitimate) (?:web)?(?:site|platform|source|version)\b",
    re.I,
)
WORK = re.compile(r"\b(?:story|stories|tale|narrative|novel|book|content|authors?|writers?)\b", re.I)
THEFT = re.compile(
    r"\b(?:stolen|theft|unauthori[sz]ed|misappropriated|pilfered|purloined|illicit\w*|unlawful\w*|rightfully|genuine|"
    r"without (?:the author['’]?s? |authori[sz]ation|consent|permission|approval)|report (?:it|any|the|sightings)|"
    r"support (?:the |creative |your )?(?:author|writer|favou?rite)|gets? (?:the )?(?:credit|support)|"
    r"be reported|help support)\b",
    re.I,
)
SAID = regex(
    r"if you find any errors? ?\(.*(?:broken|ads?|non-standard).*let us know|"
    r"you can use (?:left|arrow|the).*keys? to (?:browse|navigate) between chapters|"
    r"一秒记住(?:本站|【)|记住本站|本章未完.{0,6}(?:点击|翻).{0,4}下一页|请记住本(?:书|站)",
    re.I,
    MOST_CHARACTERS,
)


def without_injected(items: Sequence[Item], page: Page) -> tuple[list[Item], list[Omission]]:
    """The items without the site's own lines, and those as omissions."""
    if page.index.by_name.get("q"):  # its marks are ours: what is left out must be told as the page has it
        return list(items), []
    kept: list[Item] = []
    told: list[Omission] = []
    for item in items:
        if isinstance(item, Paragraph) and is_injected(text := plain_text(item.content)):
            told.append(Omission(RULE, " ".join(text.split()), item.origin or Origin(page.name, 1)))
        else:
            kept.append(item)
    return kept, told


def is_injected(text: str) -> bool:
    """Whether a paragraph speaks for a site to its readers: it names a site and says where to read."""
    text = text.strip()
    if not text or len(text) > MOST_CHARACTERS or text[0] in OPENS or not any(map(text.__contains__, SIGNS)):
        return False
    if len(text.split()) > MOST_WORDS or (not text.isascii() and len(text) > MOST_LETTERS and " " not in text):
        return False
    if SAID.search(text):
        return True
    if PLATFORM.search(text) and WORK.search(text) and THEFT.search(text):
        return True
    return bool(DOMAIN.search(text) and READING.search(text) and not OWN_PAGES.search(text))
