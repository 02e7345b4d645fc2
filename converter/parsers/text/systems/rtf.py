"""Rich Text Format: what a word processor saves as text with control words.

The lines of its story are paragraphs, and the lines that are counted are these: nobody sees those of the file. What
comes out is the text as its program would show it, with stress in the marks that are read anyway.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import replace

from converter.document.contracts import Omission
from converter.document.model import Origin
from converter.document.patterns import regex
from converter.parsers.text.lines.rows import Row
from converter.parsers.text.systems.rtf_lines import RichLine
from converter.parsers.text.systems.rtf_looks import PLAIN_SIZE, Look, LookedAt, lines_like_headings
from converter.parsers.text.systems.rtf_states import RichParagraph, RichState
from converter.parsers.text.systems.rtf_verse import is_broken_verse
from converter.parsers.text.systems.rtf_words import (
    CODE_PAGES,
    LEFT_OUT,
    LINE_ENDS,
    PAGE_ENDS,
    PROGRAM,
    SIGNS,
    STRESS,
    WHOLE,
)
from converter.parsers.text.systems.writing import CITED_BY, Translation

TOKEN = regex(
    r"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<byte>[0-9A-Fa-f]{2})|\\(?P<sign>[^A-Za-z])"
    r"|(?P<brace>[{}])|(?P<end>[\r\n]+)|(?P<text>[^\\{}\r\n]+)",
    re.S,
)
CHARACTERS = {"~": "\u00a0", "_": "\u2011", "\n": "\n", "\r": "\n", "{": "{", "}": "}", "\\": "\\"}
STYLE_NAME = regex(r"heading (\d)", re.I)
PAGE_GAP = 3  # blank lines: what a new page counts for
BODY_TEXT = 9  # an outline level that is none
INDENT = 4  # columns of a first line that is indented
CENTRED = 24  # columns of a centred line
STYLED = 2  # styled headings: fewer are one line made big


def read_rtf(text: str, name: str) -> Translation:
    """A text in Rich Text Format as lines of words."""
    return _Rtf(text, name).translation()


class _Rtf:
    """Reads a text control word by control word."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.state = RichState(page="cp1252")
        self.outer: list[RichState] = []
        self.set = RichParagraph()
        self.styles: dict[int, int] = {}  # the level of a heading by the number of its style
        self.fonts: dict[int, str] = {}
        self.font = 0
        self.starred = False
        self.opened = False  # a group began with the last token
        self.rooms: dict[str, RichLine] = {"": RichLine()}
        self.bytes = bytearray()
        self.skip = 0  # characters that stand for the one before
        self.high = 0  # the first half of a pair
        self.gap = 0
        self.lines: list[str] = []
        self.rows: list[Row] = []
        self.notes: list[tuple[str, RichLine]] = []  # with their marks
        self.omissions: list[Omission] = []
        self.headings: dict[int, int] = {}
        self.sizes: list[int] = []  # of the words of the line in the making
        self.looks: list[LookedAt] = []
        self.opens = True  # a page begins with the next line
        self.author = self.title = ""  # as the document names them
        self.broken: list[int] = []  # rows of the paragraph in the making
        self.verse: set[int] = set()  # lines

    def translation(self) -> Translation:
        """All of it."""
        at = 0
        while m := TOKEN.match(self.text, at):
            at = self._token(m)  # what stands behind the last brace is read, too: nobody should miss it
        self._flush()
        self._end_line()
        headings = self.headings if len(self.headings) >= STYLED else {}
        like_headings = frozenset() if headings else lines_like_headings(self.looks)
        self._end_paragraph()
        return Translation(
            "\n".join(self.lines),
            tuple(self._bare(row) if row.line in like_headings else row for row in self.rows),
            omissions=tuple(self.omissions),
            headings=headings,
            verse=frozenset(self.verse),
            like_headings=like_headings,
            author=self.author,
            title=self.title,
        )

    def _bare(self, row: Row) -> Row:
        """A heading without the marks of the stress that all of its words have."""
        bold = STRESS["b"]
        whole = row.text.startswith(bold) and row.text.endswith(bold) and bold not in row.text[2:-2]
        return row._replace(text=row.text[2:-2]) if whole and row.text[2:-2].strip("*") else row

    def _token(self, m: re.Match[str]) -> int:
        """What a token means; gives the place where reading goes on."""
        opened, self.opened = self.opened, False
        if m["byte"]:
            if self.skip:
                self.skip -= 1
            else:
                self.bytes.append(int(m["byte"], 16))
            return m.end()
        self._flush()
        match m.lastgroup:
            case "brace":
                self._brace(m["brace"])
            case "text":
                words = m["text"]
                skipped = min(self.skip, len(words))
                self.skip -= skipped
                self._say(words[skipped:])
            case "sign":
                self._sign(m["sign"], opened)
            case "word" | "number":
                return self._word(m["word"], int(m["number"]) if m["number"] else None, m.end(), opened)
            case _:
                self.opened = opened
        return m.end()

    # ------------------------------------------------------------------------------------------- groups

    def _brace(self, brace: str) -> None:
        self.skip = 0
        if brace == "{":
            self.outer.append(self.state)
            self.state = replace(self.state)
            self.opened, self.starred = True, False
        elif self.outer:
            inner, self.state = self.state, self.outer.pop()
            if inner.room != self.state.room:
                self._leave(inner.room)

    def _leave(self, room: str) -> None:
        """A destination is over, and what was said in it is settled."""
        line = self.rooms.pop(room, None)
        said = line.plain() if line else ""
        if not said:
            return
        kind = room.split(" ", maxsplit=1)[0]
        if kind == "style":
            m = STYLE_NAME.match(said)
            if m:
                self.styles[int(room.split(" ")[1])] = int(m[1])
        elif kind == "footnote" and line:
            self._note(line)
        elif kind in LEFT_OUT:
            self.author = said if kind == "author" else self.author
            self.title = said if kind == "title" else self.title
            self._omit(LEFT_OUT[kind], said)

    def _note(self, line: RichLine) -> None:
        """A note: it is cited here and stands below the paragraph."""
        if self.state.room or len(self.notes) == len(CITED_BY):
            self._say(f" ({line.plain()})")
            return
        mark = f"[{CITED_BY[len(self.notes)]}]"
        self._say(mark)
        self.notes.append((mark, line))

    def _omit(self, rule: str, said: str) -> None:
        self.lines.append(said)
        self.omissions.append(Omission(rule, said, Origin(self.name, len(self.lines))))

    # ------------------------------------------------------------------------------------------- words

    def _flush(self) -> None:
        """Bytes that were named are characters together, in the code page that holds here."""
        if self.bytes:
            raw = bytes(self.bytes)
            self.bytes.clear()
            self._say(raw.decode(self.state.page, "replace"))

    def _say(self, words: str) -> None:
        if not words or self.state.room == "program":
            return
        room = "hidden" if self.state.hidden else "gone" if self.state.gone else self.state.room
        self.rooms.setdefault(room, RichLine()).runs.append((words, self.state.marks))
        if not room and not words.isspace():
            self.sizes.append(self.state.size)

    def _sign(self, sign: str, opened: bool) -> None:
        if sign == "*":
            self.starred, self.opened = True, opened
        elif sign in "\r\n":
            self._end_line()
            self._end_paragraph()
        elif self.skip:
            self.skip -= 1
        else:
            self._say(CHARACTERS.get(sign, ""))

    def _word(self, word: str, number: int | None, end: int, opened: bool) -> int:
        """A control word; gives the place where reading goes on."""
        if word == "bin" and self.state.room == "program":
            return end + max(0, number or 0)
        if opened and self._enter(word, number):
            return end
        if word == "u" and number is not None:
            self._unicode(number % 0x10000)
        elif word in SIGNS:
            if self.skip:
                self.skip -= 1
            else:
                self._say(SIGNS[word])
        elif word in LINE_ENDS or word in PAGE_ENDS:
            if not self.state.room and not (self.set.in_table and word == "par"):
                self._end_line(PAGE_GAP if word in PAGE_ENDS else 1)
                self.opens |= word in PAGE_ENDS
                if word != "line":
                    self._end_paragraph()
            else:
                self._say(" ")
        else:
            self._set(word, number)
        return end

    def _enter(self, word: str, number: int | None) -> bool:
        """Whether a group that opens with this word is a destination; it is entered then."""
        state = self.state
        if state.room == "program" and word not in ("shptxt", "f", "s"):
            return True
        if word in PROGRAM:
            state.room = "fonts" if word == "fonttbl" else "program"
        elif word == "stylesheet":
            state.room = "styles"
        elif state.room == "styles":
            state.room = f"style {number}" if word == "s" else "program"
        elif state.room == "fonts" and word == "f":
            self.font = number or 0
        elif word == "info":
            state.room = "info"
        elif state.room == "info":
            state.room = word if word in LEFT_OUT else "program"
        elif word in LEFT_OUT or word == "footnote":
            state.room, state.marks = word, frozenset()
        elif word == "shptxt":
            state.room = ""
        elif self.starred:
            state.room = "program"
        else:
            return False
        return True

    def _unicode(self, code: int) -> None:
        """A character by its number; the plain ones behind it stand for it where it can't be shown."""
        if 0xD800 <= code < 0xDC00:
            self.high = code
        elif 0xDC00 <= code < 0xE000:
            if self.high:
                self._say(chr(0x10000 + ((self.high - 0xD800) << 10) + code - 0xDC00))
            self.high = 0
        else:
            self._say(chr(code))
        self.skip = self.state.fallback

    def _set(self, word: str, number: int | None) -> None:
        """How the words that follow are set."""
        state, on = self.state, number != 0
        if mark := STRESS.get(word):
            state.marks = state.marks | {mark} if on else state.marks - {mark}
            return
        match word:
            case "ulnone":
                state.marks -= {STRESS["ul"]}
            case "plain":
                state.marks, state.hidden, state.gone = frozenset(), False, False
                state.size = PLAIN_SIZE
            case "fs":
                state.size = number or PLAIN_SIZE
            case "v":
                state.hidden = on
            case "deleted":
                state.gone = on
            case "uc":
                state.fallback = max(0, number or 0)
            case "pard":
                self.set = RichParagraph()
            case _:
                self._set_paragraph(word, number or 0)
                self._code_page(word, number or 0)

    def _set_paragraph(self, word: str, number: int) -> None:
        """How this paragraph is set."""
        match word:
            case "intbl":
                self.set.in_table = True
            case "s":
                self.set.level = self.styles.get(number, 0)
            case "outlinelevel":
                self.set.level = number + 1 if number < BODY_TEXT else 0
            case "qc":
                self.set.indent = CENTRED
            case "li" | "lin":
                self.set.inset = number > 0
            case "fi" if number > 0:
                self.set.indent = max(self.set.indent, INDENT)
            case _:
                pass

    def _code_page(self, word: str, number: int) -> None:
        """In which code page bytes are characters: the file's own, or that of a font."""
        state = self.state
        if word in WHOLE:
            state.page = WHOLE[word]
        elif word == "ansicpg":
            state.page = _known(f"cp{number}") or state.page
        elif word == "fcharset" and state.room == "fonts":
            self.fonts[self.font] = CODE_PAGES.get(number, "")
        elif word == "f":
            if state.room == "fonts":
                self.font = number
            else:
                state.page = self.fonts.get(number) or state.page

    # ------------------------------------------------------------------------------------------- lines

    def _end_line(self, gap: int = 1) -> None:
        """The line ends here, and the notes that it cites stand below it."""
        for room, rule in (("hidden", "hidden words"), ("gone", "words struck out")):
            line = self.rooms.pop(room, None)
            if line and (said := line.plain()):
                self._omit(rule, said)
        line = self.rooms[""]
        self.rooms[""] = RichLine()
        words = line.plain()
        if not words:
            self.lines.append("")
            self.gap += gap
            return
        self.lines.append(words)
        bold = all(STRESS["b"] in marks for said, marks in line.runs if said.strip())
        look = Look(min(self.sizes, default=PLAIN_SIZE), bold, self.set.indent == CENTRED)
        self.looks.append(LookedAt(len(self.lines), look, self.opens, len(words)))
        self.sizes.clear()
        self.opens = False
        lead = line.runs[0][0][:1] if line.runs else ""
        indent = max(self.set.indent, INDENT if lead == "\t" else 0)
        apart = bool(self.rows) and CENTRED in (indent, self.rows[-1].indent)  # a line of its own: title, heading, sign
        self.broken.append(len(self.rows))
        self.rows.append(Row(len(self.lines), line.marked(), indent, max(self.gap, int(apart))))
        if self.set.level:
            self.headings[len(self.lines)] = self.set.level
        for mark, note in self.notes:
            self.lines.append(f"{mark} {note.plain()}")
            self.rows.append(Row(len(self.lines), f"{mark} {note.marked()}", 0, 0))
        self.gap = gap - 1
        self.notes.clear()

    def _end_paragraph(self) -> None:
        """The paragraph ends here; where its lines were broken as those of verse are, they are kept."""
        broken, self.broken = self.broken, []
        if not broken or self.set.in_table or self.set.indent == CENTRED:
            return
        above = self.rows[broken[0] - 1].text if broken[0] else ""
        rows = [self.rows[k] for k in broken]
        if above and is_broken_verse([r.text for r in rows], above, inset=self.set.inset):
            self.verse.update(row.line for row in rows)
            self.rows[broken[0]] = rows[0]._replace(gap=max(rows[0].gap, 1))
            self.gap = max(self.gap, 1)


def _known(page: str) -> str:
    """The name of a code page that can be read; "" for none."""
    try:
        return codecs.lookup({"cp65001": "utf-8", "cp10000": "mac_roman"}.get(page, page)).name
    except LookupError:
        return ""
