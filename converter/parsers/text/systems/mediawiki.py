"""The marks of wikis: a story copied from the edit window of MediaWiki."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.parsers.text.systems.brackets import partners
from converter.parsers.text.systems.mediawiki_words import (
    BREAKS,
    EXPLAINED,
    FOOTNOTES,
    HIDDEN_SPACES,
    QUOTES,
    SHOWN,
    TAG_MARKS,
    TITLE_FIELDS,
)
from converter.parsers.text.systems.writing import COMMENT, HEAD, Rewriter, Translation

HEADING = regex(r"(={1,6})[ \t]*([^=\s](?:[^\n]*[^=\s])?)[ \t]*={1,6}[ \t]*\Z", within=300)
RULE_LINE = regex(r"-{4,}[ \t]*\Z", within=200)
LISTED = regex(r"([*#:;]{1,8})[ \t]*(?=\S)")
TOKEN = regex(
    r"(?P<comment><!--)|(?P<ref><ref(?:\s[^<>/]{0,100})?>)|(?P<empty><(?:ref|references|br)\b[^<>]{0,100}/?>|__[A-Z]{2,20}__)"
    r"|(?P<endref></ref>)|(?P<tag></?(?:poem|blockquote|nowiki|center|small|big|u|s|sup|sub|i|b|em|strong|div|span|p)\b[^<>]{0,200}>)"
    r"|(?P<quotes>'{2,5})|(?P<link>\[\[)|(?P<endlink>\]\])|(?P<template>\{\{)|(?P<endtemplate>\}\})"
    r"|(?P<outside>\[(?:https?:)?//[^\s\[\]]{1,500}[ \t]*)|(?P<line>\n)",
    re.I,
)
FIELD = regex(r"\|\s{0,9}(title|author|by|writer)\s{0,20}=[ \t]{0,20}([^|{}\n]{1,200})", re.I)
TEMPLATE_NAME = regex(r"\{\{\s{0,4}([^|{}\n]{1,60})(?=[|{}\n])")
BESIDE = 200  # characters before and behind a template that are looked at
LINK_WITHIN = 1000  # characters of a link to another place
MARKS = {2: ("*",), 3: ("**",), 5: ("**", "*")}


def read_mediawiki(text: str, name: str) -> Translation:
    """A text with the marks of MediaWiki, in those that are read anyway."""
    return _Wiki(text, name).translation()


class _Wiki:
    """Reads a text line by line, and its marks one by one."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.writer = Rewriter(text, name)
        self.templates = partners(text, "{{", "}}")
        self.links = partners(text, "[[", "]]")
        self.shown: set[int] = set()  # where links and templates end of which something is shown
        self.notes: list[int] = []
        self.apart = False  # this line is no part of the next one's paragraph
        self.tops = list(TOP.finditer(text))
        self.titled = len(self.tops) == 1 and not text[: self.tops[0].start()].strip("\n \t")

    def translation(self) -> Translation:
        """All of it."""
        at = 0
        new_line = True
        while at < len(self.text):
            if new_line:
                at, done = self._line_start(at)
                if done:
                    continue
            m = TOKEN.search(self.text, at)
            stop = m.start() if m else len(self.text)
            self.writer.keep(at, stop)
            if not m:
                break
            at = self._token(m)
            new_line = m.lastgroup == "line"
        return self.writer.translation()

    def _line_start(self, at: int) -> tuple[int, bool]:
        """What the beginning of a line says; gives the place where reading goes on, and whether the line is done."""
        end = self.text.find("\n", at)
        end = end if end >= 0 else len(self.text)
        line = self.text[at:end]
        if not line.strip():
            self.writer.blank()
            self._end_emphasis()
            return end + 1, True
        if m := HEADING.match(line):
            self._heading(at, m)
            return end + 1, True
        if RULE_LINE.match(line):
            self.writer.scene_break(at, line.strip())
            return end + 1, True
        if self.writer.kind == "verse":
            return at, False
        if m := LISTED.match(line):
            if m[1][0] in "*#" and not line.rstrip().endswith("*"):
                self.writer.blank()
                self.writer.sign("• ", at)
                self.apart = True
                return at + m.end(), False
            if m[1][0] in ":;":
                self.writer.blank()
                self.apart = True
                return at + m.end(), False
        return at, False

    def _heading(self, at: int, m: re.Match[str]) -> None:
        level = len(m[1])
        start, end = at + m.start(2), at + m.end(2)
        if level == 1 and self.titled:
            said = self.text[start:end].replace("''", "")
            self.writer.blank()
            self.writer.head.append(("title", said, self.writer.line_of(at)))
            self.writer.omit(at, at + m.end(), HEAD)
            return
        self.writer.blank()
        self._end_emphasis()
        self._inline(start, end)
        self.writer.heading(level)

    def _inline(self, start: int, end: int) -> None:
        at = start
        while at < end:
            m = TOKEN.search(self.text, at, end)
            self.writer.keep(at, m.start() if m else end)
            at = self._token(m) if m else end

    def _end_emphasis(self) -> None:
        for mark in ("*", "**"):
            while self.writer.is_open(mark):
                self.writer.close(mark)

    def _token(self, m: re.Match[str]) -> int:
        writer = self.writer
        start, end = m.span()
        match m.lastgroup:
            case "line":
                if writer.kind == "verse":
                    writer.end_line()
                    self._end_emphasis()
                elif self.apart:
                    writer.blank()
                    self._end_emphasis()
                    self.apart = False
                else:
                    writer.sign(" ", start)
            case "comment":
                close = self.text.find("-->", end)
                end = close + 3 if close >= 0 else end
                writer.omit(start, end, COMMENT)
            case "ref":
                writer.omit(start, end)
                writer.begin_note()
                self.notes.append(start)
            case "endref":
                writer.omit(start, end)
                if self.notes:
                    writer.end_note(self.notes.pop())
            case "empty":
                writer.omit(start, end)
                if m[0].lower().startswith("<br"):
                    writer.end_line()
            case "tag":
                self._tag(m)
            case "quotes":
                self._quotes(m)
            case "link":
                return self._link(start)
            case "template":
                return self._template(start)
            case "outside":
                return self._outside(m)
            case _:
                if start not in self.shown:
                    writer.keep(start, end)
        return end

    def _quotes(self, m: re.Match[str]) -> None:
        """Apostrophes: two for italics, three for bold, five for both; a fourth is one of the text."""
        count = len(m[0])
        if count == 4:
            self.writer.sign("'", m.start())
            count = 3
        for mark in MARKS[count]:
            if self.writer.is_open(mark):
                self.writer.close(mark)
            else:
                self.writer.open(mark)

    def _tag(self, m: re.Match[str]) -> None:
        writer = self.writer
        closing = m[0][1] == "/"
        tag = m[0].strip("</>").split()[0].casefold()
        writer.omit(m.start(), m.end())
        if tag in ("poem", "blockquote", "center", "p", "div"):
            writer.blank()
            kind = {"poem": "verse", "blockquote": "quote"}.get(tag, "")
            if kind:
                writer.kind = "" if closing else "verse" if kind == "verse" else "quote"
        elif mark := TAG_MARKS.get(tag):
            (writer.close if closing else writer.open)(mark)

    # ------------------------------------------------------------------------------------------- links, templates

    def _link(self, start: int) -> int:
        """A link: what it says behind its last bar, else its address; pictures and categories say nothing."""
        close = self.links.get(start)
        if close is None:
            self.writer.keep(start, start + 2)
            return start + 2
        inside = self.text[start + 2 : close]
        space = inside.partition(":")[0].strip().casefold() if ":" in inside else ""
        if space in HIDDEN_SPACES:
            self.writer.omit(start, close + 2)
            return close + 2
        bar = inside.rfind("|")
        self.writer.omit(start, start + 2 + bar + 1)
        self.shown.add(close)
        return start + 2 + bar + 1

    def _outside(self, m: re.Match[str]) -> int:
        """A link to another place: `[https://... words]`."""
        close = self.text.find("]", m.end(), m.end() + LINK_WITHIN)
        line = self.text.find("\n", m.end(), m.end() + LINK_WITHIN)
        if close < 0 or -1 < line < close:
            self.writer.keep(m.start(), m.end())
            return m.end()
        self.writer.omit(m.start(), m.end())
        self._inline(m.end(), close)
        return close + 1

    def _template(self, start: int) -> int:
        """A template: what is given to it last where it shows that, or stands among words; else nothing."""
        close = self.templates.get(start)
        if close is None:
            self.writer.keep(start, start + 2)
            return start + 2
        called = TEMPLATE_NAME.match(self.text, start)
        word = called[1].strip().casefold() if called else ""
        if word in BREAKS:
            self.writer.omit(start, close + 2)
            self.writer.scene_break(start)
            return close + 2
        for m in FIELD.finditer(self.text, start, close):
            self.writer.head.append((TITLE_FIELDS[m[1].casefold()], m[2].strip(), self.writer.line_of(m.start())))
        bar = self.text.rfind("|", start, close)
        if bar >= 0 and (word in QUOTES or word in EXPLAINED):
            return self._given(start, close, quote=word in QUOTES)
        shows = word in SHOWN or word in FOOTNOTES or self._among_words(start, close)
        if bar < 0 or "[[" in self.text[bar:close] or not shows:
            self.writer.omit(start, close + 2, HEAD if FIELD.search(self.text, start, close) else "template")
            return close + 2
        equals = self.text.find("=", bar, close)
        begin = equals + 1 if equals >= 0 and self.text[bar + 1 : equals].strip().isalnum() else bar + 1
        self.writer.omit(start, begin)
        if word in FOOTNOTES:
            self.writer.begin_note()
            self._inline(begin, close)
            self.writer.end_note(start)
        else:
            self._inline(begin, close)
        return close + 2

    def _given(self, start: int, close: int, *, quote: bool) -> int:
        """A template that shows what is given to it: all of it, as a quotation, or the first."""
        bars = [start + m.start() for m in BAR.finditer(self.text[start:close])]
        kind = self.writer.kind
        if quote:
            self.writer.blank()
            self.writer.kind = "quote"
        for bar, end in zip(bars, [*bars[1:], close], strict=True):
            if not quote and bar != bars[0]:
                self.writer.omit(bar, end)
                continue
            named = GIVEN_NAME.match(self.text, bar, end)
            begin = named.end() if named else bar + 1
            self.writer.omit(start if bar == bars[0] else bar, begin)
            self._inline(begin, end)
            if quote:
                self.writer.blank()
        self.writer.kind = kind
        return close + 2

    def _among_words(self, start: int, close: int) -> bool:
        """Whether other words stand on its line."""
        before = self.text[max(0, start - BESIDE) : start].rpartition("\n")[2]
        after = self.text[close + 2 : close + 2 + BESIDE].partition("\n")[0]
        return any(map(str.isalnum, before + after)) and "{{" not in before and "{{" not in after


BAR = regex(r"\|(?![^\[\]{}\n]{0,200}\]\])")
GIVEN_NAME = regex(r"\|\s{0,9}\w{1,20}\s{0,9}=\s{0,9}")
TOP = regex(r"^=[ \t]*[^=\s][^\n=]{0,200}=[ \t]*$", re.M)
