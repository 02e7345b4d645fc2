"""reStructuredText: underlined headings, comments behind two dots, lines behind bars."""

from __future__ import annotations

import re
from collections import Counter
from itertools import count

from converter.document.patterns import regex
from converter.parsers.text.systems.lines import LineKind
from converter.parsers.text.systems.writing import COMMENT, HEAD, RULE, Rewriter, Translation
from converter.recognisers.metadata.fields import read_field

LINE = regex(r"([!-/:-@\[-`{-~])\1*[ \t]*\Z", within=200)
LEAST_LINE = 3  # signs under a heading; a transition has one more
LEAST_TRANSITION = 4
LEAST_STYLES = 2  # of headings: the title's and another
LONGEST_TITLE = 120  # characters
FIELD = regex(r":([A-Za-z][A-Za-z \-]{0,30}):[ \t]*(.*)\Z", within=2000)
EXPLICIT = regex(r"\.\.(?=[ \t]|\Z)")
NOTE = regex(r"\.\. \[(?:\d{1,3}|[†‡§*])\][ \t]+(?=\S)")
DIRECTIVE = regex(r"\.\.[ \t]+([A-Za-z][A-Za-z\-]{1,30})::[ \t]*")
NUMBERED_NOTE = regex(r"(\.\. )?\[#([A-Za-z][\w\-]{0,30})?\](_(?!\w)|(?=[ \t]))")
BAR = regex(r"[ \t]*\|(?:[ \t]+|\Z)")
ITEM = regex(r"[ \t]*[-*+•][ \t]+(?=\S)")
NUMBERED = regex(r"[ \t]*(?:\d{1,3}|#)[.)][ \t]+(?=\S)")
TOKEN = regex(
    r"(?P<escape>\\(?:[^\w\s]|\s))|(?P<literal>``)|(?P<role>:[a-z\-]{2,30}:(?=`))|(?P<quoted>`)|(?P<cited>\[(?:\d{1,3}|[†‡§*])\]_)"
    r"|(?P<colons>::[ \t]*$)|(?P<line>\n[ \t]*)",
    re.M,
)
ADDRESS = regex(r"[ \t\n]*<([^<>\n]{1,300})>\Z", within=600)
ROLES = {"emphasis": "*", "strong": "**", "title": "*", "title-reference": "*", "t": "*"}
BLOCKS: dict[str, LineKind] = {
    "epigraph": "quote", "pull-quote": "quote", "highlights": "quote", "line-block": "verse", "parsed-literal": "verse",
    "code-block": "verse", "code": "verse", "compound": "", "container": "", "topic": "", "note": "", "centered": "",
    "rst-class": "", "class": "", "role": "", "default-role": "",
}  # fmt: skip
NAMED = frozenset(
    "class rst-class container role default-role code-block code".split()
)  # what they are given is no word of the story
WITHIN = 600  # characters of what stands between two back-quotes


def read_restructured(text: str, name: str) -> Translation:
    """A text with the marks of reStructuredText, in those that are read anyway."""
    return _Restructured(_with_numbers(text), name).translation()


def _with_numbers(text: str) -> str:
    """The text with the numbers of notes that number themselves."""
    if "[#" not in text:
        return text
    cited, defined = count(1), count(1)
    named: dict[str, int] = {}

    def number(m: re.Match[str]) -> str:
        row = defined if m[1] else cited
        value = named.setdefault(m[2], next(row)) if m[2] else next(row)
        return f"{m[1] or ''}[{value}]{m[3]}"

    return NUMBERED_NOTE.sub(number, text)


