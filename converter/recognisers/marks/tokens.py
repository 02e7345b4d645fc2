"""The marks in a paragraph, in order: of emphasis, tags, addresses, readings over Chinese characters, line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from converter.document.patterns import regex
from converter.recognisers.marks.tags import TAG_SOURCE

FIRST_SIGN = regex(r"[<\[*_~/|\x00]")  # of all marks but addresses and readings
SITE = r"(?:https?://|www\.)[^\s<>\"”’\]\u3000-\u3015\uff00-\uff60]+[^\s<>\"”’\].,;:!?)*_\u3000-\u3015\uff00-\uff60]"
MAIL = r"(?<![\w.+\-])[\w.+\-]+@[\w\-]+\.[\w.\-]*\w"
MARK = r"(?P<mark>(?!(?<=\[)\*\])\*{1,3}|_{1,3}|~{1,2}|/{1,2}|\|\|)|(?P<break>\x00)"
RUBY = (
    r"《《(?P<dotted>[^《》\s\x00]{1,60})》》|"  # words with a dot beside each sign
    r"(?:｜(?P<base>[^《》｜\s]{1,30})|(?P<kanji>[\u3400-\u9fff々〆ヶ]{1,12}))"
    r"《(?P<reading>[\u3041-\u30ff・ー]{1,40})》"
)


def tokens(text: str) -> Iterator[re.Match[str]]:
    """The marks of a text in order. Where none can begin with a letter only their first signs are looked at."""
    if "@" in text or "《" in text or "://" in text or "www." in text.casefold():
        yield from _token(mail="@" in text, ruby="《" in text).finditer(text)
        return
    token = _token(mail=False, ruby=False)
    end = 0
    for sign in FIRST_SIGN.finditer(text):
        if sign.start() >= end and (m := token.match(text, sign.start())):
            end = m.end()
            yield m


@cache
def _token(*, mail: bool, ruby: bool) -> re.Pattern[str]:
    """The pattern of all marks, with what costs time only where it may be met.

    Every letter may begin a mail address; readings over Chinese characters make the pattern slow to compile.
    """
    address = f"(?P<address>{SITE}|{MAIL})" if mail else f"(?P<address>{SITE})"
    return re.compile("|".join((TAG_SOURCE, address, MARK, *((RUBY,) if ruby else ()))), re.IGNORECASE)
