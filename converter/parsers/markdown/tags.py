"""Tags that are written into Markdown: which of them are elements, what they say, and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from html.entities import html5
from typing import NamedTuple

from converter.document.patterns import regex
from converter.parsers.characters import NOT_IN_XML
from converter.recognisers.marks.tags import is_markup

# What formats words; any other name in angle brackets is a word of the story's. In a line `BLOCKS` hold nothing.
TAGS = frozenset(
    "a abbr article aside b big blockquote br caption center cite code col colgroup dd del details dfn div dl dt "
    "em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q rb "
    "rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th thead "
    "tr tt u ul var wbr".split()
)
# What brings in other things. Their names may be words of a story ("<Object>"), so they count where they say something.
EMBEDS = frozenset(
    "audio button canvas embed foreignobject form frame iframe image input link map math meta noscript object option "
    "param picture script select source style svg textarea track use video mi mn mo".split()
)
BLOCKS = TAGS & frozenset(
    "article aside blockquote caption center col colgroup dd details div dl dt figcaption figure footer h1 h2 h3 h4 "
    "h5 h6 header hr li main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
OF_TABLES = frozenset("caption col colgroup tbody td tfoot th thead tr".split())
MOST_ATTRIBUTES = 256  # of one tag; more say nothing
CODE = regex(r"\s*<(?:script|style)\b[^<>]*>", re.I | re.A)
CODE_END = regex(r"</(?:script|style)\s*>", re.I | re.A)
_ALONE = r"</?([a-zA-Z][a-zA-Z0-9-]*)(?:\s[^<>]*)?/?>|<[!?][^<>]*>"
_ANY = regex(rf"<!--.*?(?:-->|\Z)|{_ALONE}", re.S)
_TAG = regex(_ALONE)
_ATTRIBUTE = regex(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
_REFERENCE = regex(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]{1,31}));")


class Tag(NamedTuple):
    """One tag: its name in small letters, whether it ends an element, its attributes."""

    name: str
    closes: bool
    attributes: Mapping[str, str]


class MarkupToken(NamedTuple):
    """A stretch of a text with tags in it, from the place `start`: text (`tag` is None), a tag, or a comment (a tag
    without a name)."""

    text: str
    start: int
    tag: Tag | None = None


COMMENT = Tag("", False, {})


def is_element(tag: str, name: str) -> bool:
    """Whether a tag of this name is an element's, or a word of the story's in angle brackets."""
    name = name.lower()
    return name in TAGS or (name in EMBEDS and ("=" in tag or tag.startswith("</") or tag.endswith("/>")))


def markup_tokens(text: str) -> Iterator[MarkupToken]:
    """A text in its pieces, in order: elements' tags, comments, and between them text as it is written."""
    done = 0
    for written in _tags(text):
        tag = COMMENT if written[0].startswith("<!--") else _element(written)
        if tag is None:
            continue  # a word in angle brackets
        if written.start() > done:
            yield MarkupToken(text[done : written.start()], done)
        yield MarkupToken(written[0], written.start(), tag)
        done = written.end()
    if done < len(text):
        yield MarkupToken(text[done:], done)


def _tags(text: str) -> Iterator[re.Match[str]]:
    """Tags and comments in order. A comment that never ends is none, and what follows it is looked at as it stands."""
    for tag in _ANY.finditer(text):
        if tag[0].startswith("<!--") and not tag[0].endswith("-->"):
            yield from _TAG.finditer(text, tag.start())
            return
        yield tag


def _element(match: re.Match[str]) -> Tag | None:
    written, name = match[0], match[1]
    if not name or not is_element(written, name) or not is_markup(" ".join(written.split())):
        return None
    return Tag(name.lower(), written.startswith("</"), _attributes(written[match.end(1) - match.start() : -1]))


def _attributes(text: str) -> Mapping[str, str]:
    attributes: dict[str, str] = {}
    for attribute in _ATTRIBUTE.finditer(text) if "=" in text else ():
        if len(attributes) >= MOST_ATTRIBUTES:
            break
        attributes.setdefault(attribute[1].lower(), unescape(attribute[2] or attribute[3] or attribute[4] or ""))
    return attributes


def as_quoted(written: str) -> str:
    """A tag as it is told when it is left out: its lines without the space around them."""
    return "\n".join(filter(None, map(str.strip, written.split("\n"))))


def without_illegal(text: str) -> str:
    """A text without the characters that no book may hold."""
    return text if text.isprintable() else NOT_IN_XML.sub("", text)


def decoded(text: str) -> str:
    """Text between tags. A reference in it is one by the rules of Markdown, which are stricter than those of pages."""
    return _REFERENCE.sub(_referred, text) if "&" in text else text


def _referred(reference: re.Match[str]) -> str:
    if reference[3]:
        return html5.get(f"{reference[3]};", reference[0])
    code = int(reference[1]) if reference[1] else int(reference[2], 16)
    if 0x80 <= code <= 0x9F:  # as in HTML 5
        return bytes([code]).decode("cp1252", "ignore")
    if code in (9, 10, 12, 13):
        return " "
    return "" if code > 0x10FFFF or code & 0xFFFE == 0xFFFE else without_illegal(chr(code))