class _Restructured:
    """Reads a text line by line, and each of its paragraphs as a whole."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.writer = Rewriter(text, name)
        self.lines = text.split("\n")
        self.levels: dict[tuple[str, bool], int] = {}
        self.titles = self._titles()
        self.number = 0  # of the next line, counted from 0
        self.begun = False  # the story has
        self.blocks: list[tuple[int, LineKind]] = []  # directives that hold what is set in under them

    def _titles(self) -> dict[int, str]:
        """Where headings stand that are the book's title and its subtitle: the first things said, in lines like no
        others."""
        styles = Counter(s for k in range(len(self.lines)) if (s := self._style(k)))
        first = next((k for k, line in enumerate(self.lines) if line.strip() and not line.startswith("..")), 0)
        style = self._style(first)
        if not style or styles[style] > 1 or len(styles) < LEAST_STYLES:
            return {}
        below = first + style[1] + 2
        while below < len(self.lines) and not self.lines[below].strip():
            below += 1
        other = self._style(below) if below < len(self.lines) else None
        subtitled = other and styles[other] == 1 and len(styles) > LEAST_STYLES
        return {first: "title", below: "subtitle"} if subtitled else {first: "title"}

    def _style(self, k: int) -> tuple[str, bool] | None:
        """The lines drawn around the heading that begins here: their sign, and whether one is over it."""
        line = self.lines[k].rstrip()
        below = self.lines[k + 1].rstrip() if k + 1 < len(self.lines) else ""
        above = self.lines[k - 1].strip() if k else ""
        if not line or not below or (above and not LINE.match(above)):
            return None
        if LINE.match(line) and len(line) >= LEAST_LINE and not above:
            under = self.lines[k + 2].rstrip() if k + 2 < len(self.lines) else ""
            return (line[0], True) if under == line and len(below.strip()) <= len(line) else None
        fits = LINE.match(below) and len(below) >= max(LEAST_LINE, len(line) - 1) and len(line) <= LONGEST_TITLE
        return (below[0], False) if fits and line[0] not in " \t" and not LINE.match(line) else None

    def translation(self) -> Translation:
        """All of it."""
        while self.number < len(self.lines):
            line = self.lines[self.number]
            if not line.strip():
                self.writer.blank()
                self.number += 1
            elif style := self._style(self.number):
                self._heading(style)
            else:
                self._block(line)
        return self.writer.translation()

    def _span(self, first: int, last: int) -> tuple[int, int]:
        return self.writer.line_span(first + 1)[0], self.writer.line_span(last + 1)[1]

    def _indented(self, first: int) -> int:
        """The last line of those from here on that are set in, with blank lines between them."""
        last = at = first
        while at + 1 < len(self.lines) and (not self.lines[at + 1].strip() or self.lines[at + 1][0] in " \t"):
            at += 1
            last = at if self.lines[at].strip() else last
        return last

    def _heading(self, style: tuple[str, bool]) -> None:
        at = self.number + style[1]
        start, end = self._span(at, at)
        self.writer.blank()
        if self.number in self.titles:
            self.writer.head.append((self.titles[self.number], self.text[start:end].strip(), at + 1))
            self.writer.omit(start, end, HEAD)
        else:
            self.begun = True
            self._paragraph(start, end)
            self.writer.heading(self.levels.setdefault(style, len(self.levels) + 1))
        self.number = at + 2

    def _block(self, line: str) -> None:
        """What begins with this line."""
        start, end = self._span(self.number, self.number)
        bare = line.strip()
        alone = self.number + 1 >= len(self.lines) or not self.lines[self.number + 1].strip()
        if EXPLICIT.match(line):
            self._explicit(line)
        elif not self.begun and (m := FIELD.match(line)):
            fact = read_field(f"{m[1]}: {m[2]}")
            if fact and fact[1]:
                self.writer.head.append((fact[0], fact[1], self.number + 1))
            self.writer.omit(start, end, HEAD)
            self.number += 1
        elif LINE.match(bare) and len(bare) >= LEAST_TRANSITION and alone:
            self.writer.scene_break(start, bare)
            self.number += 1
        elif BAR.match(line):
            self._lines()
        else:
            self._text(line)

    def _explicit(self, line: str) -> None:
        """Behind two dots: a note, a directive, or a comment with all that is set in under it."""
        first, last = self.number, self._indented(self.number)
        start = self._span(first, first)[0]
        if m := NOTE.match(line):
            self.writer.blank()
            self.writer.sign(self.text[start + 3 : start + 4], start)
            self._paragraph(start + 4, self._span(last, last)[1])
            self.writer.blank()
        elif (m := DIRECTIVE.match(line)) and m[1].casefold() in BLOCKS:
            word = m[1].casefold()
            self.writer.blank()
            self.writer.omit(start, start + (len(line) if word in NAMED else m.end()))
            if word not in NAMED and line[m.end() :].strip():
                self._paragraph(start + m.end(), start + len(line))
            self.writer.blank()
            self.blocks.append((last, BLOCKS[word]))
            self.number += 1
            return
        else:
            rule = RULE if DIRECTIVE.match(line) or line.startswith((".. _", ".. |")) else COMMENT
            self.writer.omit(start, self._span(last, last)[1], rule)
        self.number = last + 1

    def _lines(self) -> None:
        """Lines behind bars: verse."""
        self.begun = True
        kind, self.writer.kind = self.writer.kind, "verse"
        while self.number < len(self.lines) and (m := BAR.match(self.lines[self.number])):
            start, end = self._span(self.number, self.number)
            self.number += 1
            while (
                self.number < len(self.lines)
                and self.lines[self.number][:1] in (" ", "\t")
                and self.lines[self.number].strip()
            ):
                if BAR.match(self.lines[self.number]):
                    break
                end = self._span(self.number, self.number)[1]
                self.number += 1
            if start + m.end() >= end:
                self.writer.blank()
            self._paragraph(start + m.end(), end)
            self.writer.end_line()
        self.writer.blank()
        self.writer.kind = kind

    def _text(self, line: str) -> None:
        """A paragraph, an item of a list; what is set in is a quotation."""
        self.begun = True
        first = self.number
        self.blocks = [block for block in self.blocks if block[0] >= first]
        last = first
        while last + 1 < len(self.lines) and self.lines[last + 1].strip() and not self._ends(last + 1):
            last += 1
        self.number = last + 1
        start, end = self._span(first, last)
        kind: LineKind = "quote" if line[0] in " \t" else ""
        if self.blocks:
            kind = self.blocks[-1][1]
        self.writer.kind = kind
        if kind == "verse":
            for k in range(first, last + 1):
                self.writer.keep(*self._span(k, k))
                self.writer.end_line()
        else:
            if item := ITEM.match(line):
                self.writer.sign("• ", start)
                start += item.end()
                self.writer.kind = ""
            self._paragraph(start, end)
        self.writer.blank()
        self.writer.kind = ""

    def _ends(self, k: int) -> bool:
        """Whether a paragraph is over where this line begins: an item, a line behind a bar."""
        line = self.lines[k]
        return bool(BAR.match(line) or ITEM.match(line) or NUMBERED.match(line))

    # ------------------------------------------------------------------------------------------- inside a paragraph

    def _paragraph(self, start: int, end: int) -> None:
        """The words of a paragraph, its marks written anew; stars mean here what they mean elsewhere."""
        at = start
        while at < end:
            m = TOKEN.search(self.text, at, end)
            self.writer.keep(at, m.start() if m else end)
            at = self._token(m, end) if m else end

    def _token(self, m: re.Match[str], end: int) -> int:
        writer = self.writer
        start = m.start()
        match m.lastgroup:
            case "line":
                writer.sign(" ", start)
            case "escape":
                writer.sign(m[0][1:].strip(), start)
            case "literal":
                stop = self.text.find("``", m.end(), min(end, m.end() + WITHIN))
                if stop < 0:
                    writer.sign(m[0], start)
                    return m.end()
                writer.keep(m.end(), stop)
                return stop + 2
            case "role":
                return self._role(m, end)
            case "quoted":
                return self._quoted(m.start(), end, "*")
            case "cited":
                writer.keep(start, m.end() - 1)
            case _:
                before = self.text[start - 1 : start]
                writer.sign("" if before.isspace() or not before else ":", start)
        return m.end()

    def _role(self, m: re.Match[str], end: int) -> int:
        self.writer.omit(m.start(), m.end())
        return self._quoted(m.end(), end, ROLES.get(m[0].strip(":"), ""))

    def _quoted(self, at: int, end: int, mark: str) -> int:
        """`words`, or the words of a link: `words <address>`_."""
        writer = self.writer
        stop = self.text.find("`", at + 1, min(end, at + WITHIN))
        if stop < 0:
            writer.sign("`", at)
            return at + 1
        link = self.text.startswith("_", stop + 1)
        address = ADDRESS.search(self.text[at + 1 : stop]) if link else None
        inside = at + 1 + address.start() if address else stop
        if link:
            mark = ""
        writer.open(mark)
        writer.keep(at + 1, inside)
        writer.close(mark)
        writer.omit(inside, stop)
        behind = stop + 1 + link
        return behind + (link and self.text.startswith("_", behind))
