"""The tags of a page as HTML 5 reads them, mended where they would take words with them.

A sign too few costs a browser everything up to the next one: `<a href="x>`, a comment without an end, `</3`. What a
person wrote there is text, so the markup is set right before a tree is made of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import escape
from itertools import islice

_SPACE = r" \t\n\f\r"
_WHOLE = rf"""(?:"(?:[^">]*+"|[^"]*+"(?=[{_SPACE}/>]))|'(?:[^'>]*+'|[^']*+'(?=[{_SPACE}/>])))"""
_KEY = rf"[{_SPACE}/]*+[^{_SPACE}/>][^{_SPACE}/>=]*+"
_EQUALS = rf"[{_SPACE}]*+=[{_SPACE}]*+"
_NAME = rf"[a-zA-Z][^{_SPACE}/>]*+"
_ENDS = rf"[{_SPACE}/]*+(?:>|\Z)"
_SOUND = rf"{_KEY}(?:{_EQUALS}(?:{_WHOLE}|(?![\"'])[^{_SPACE}>]*+)|(?!{_EQUALS}))"
_ANY = rf"{_KEY}(?:{_EQUALS}(?:{_WHOLE}|[^{_SPACE}>]*+))?+"
_TOKEN = re.compile(
    rf"<(?:/?({_NAME})(?:{_SOUND})*+{_ENDS}"
    rf"|/?({_NAME})(?:{_ANY})*+{_ENDS}"  # with a quotation mark too few
    r"|(!--)|(?:[!?][^>]*+|/)(?:>|\Z)|())"
)
_PAIR = re.compile(rf"({_KEY})(?:{_EQUALS}({_WHOLE}|[^{_SPACE}>]*+))?+")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_VALUE = re.compile(r"=[^\s\"'>=]*/>\Z")  # the sign is the value's, and the tag has no end in it
_COMMENT_END = re.compile(r"(?<=<!--)-?>|--!?>")
_CODE = {
    "script": re.compile(rf"</script(?=[{_SPACE}/>])[^>]*+(?:>|\Z)", re.I),
    "style": re.compile(rf"</style(?=[{_SPACE}/>])[^>]*+(?:>|\Z)", re.I),
}
_LITERAL = frozenset("title textarea iframe noembed noframes plaintext".split())  # to a browser their tags are text
_SWALLOWING = frozenset("select noscript template object button".split())  # nothing in them is text
_WHOLE_PAGE = frozenset(["body", "html"])
_EMPTY = frozenset("source track embed keygen bgsound nextid command".split())  # lxml lets them swallow what follows
CDATA = "<![CDATA["
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_LONG, _MOST = 4_096, 256  # characters of a tag that may have more attributes than any needs, and how many are kept
_DRAWINGS = frozenset(["svg", "math"])
_MARKED = _LITERAL | _SWALLOWING

Piece = tuple[
    int, int, str, bool, str
]  # start, end, the element's name or "", whether it closes, what is to stand there


def markup_of(text: str, *, xhtml: bool = False) -> Iterator[Piece]:
    """The tags, comments, scripts and styles of a page, and each `<` that begins none of them, in order.

    What lies between them is text. `xhtml`: a tag that ends in "/>" holds nothing.
    """
    at = 0
    endless: set[str] = set()
    drawn = 0  # drawings that are open: in them scripts hold markup
    while found := _TOKEN.search(text, at):
        start, at = found.span()
        name = (found[1] or found[2] or "").lower()
        if found[3]:
            end = None if "!" in endless else _COMMENT_END.search(text, at)
            if end is None:
                endless.add("!")
                yield start, at, "!", False, ""
            else:
                said, at = text[start : end.start()], end.end()
                yield start, at, "", False, f"{said}-->"
        elif found[4] is not None:
            yield start, at, "<", False, "&lt;"
        elif text[at - 1] != ">":  # the end of the page cut it: text, and so are the signs in it
            yield from ((n, n + 1, "<", False, "&lt;") for n in range(start, len(text)) if text[n] == "<")
            return
        elif text.startswith(CDATA, start):
            closing = text.find("]]>", start) if "]" not in endless else -1
            if closing < 0:
                endless.add("]")
                yield start, at, name, False, "<!---->"  # in a drawing it would show
            else:  # what it holds is text, whatever else the page is
                at = closing + 3
                yield start, at, "]", False, text[start + len(CDATA) : closing].replace("<", "&lt;")
        elif name in _WHOLE_PAGE and text[start + 1] == "/":
            yield start, at, name, True, " "  # what follows is the page's, too
        elif name in _EMPTY:
            yield start, at, name, False, ""
        elif name not in _CODE or text[start + 1] == "/":
            closes = text[start + 1] == "/"
            told = _told(found)
            alone = told.endswith("/>") and not _VALUE.search(told, max(0, len(told) - _LONG))
            if name in _DRAWINGS and not alone:
                drawn = max(0, drawn - 1) if closes else drawn + 1
            if xhtml and alone and not closes and name not in _VOID:
                told = f"{told[:-2]}></{name}>"
            yield start, at, name, closes, told
        elif found[0].endswith("/>"):  # as in XHTML; a page in which it opened anything would show nothing below it
            yield start, at, name, False, f"{_told(found)[:-1].rstrip('/')}></{name}>"
        else:
            end = None if name in endless else _CODE[name].search(text, at)
            if end is None:
                endless.add(name)
                yield start, at, name, False, "<div hidden>"  # as a browser hides what follows
            else:
                code, at = text[at : end.start()].replace("<!--", "") if not drawn else "", end.end()
                yield start, at, name, False, f"{_told(found)}{code}</{name}>"


