"""The tags of a page as HTML 5 reads them, mended where they would take words with them.

A sign too few costs a browser everything up to the next one: `<a href="x>`, a comment without an end, `</3`. What a
person wrote there is text, so the markup is set right before a tree is made of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import islice

from converter.parsers.characters import NOT_IN_XML

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
_ODD_NAME = re.compile(r"[\s\"'=<]")  # what HTML allows in the name of an element, and no parser expects there
_VALUE = re.compile(r"=[^\s\"'>=]*/>\Z")  # the sign is the value's, and the tag has no end in it
_COMMENT_END = re.compile(r"(?<=<!--)-?>|--!?>")
_CODE = {
    "script": re.compile(rf"</script(?=[{_SPACE}/>])[^>]*+(?:>|\Z)", re.I | re.A),
    "style": re.compile(rf"</style(?=[{_SPACE}/>])[^>]*+(?:>|\Z)", re.I | re.A),
}
_LITERAL = frozenset("title textarea iframe noembed noframes plaintext".split())  # to a browser their tags are text
_SWALLOWING = frozenset("select noscript template object button".split())  # nothing in them is text
_WHOLE_PAGE = frozenset(["body", "html"])
_EMPTY = frozenset("source track embed keygen bgsound nextid command".split())  # lxml lets them swallow what follows
CDATA = "<![CDATA["
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_LONG_TAG = 4_096  # characters of a tag that may have more attributes than any needs
_ATTRIBUTES_KEPT = 256  # of a long tag
_DRAWINGS = frozenset(["svg", "math"])
_MARKED = _LITERAL | _SWALLOWING

Piece = tuple[
    int, int, str, bool, str
]  # start, end, the element's name or "", whether it closes, what is to stand there


def markup_of(text: str, *, xhtml: bool = False) -> Iterator[Piece]:
    """The tags, comments, scripts and styles of a page, and each `<` that begins none of them, in order.

    What lies between them is text. `xhtml`: a tag that ends in "/>" holds nothing.
    """
    reading = _Reading(text, xhtml)
    at = 0
    while token := _TOKEN.search(text, at):
        start, end = token.span()
        if token[3]:
            piece = reading.comment(start, end)
        elif token[4] is not None:
            piece = start, end, "<", False, "&lt;"
        elif text[end - 1] != ">":  # the end of the page cut it: text, and so are the signs in it
            yield from ((n, n + 1, "<", False, "&lt;") for n in range(start, len(text)) if text[n] == "<")
            return
        elif text.startswith(CDATA, start):
            piece = reading.section(start, end)
        else:
            piece = reading.tag(token)
        at = piece[1]
        yield piece


class _Reading:
    """A page whose markup is read from its beginning to its end, and what its earlier pieces tell of the later ones."""

    __slots__ = ("_drawings", "_endless", "_text", "_xhtml")

    def __init__(self, text: str, xhtml: bool) -> None:
        self._text = text
        self._xhtml = xhtml
        self._endless: set[str] = set()  # what is known to have no end from here on: "!" comments, "]" sections, code
        self._drawings = 0  # that are open: in them scripts hold markup

    def comment(self, start: int, end: int) -> Piece:
        """A comment with its end; where it has none, its first sign alone."""
        close = None if "!" in self._endless else _COMMENT_END.search(self._text, end)
        if close is None:
            self._endless.add("!")
            return start, end, "!", False, ""
        return start, close.end(), "", False, f"{self._text[start : close.start()]}-->"

    def section(self, start: int, end: int) -> Piece:
        """A marked section: what it holds is text, whatever else the page is."""
        close = -1 if "]" in self._endless else self._text.find("]]>", start)
        if close < 0:
            self._endless.add("]")
            return start, end, "", False, "<!---->"  # in a drawing it would show
        return start, close + 3, "]", False, self._text[start + len(CDATA) : close].replace("<", "&lt;")

    def tag(self, token: re.Match[str]) -> Piece:
        """A tag as it should stand; a script or a style whole."""
        start, end = token.span()
        name = (token[1] or token[2] or "").lower()
        closes = self._text[start + 1] == "/"
        if name in _WHOLE_PAGE and closes:
            return start, end, name, True, " "  # what follows is the page's, too
        if name in _EMPTY:
            return start, end, name, False, ""
        if name in _CODE and not closes:
            return self._code(token, name)
        markup = _well_formed(token)
        alone = markup.endswith("/>") and not _VALUE.search(markup, max(0, len(markup) - _LONG_TAG))
        if name in _DRAWINGS and not alone:
            self._drawings = max(0, self._drawings - 1) if closes else self._drawings + 1
        if self._xhtml and alone and not closes and name not in _VOID:
            markup = f"{markup[:-2]}></{name}>"
        return start, end, name, closes, markup

    def _code(self, token: re.Match[str], name: str) -> Piece:
        """A script or a style, up to its end."""
        start, end = token.span()
        if token[0].endswith("/>"):  # as in XHTML; a page in which it opened anything would show nothing below it
            return start, end, name, False, f"{_well_formed(token)[:-1].rstrip('/')}></{name}>"
        close = None if name in self._endless else _CODE[name].search(self._text, end)
        if close is None:
            self._endless.add(name)
            return start, end, name, False, "<div hidden>"  # as a browser hides what follows
        code = "" if self._drawings else self._text[end : close.start()].replace("<!--", "")
        return start, close.end(), name, False, f"{_well_formed(token)}{code}</{name}>"


def _well_formed(token: re.Match[str]) -> str:
    """A tag as it should stand."""
    tag = token[0]
    if (token[1] or "").lower() == "xmp":
        return "</pre>" if tag[1] == "/" else "<pre>"  # markup like any other
    if _ODD_NAME.search(name := token[1] or token[2] or ""):  # lxml would look for its quotation mark's partner
        return f"<{'/' * (tag[1] == '/')}{_ODD_NAME.sub('-', name)}>"
    if token[2] is None and (len(tag) < _LONG_TAG or tag.count("=") + tag.count(" ") < _ATTRIBUTES_KEPT):
        tag = tag if tag.isprintable() else NOT_IN_XML.sub("", tag)
        return f"<{tag[1:].replace('<', '&lt;')}" if tag.rfind("<") else tag
    name_end = token.end(1 if token[2] is None else 2) - token.start()
    parts = [f"<{NOT_IN_XML.sub('', tag[1:name_end]).replace('<', '&lt;')}"]
    for key, value in islice(_pairs(tag[name_end:-1]), _ATTRIBUTES_KEPT):
        bare = value[1:-1] if len(value) > 1 and value[0] in "\"'" and value[-1] == value[0] else value.lstrip("\"'")
        quoted = escape(NOT_IN_XML.sub("", bare)).replace("&amp;", "&")
        parts.append(f'{NOT_IN_XML.sub("", key.strip(" /")).replace("<", "&lt;")}="{quoted}"')
    return " ".join(parts) + ">"


def _pairs(attributes: str) -> Iterator[tuple[str, str]]:
    at = 0
    while pair := _PAIR.match(attributes, at):
        yield pair[1], pair[2] or ""
        at = pair.end()


def mended_markup(text: str, *, xhtml: bool = False) -> tuple[str, int]:
    """The markup of a page with every tag whole and every other `<` escaped; and the line of a comment that has
    no end (0: none).

    Elements whose tags a browser would show as text hold none any more. What swallows text and has no end is no
    element.
    """
    pieces = markup_of(text, xhtml=xhtml)
    odd = [p for p in pieces if p[2] in _MARKED or len(p[4]) != p[1] - p[0] or not text.startswith(p[4], p[0])]
    unclosed = _unclosed(odd)
    closings = _Closings(odd)
    parts: list[str] = []
    done = 0
    for start, end, name, closes, markup in odd:
        if start < done:
            continue
        parts.append(text[done:start])
        done = end
        if name in _LITERAL and not closes:
            close = closings.next(name, end) if name != "plaintext" else None
            parts += _literal(markup, text[end:close]) if close is not None else (" ",)
            done = end if close is None else close
        else:
            swallows = name in _SWALLOWING and not closes and name in unclosed
            parts.append(" " if swallows else markup)
    endless = next((text.count("\n", 0, p[0]) + 1 for p in odd if p[2] == "!"), 0)
    return "".join((*parts, text[done:])), endless


def _unclosed(pieces: Iterable[Piece]) -> frozenset[str]:
    """The names of the elements that are opened more often than they are closed."""
    surplus: Counter[str] = Counter()
    for _, _, name, closes, _ in pieces:
        surplus[name] += -1 if closes else 1
    return frozenset(name for name, count in surplus.items() if count > 0)


class _Closings:
    """Where the elements of a page are closed; asked for from its beginning to its end."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._starts: dict[str, list[int]] = {}  # of the tags that close, the last one first
        for start, _, name, closes, _ in reversed(pieces):
            if closes:
                self._starts.setdefault(name, []).append(start)

    def next(self, name: str, at: int) -> int | None:
        """Where the next tag begins that closes such an element, from `at` on; None where there is none."""
        starts = self._starts.get(name, [])
        while starts and starts[-1] < at:
            starts.pop()
        return starts[-1] if starts else None


def _literal(opening: str, inside: str) -> tuple[str, str]:
    """The opening tag of an element whose tags a browser shows as text, and what it holds without them."""
    plain = without_markup(inside)
    if plain.isspace():
        return plain, opening  # to what parts words it makes no difference that the element isn't shown
    return opening, plain


def without_markup(text: str) -> str:
    """The text of markup without its tags and comments, its line ends kept; a `<` of its own is escaped."""
    parts: list[str] = []
    done = 0
    for start, end, name, _, markup in markup_of(text):
        parts += (text[done:start], markup if name in ("<", "]") else " " + "\n" * text.count("\n", start, end))
        done = end
    return "".join((*parts, text[done:]))
