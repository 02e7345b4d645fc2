"""What a story says of itself, as plain text: readers and shops show a description's marks as they stand."""

from __future__ import annotations

import re

from converter.document.patterns import regex

_TAG = regex(
    r"</?(?:p|br|hr|div|span|i|em|b|strong|u|s|a|ul|ol|li|blockquote|center|small|big|font|h[1-6])\b[^<>]{0,300}>", re.I
)
_ENTITY = regex(r"&(?:[a-z]{2,8}|#\d{2,6}|#x[\da-f]{2,5});", re.I)
_EMPHASIS = regex(r"(?<![\w*_\\])(\*{1,3}|_{1,3}|~~)(?=[^\s*_~])([^*_~\n]{0,300}[^\s*_~])\1(?![\w*_])")
_LINK = regex(r"!?\[([^\[\]\n]{1,300})\]\(([^()\s]{1,500})\)")
_ADDRESS = regex(r"[a-z]{3,9}:|/|#", re.I)
_HEAD = regex(r"^(?:#{1,6}|>) +", re.M)


def plain_description(text: str) -> str:
    """The text without tags, entities and typed marks of emphasis; paragraphs are lines. A link keeps its address."""
    if "<" in text and _TAG.search(text):
        from converter.recognisers.metadata.tagged import without_tags

        text = without_tags(text)
    elif "&" in text and _ENTITY.search(text):
        import html

        text = html.unescape(text)
    if "](" in text:
        text = _LINK.sub(_link, text)
    for _ in range(2):  # one inside another
        text = _EMPHASIS.sub(r"\2", text)
    text = _HEAD.sub("", text)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _link(found: re.Match[str]) -> str:
    words, address = found[1], found[2]
    if not _ADDRESS.match(address) or words == address:
        return words if words == address else found[0]
    return words if address.startswith("#") else f"{words} ({address})"
