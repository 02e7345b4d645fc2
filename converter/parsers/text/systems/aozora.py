"""Aozora Bunko: the form of free Japanese texts, with the notes of those who typed them between ［＃ and ］.

A note says what the line is (a heading, set in), what words before it are (dotted, bold), or where a page begins. Signs
that no code page had are named by it, and read as those that they name. Readings (《》) are read anyway.
"""

from __future__ import annotations

import re

from converter.document.contracts import Omission
from converter.document.model import Origin
from converter.document.patterns import regex
from converter.parsers.text.lines.rows import numbered_rows
from converter.parsers.text.systems.writing import BREAK, HEAD, RULE, Translation

NAMED_SIGN = regex(r"※［＃[^［］\n]{1,200}］")
NOTE = regex(r"［＃([^［］\n]{1,200})］")
CODE_POINT = regex(r"U\+([0-9A-Fa-f]{4,6})")
JIS = regex(r"(?<![\d-])([12])-(\d{1,2})-(\d{1,2})(?![\d-])")
SIGNS_EXPLAINED = regex(r"【テキスト中に現れる記号について】")
RULE_LINE = regex(r"[-－─―━]{10,}[ 　]*")
LEVELS = {"大見出し": 1, "中見出し": 2, "小見出し": 3}
OF_WORDS = regex(r"「([^「」]{1,60}(?:「[^「」]{0,40}」[^「」]{0,40})?)」(?:は|に|の)(.{1,30})")
HEADING = regex(r"(?:ここから|ここで)?(?:同行|窓)?(大見出し|中見出し|小見出し)(終わり)?")
STRESS = regex(r"[^」]{0,10}(?:傍点|傍線|波線|太字|斜体)")
SET_IN = regex(r"ここから.{0,12}(?:字下げ|字詰め|罫囲み|横組み|地付き|字上げ)")
SET_OUT = regex(r"ここで.{0,12}(?:字下げ|字詰め|罫囲み|横組み|地付き|字上げ)終わり")
NEW_PAGE = frozenset(["改ページ", "改丁", "改見開き", "改段"])
UNDERSTOOD = regex(
    r".{0,60}(?:字下げ|天付き|地付き|字上げ|字詰め|縦中横|横組み|罫囲み|割り注|ママ|ルビ|終わり|左右中央|小書き|返り点|注記"
    r"|段階(?:大きな|小さな)文字|上付き小文字|下付き小文字)"
    r"|[一二三四上中下甲乙レ]{1,2}|（.{1,10}）|.{0,40}底本では.{0,60}"
)
SOURCE = regex(r"底本(?:の親本)?：")
LONGEST_HEAD, MOST_HEAD_LINES = 40, 6  # characters of a title, lines above the first blank one
BESIDE = 6  # lines between a text's source and the source of that
TRANSLATOR = "訳"
DOTS = ("《《", "》》")


def read_aozora(text: str, name: str) -> Translation:
    """A text of Aozora Bunko, in the marks that are read anyway."""
    return _Typed(NAMED_SIGN.sub(_named, text), name).translation()


def _named(note: re.Match[str]) -> str:
    """The sign that a note names, by its code point or by its place in JIS X 0213; else the note as it is."""
    if code := CODE_POINT.search(note[0]):
        value = int(code[1], 16)
        sign = chr(value) if value <= 0x10FFFF else ""
        return sign if sign.isprintable() and sign else note[0]
    if place := JIS.search(note[0]):
        plane, row, cell = map(int, place.groups())
        if 1 <= row <= 94 and 1 <= cell <= 94:
            data = bytes([0x8F] * (plane == 2) + [0xA0 + row, 0xA0 + cell])
            return data.decode("euc_jis_2004", "ignore") or note[0]
    return note[0]