def _told(found: re.Match[str]) -> str:
    """A tag as it should stand."""
    tag = found[0]
    if (found[1] or "").lower() == "xmp":
        return "</pre>" if tag[1] == "/" else "<pre>"  # markup like any other
    if found[2] is None and (len(tag) < _LONG or tag.count("=") + tag.count(" ") < _MOST):
        tag = tag if tag.isprintable() else _ILLEGAL.sub("", tag)
        return f"<{tag[1:].replace('<', '&lt;')}" if tag.rfind("<") else tag
    name_end = found.end(1 if found[2] is None else 2) - found.start()
    parts = [f"<{_ILLEGAL.sub('', tag[1:name_end]).replace('<', '&lt;')}"]
    for key, value in islice(_pairs(tag[name_end:-1]), _MOST):
        bare = value[1:-1] if len(value) > 1 and value[0] in "\"'" and value[-1] == value[0] else value.lstrip("\"'")
        told = escape(_ILLEGAL.sub("", bare)).replace("&amp;", "&")
        parts.append(f'{_ILLEGAL.sub("", key.strip(" /")).replace("<", "&lt;")}="{told}"')
    return " ".join(parts) + ">"


def _pairs(attributes: str) -> Iterator[tuple[str, str]]:
    at = 0
    while found := _PAIR.match(attributes, at):
        yield found[1], found[2] or ""
        at = found.end()


def mended(text: str, *, xhtml: bool = False) -> tuple[str, int]:
    """The markup of a page with every tag whole and every other `<` escaped; and the line of a comment that has
    no end (0: none).

    Elements whose tags a browser would show as text hold none any more. What swallows text and has no end is no
    element.
    """
    whole = markup_of(text, xhtml=xhtml)
    odd = [p for p in whole if p[2] in _MARKED or len(p[4]) != p[1] - p[0] or not text.startswith(p[4], p[0])]
    surplus = Counter(p[2] for p in odd if not p[3])
    surplus.subtract(p[2] for p in odd if p[3])
    closings: dict[str, list[int]] = {}
    for start, _, name, closes, _ in reversed(odd):
        if closes:
            closings.setdefault(name, []).append(start)
    parts: list[str] = []
    done = 0
    for start, end, name, closes, markup in odd:
        if start < done:
            continue
        opens_for_good = not closes and name in _SWALLOWING and surplus[name] > 0
        parts += (text[done:start], " " if opens_for_good else markup)
        done = end
        if name not in _LITERAL or closes:
            continue
        ends = closings.get(name, [])
        while ends and ends[-1] < end:
            ends.pop()
        if ends and name != "plaintext":
            inside = without_markup(text[end : ends[-1]])
            if inside.isspace():
                parts[-1:] = inside, markup  # to what parts words it makes no difference that the element isn't shown
            else:
                parts.append(inside)
            done = ends[-1]
        else:
            parts[-1] = " "
    endless = next((text.count("\n", 0, p[0]) + 1 for p in odd if p[2] == "!"), 0)
    return "".join((*parts, text[done:])), endless


def without_markup(text: str) -> str:
    """The text of markup without its tags and comments, its line ends kept; a `<` of its own is escaped."""
    parts: list[str] = []
    done = 0
    for start, end, name, _, markup in markup_of(text):
        parts += (text[done:start], markup if name in ("<", "]") else " " + "\n" * text.count("\n", start, end))
        done = end
    return "".join((*parts, text[done:]))
