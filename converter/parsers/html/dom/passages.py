"""Interactive stories as Twine publishes them: every passage is text in an element, with its own signs for links.

The signs are Twine's (Twine 2 HTML Output, https://github.com/iftechfoundation/twine-specs, and the manuals of its
story formats): `[[text->passage]]`, `[[passage<-text]]`, `[[text|passage]]`, `[[passage]]`, in SugarCube with what is
set behind it, `[[text|passage][$lamp to 1]]`. Lines end where they are typed.
"""

from __future__ import annotations

import re
from html import escape, unescape

from converter.document.patterns import regex
from converter.parsers.tokenizer import markup_of

PASSAGE = "tw-passagedata"
TARGET = "passage-target"  # the class of what says where a link leads
_LINK = regex(r"\[\[([^\[\]\n]{1,500})\](?:\[[^\[\]\n]{0,500}\])?\]")
_NAME = regex(r"\sname\s*=\s*(?:\"([^\"]{0,500})\"|'([^']{0,500})')", re.I)
QUOTE = '"'
_LEADS = ("-&gt;", "->", "|")  # behind its text
_LEFT = ("&lt;-", "<-")  # before its text


def with_passages(text: str) -> str:
    """The markup of a page, every tag whole, with the name of each passage as a heading in it, its links as links."""
    if f"<{PASSAGE}" not in text.lower():
        return text
    parts: list[str] = []
    done = 0
    key = ""
    for start, end, name, closes, _ in markup_of(text):
        if name.lower() != PASSAGE:
            continue
        if closes:
            parts.append(_told(text[done:start], key))
            done = start
        else:
            called = _name(text[start:end])
            key = _key(called)
            parts += (text[done:start], _heading(called), text[start:end])
            done = end
    return "".join((*parts, text[done:]))


def _name(tag: str) -> str:
    found = _NAME.search(tag)
    return (found[1] or found[2] or "") if found else ""


def _heading(name: str) -> str:
    """The name of a passage, which no text of the page has, as what stands above it."""
    return f'<meta class="passage-name" content="{name.replace(QUOTE, "&quot;")}">' if name else ""


def _told(text: str, key: str) -> str:
    """A passage's text with its paragraphs, its lines and its links; links to `key` lead to the first paragraph."""
    out: list[str] = []
    opened = told = False
    for number, line in enumerate(text.split("\n")):
        end = "\n" if number else ""
        if not line.strip():
            out += ("</p>" if opened else "", end, line)
            opened = False
            continue
        opens = "<p>" if told else f'<p id="{key}">'
        out += (*(("<br>", end) if opened else (end, opens)), _LINK.sub(_link, line))
        opened = told = True
    return "".join((*out, "</p>" if opened else ""))


def _link(match: re.Match[str]) -> str:
    """A link with the words that are read, and those beside them that say where it leads or what it sets."""
    whole, inner = match[0], match[1]
    before, words, behind = "", inner, whole[2 + len(inner) :]
    for sign in _LEADS:
        if sign in inner:
            words, _, target = inner.rpartition(sign)
            behind = f"{sign}{target}{behind}"
            break
    else:
        for sign in _LEFT:
            if sign in inner:
                target, _, words = inner.partition(sign)
                before = f"{target}{sign}"
                break
        else:
            target = inner
    return f'{_aside(before)}<a href="#{_key(target)}">{words.strip()}</a>{_aside(behind)}'


def _aside(text: str) -> str:
    return f'<span class="{TARGET}">{text}</span>' if any(map(str.isalnum, text)) else ""


def _key(name: str) -> str:
    return escape("passage-" + "-".join(unescape(name).split()))