class _Typed:
    """Reads a text line by line."""

    def __init__(self, text: str, name: str) -> None:
        self.text, self.name = text, name
        self.source = text.split("\n")
        self.lines: list[tuple[int, str]] = []
        self.omissions: list[Omission] = []
        self.headings: dict[int, int] = {}
        self.head: list[tuple[str, str, int]] = []
        self.quoted: set[int] = set()
        self.unread: list[tuple[str, int]] = []
        self.level = 0  # of a heading of several lines that is open
        self.begun = False  # and has a line already
        self.set_in = False
        self.stressed = False

    def translation(self) -> Translation:
        """All of it."""
        at = self._explanation(self._title())
        while at < len(self.source):
            self._line(at + 1, self.source[at])
            at = self._explanation(at + 1)
        return Translation(
            self.text,
            tuple(numbered_rows(self.lines)),
            tuple(self.head),
            tuple(self.omissions),
            self.headings,
            quoted=frozenset(self.quoted),
            unread=tuple(self.unread),
            behind=self._colophon(),
        )

    def _colophon(self) -> int:
        """The line from which on the text says what it was typed from, and by whom; 0 where it says nothing."""
        found = (k for k in range(len(self.source) - 1, -1, -1) if SOURCE.match(self.source[k]))
        last = next(found, -1)
        return next((k + 1 for k in found if last - k <= BESIDE), last + 1)

    def _omit(self, number: int, words: str, rule: str = RULE) -> None:
        if any(map(str.isalnum, words)):
            self.omissions.append(Omission(rule, words, Origin(self.name, number)))

    # ------------------------------------------------------------------------------------------- before the story

    def _title(self) -> int:
        """Title and author are the lines above the first blank one; gives the number of lines that were read."""
        begin = next((k for k, line in enumerate(self.source) if line.strip()), len(self.source))
        lines = self.source[begin : begin + MOST_HEAD_LINES + 1]
        end = next((k for k, line in enumerate(lines) if not line.strip()), len(lines))
        lines = [line.strip() for line in lines[:end]]
        odd = any(len(line) > LONGEST_HEAD or "［＃" in line or line.endswith("。") for line in lines)
        if odd or not 2 <= len(lines) <= MOST_HEAD_LINES or begin + end >= len(self.source):
            return 0
        fields = ["title", *["subtitle"] * (len(lines) - 2), "author"]
        if len(lines) > 2 and lines[-1].endswith(TRANSLATOR):
            fields = [*fields[:-2], "author", "translator"]
        for k, (field, line) in enumerate(zip(fields, lines, strict=True)):
            number = begin + k + 1
            if field != "subtitle" or not any(f == field for f, _, _ in self.head):
                said = line.removesuffix(TRANSLATOR).strip() if field == "translator" else line
                self.head.append((field, said, number))
            self._omit(number, line, HEAD)
        return begin + end

    def _explanation(self, at: int) -> int:
        """The note on the signs of the text, between two rules, is none of it; gives where reading goes on."""
        if at >= len(self.source) or not RULE_LINE.fullmatch(self.source[at]):
            return at
        said = at + 1
        while said < len(self.source) and not self.source[said].strip():
            said += 1
        if said == len(self.source) or not SIGNS_EXPLAINED.search(self.source[said]):
            return at
        end = said
        while end < len(self.source) and not RULE_LINE.fullmatch(self.source[end]):
            end += 1
        if end == len(self.source):
            return at
        for k in range(said, end):
            self._omit(k + 1, self.source[k].strip(), "note on the signs of the text")
        return end + 1

    # ------------------------------------------------------------------------------------------- the story

    def _line(self, number: int, line: str) -> None:
        """A line, without the notes in it."""
        level, page = self.level, False
        words, at = "", 0
        for m in NOTE.finditer(line):
            words += line[at : m.start()]
            at = m.end()
            self._omit(number, m[0])
            words, found = self._note(number, m[1], words)
            level = found or level
            page = page or m[1] in NEW_PAGE
        words += line[at:]
        if page:
            self.lines += (
                [(number, ""), (number, BREAK), (number, "")] if self._parts_scenes(number) else [(number, "")]
            )
        if level and words.strip():
            if self.begun:
                first, said = self.lines.pop()
                self.lines.append((first, f"{said}　{words.strip()}"))
            else:
                self.headings[number] = level
                self.lines += [(number, ""), (number, words.strip())]
            self.begun = bool(self.level)
            if self.begun:
                return
            words = ""
        elif self.begun and not self.level:
            self.begun, words, at = False, "", 0
        if words.strip() or not at:
            self.lines.append((number, words))
            if self.set_in and words.strip():
                self.quoted.add(number)

    def _note(self, number: int, said: str, words: str) -> tuple[str, int]:
        """What a note says of the words before it: those as they are then, and the level of a heading, 0 for none."""
        if of := OF_WORDS.match(said):
            return self._of_words(number, said, of, words)
        if m := HEADING.fullmatch(said):
            level = LEVELS[m[1]]
            self.level = 0 if m[2] else level
            return words, level
        if STRESS.match(said):
            ends = said.endswith("終わり")
            opened, self.stressed = self.stressed, not ends
            return words + DOTS[ends] if opened == ends else words, 0
        if SET_OUT.match(said):
            self.set_in = False
        elif SET_IN.match(said):
            self.set_in = True
        elif said not in NEW_PAGE and not UNDERSTOOD.fullmatch(said):
            self.unread.append((f"［＃{said}］", number))
        return words, 0

    def _of_words(self, number: int, said: str, of: re.Match[str], words: str) -> tuple[str, int]:
        if m := HEADING.match(of[2]):
            return words, LEVELS[m[1]]
        if STRESS.match(of[2]):
            start = words.rfind(of[1])
            if start >= 0 and "《" not in of[1]:
                end = start + len(of[1])
                return f"{words[:start]}{DOTS[0]}{of[1]}{DOTS[1]}{words[end:]}", 0
        elif not UNDERSTOOD.fullmatch(of[2]):
            self.unread.append((f"［＃{said}］", number))
        return words, 0

    def _parts_scenes(self, number: int) -> bool:
        """Whether a new page parts what stands before it from what follows: no heading, and not the end."""
        following = next((line for line in self.source[number:] if line.strip()), "")
        return bool(self.lines) and bool(following) and "見出し" not in following and not SOURCE.match(following)
