"""Org: the marks of outlines that are written in Emacs."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.parsers.text.systems.lines import LineKind
from converter.parsers.text.systems.writing import COMMENT, HEAD, RULE, Rewriter, Translation
from converter.recognisers.lines.breaks import is_break

KEY = regex(r"[ \t]*#\+([A-Za-z_]{2,40})(?:\[[^\[\]\n]{0,100}\])?:[ \t]*(.*)", within=2000)
BLOCK = regex(r"[ \t]*#\+(begin|end)_([A-Za-z]{2,40})\b.*", re.I, within=500)
HEADING = regex(r"(\*{1,8})[ \t]+(?=\S)")
KEYWORD = regex(r"(?:(?:TODO|DONE|NEXT|DRAFT|COMMENT|WAITING|CANCELLED)(?=\s)[ \t]*)?(?:\[#[A-Z]\][ \t]*)?")
TAGS = regex(r"(?<=\s):(?:[\w@#%]{1,40}:){1,10}[ \t]*\Z", within=300)
DRAWER = regex(r"[ \t]*:([A-Z][A-Z_\-]{1,40}):[ \t]*\Z", within=200)
PLANNED = regex(r"[ \t]*(?:SCHEDULED|DEADLINE|CLOSED|CLOCK):[ \t]*[<\[\d]")
REMARK = regex(r"[ \t]*#(?:[ \t].*)?\Z")
ITEM = regex(r"[ \t]*(?:[-+]|(?<=[ \t])\*)[ \t]+(?=\S)")
NUMBERED = regex(r"[ \t]*\d{1,3}[.)][ \t]+(?=\S)")
DEFINED = regex(r"\[fn:([\w\-]{1,40})\][ \t]*")
TOKEN = regex(
    r"(?P<link>\[\[)|(?P<note>\[fn:(?:[\w\-]{1,40}\]|[\w\-]{0,40}:))|(?P<target><<[^<>\n]{1,60}>>)"
    r"|(?P<mark>(?<![^\s\-–—({'\"“‘\[/*_+=~])[/*_=~](?=[^\s])|(?<=[^\s])[/*_=~](?![^\s\-–—.,:;!?'\"”’)}\]/*_+=~\\]))"
    r"|(?P<end>\\\\[ \t]*$)|(?P<line>\n[ \t]*)",
    re.M,
)
FACTS = {"title": "title", "author": "author", "subtitle": "subtitle", "language": "language"}
STRESS = {"/": "*", "_": "*", "*": "**", "=": "", "~": ""}
KINDS: dict[str, LineKind] = {"verse": "verse", "quote": "quote", "example": "verse", "src": "verse"}
UNREAD = frozenset(("comment", "export"))
LINK_WITHIN = 1000  # characters of a link


def read_org(text: str, name: str) -> Translation:
    """A text with the marks of Org, in those that are read anyway."""
    return _Org(text, name).translation()


class _Org:
    """Reads a text line by line, and each of its paragraphs as a whole."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.writer = Rewriter(text, name)
        self.number = 1
        self.lines = text.split("\n")
        self.definitions = {m[1]: k for k, line in enumerate(self.lines, 1) if (m := DEFINED.match(line))}
        self.paragraph: tuple[int, int] | None = None
        self.hidden = 0  # the level of a heading whose text is not meant to be read

    def translation(self) -> Translation:
        """All of it."""
        while self.number <= len(self.lines):
            self._line(self.number, self.lines[self.number - 1])
            self.number += 1
        self._end_paragraph()
        return self.writer.translation()

    def _line(self, number: int, line: str) -> None:
        start, end = self.writer.line_span(number)
        if self.hidden:
            m = HEADING.match(line)
            if not m or len(m[1]) > self.hidden:
                self.writer.omit(start, end, COMMENT)
                return
            self.hidden = 0
        if not line.strip():
            self._end_paragraph()
            self.writer.blank()
        elif line.lstrip()[0] in "#:*-SDC" and self._structure(start, end, line):
            pass
        elif self.writer.kind == "verse":
            self._paragraph(start, end)
            self.writer.end_line()
        else:
            self._prose(start, end, line)

    def _prose(self, start: int, end: int, line: str) -> None:
        """A line of a paragraph, of a list, of a note."""
        m = DEFINED.match(line)
        if m:
            self._end_paragraph()
            self.writer.blank()
            self.writer.omit(start, start + 3)
            self.writer.sign("[", start)
            start += 4
        elif item := ITEM.match(line):
            self._end_paragraph()
            self.writer.blank()
            self.writer.sign("• ", start)
            start += item.end()
        elif NUMBERED.match(line):
            self._end_paragraph()
            self.writer.blank()
        self.paragraph = (self.paragraph[0] if self.paragraph else start, end)

    def _end_paragraph(self) -> None:
        if self.paragraph:
            self._paragraph(*self.paragraph)
            self.paragraph = None

    def _structure(self, start: int, end: int, line: str) -> bool:
        """Whether a line is none of the story's: a heading, a field, a comment, a rule, the border of a block."""
        writer = self.writer
        if is_break(line.strip()):
            self._end_paragraph()
            writer.scene_break(start, line.strip())
        elif m := HEADING.match(line):
            self._end_paragraph()
            self._heading(start, m, line)
        elif m := BLOCK.match(line):
            self._end_paragraph()
            self._block(start, m)
        elif m := KEY.match(line):
            fact = FACTS.get(m[1].casefold())
            if fact and m[2].strip():
                writer.head.append((fact, m[2].strip(), writer.line_of(start)))
            writer.omit(start, end, HEAD if fact else RULE)
        elif REMARK.match(line):
            writer.omit(start, end, COMMENT)
        elif m := DRAWER.match(line):
            self._end_paragraph()
            self._until(":end:", RULE)
        elif PLANNED.match(line):
            writer.omit(start, end)
        else:
            return False
        return True

    def _until(self, last: str, rule: str) -> None:
        """All lines to the one that ends a block are left out; where none does, this line alone."""
        below = range(self.number, len(self.lines))
        stop = next((n for n in below if self.lines[n].strip().casefold().startswith(last)), self.number - 1)
        self.writer.omit(self.writer.line_span(self.number)[0], self.writer.line_span(stop + 1)[1], rule)
        self.number = stop + 1

    def _block(self, start: int, m: re.Match[str]) -> None:
        kind = m[2].casefold()
        if m[1].casefold() == "begin" and kind in UNREAD:
            self._until(f"#+end_{kind}", COMMENT)
            return
        self.writer.omit(start, start + m.end())
        self.writer.blank()
        self.writer.kind = KINDS.get(kind, "") if m[1].casefold() == "begin" else ""

    def _heading(self, start: int, m: re.Match[str], line: str) -> None:
        writer = self.writer
        level = len(m[1])
        begin = m.end()
        if (keyword := KEYWORD.match(line, begin)) and keyword.end() < len(line):
            writer.omit(start + begin, start + keyword.end())
            begin = keyword.end()
        tags = TAGS.search(line)
        end = tags.start() if tags else len(line)
        hidden = "COMMENT" in line[m.end() : begin] or (tags and ":noexport:" in tags[0])
        if hidden:
            self.hidden = level
            writer.omit(start + begin, start + len(line), COMMENT)
            return
        if tags:
            writer.omit(start + end, start + len(line))
        writer.blank()
        self._paragraph(start + begin, start + end)
        writer.heading(level)

    # ------------------------------------------------------------------------------------------- inside a paragraph

    def _paragraph(self, start: int, end: int) -> None:
        """The words of a paragraph, its marks written anew."""
        marks = self._pairs(start, end)
        at = start
        while at < end:
            m = TOKEN.search(self.text, at, end)
            self.writer.keep(at, m.start() if m else end)
            at = self._token(m, marks, end) if m else end

    def _pairs(self, start: int, end: int) -> dict[int, bool]:
        """Where marks open (True) and close: those that have a partner in the paragraph."""
        waiting: dict[str, int] = {}
        pairs: dict[int, bool] = {}
        for m in TOKEN.finditer(self.text, start, end):
            if m.lastgroup != "mark":
                continue
            sign, at = m[0], m.start()
            before, after = self.text[at - 1 : at], self.text[at + 1 : at + 2]
            if sign in waiting and at > waiting[sign] + 1 and not before.isspace() and not after.isalnum():
                pairs |= {waiting.pop(sign): True, at: False}
            elif at == start or not before.isalnum():
                waiting[sign] = at
        return pairs

    def _token(self, m: re.Match[str], marks: dict[int, bool], end: int) -> int:
        writer = self.writer
        match m.lastgroup:
            case "line":
                writer.sign(" ", m.start())
            case "end":
                writer.end_line()
            case "target":
                writer.omit(m.start(), m.end())
            case "link":
                return self._link(m, end)
            case "note":
                return self._note(m, end)
            case _ if m.start() in marks:
                (writer.open if marks[m.start()] else writer.close)(STRESS[m[0]])
            case _:
                writer.sign(m[0], m.start())
        return m.end()

    def _link(self, m: re.Match[str], end: int) -> int:
        """`[[address][words]]`: the words, or the address where it has none."""
        stop = self.text.find("]]", m.end(), min(end, m.end() + LINK_WITHIN))
        if stop < 0:
            self.writer.sign(m[0], m.start())
            return m.end()
        words = self.text.find("][", m.end(), stop)
        begin = words + 2 if words >= 0 else m.end()
        self.writer.omit(m.start(), begin)
        self.writer.keep(begin, stop)
        return stop + 2

    def _note(self, m: re.Match[str], end: int) -> int:
        """`[fn:1]` cites a note; `[fn:: words]` is one."""
        writer = self.writer
        if m[0].endswith("]"):
            writer.omit(m.start(), m.start() + 3)
            writer.sign("[", m.start())
            writer.keep(m.start() + 4, m.end())
            return m.end()
        stop = self.text.find("]", m.end(), end)
        if stop < 0:
            writer.sign(m[0], m.start())
            return m.end()
        writer.omit(m.start(), m.end())
        writer.begin_note()
        self._paragraph(m.end(), stop)
        writer.end_note(m.start())
        return stop + 1
