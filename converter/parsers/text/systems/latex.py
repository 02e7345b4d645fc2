"""LaTeX: a story typed for a typesetter, whose commands are no words of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from converter.document.patterns import regex
from converter.parsers.text.systems.latex_braces import Braces
from converter.parsers.text.systems.latex_own import definitions, draws_break, mark_in, named_characters
from converter.parsers.text.systems.latex_words import COMMANDS, LOGOS, QUOTED, SIGNS, UNREAD, VERSE, Command
from converter.parsers.text.systems.lines import LineKind
from converter.parsers.text.systems.writing import COMMENT, HEAD, Rewriter, Translation

BEGIN = "\\begin{document}"
END = "\\end{document}"
TOKEN = regex(
    r"(?P<comment>%[^\n]*)|(?P<command>\\(?:[A-Za-z@]+\*?|[^A-Za-z]))|(?P<open>\{)|(?P<close>\})"
    r"|(?P<paragraph>\n[ \t]*+(?:\n[ \t]*+)+)|(?P<line>\n[ \t]*+)|(?P<sign>~|``|''|`|-{2,3}|\$)"
)
BEGIN_END = regex(r"\\(begin|end)\{([A-Za-z]{1,20}\*?)\}")
VERBATIM = regex(r"([^\w\s*])[^\n]{0,200}?\1")
LENGTH = regex(r"[ \t]{0,4}=?[ \t]{0,4}-?\d[\d.]{0,8}[ \t]{0,4}(?:pt|em|ex|cm|mm|in|sp|bp|pc|\\[A-Za-z]+)")
TYPED = {"~": "\u00a0", "``": "“", "''": "”", "`": "‘", "--": "–", "---": "—", "$": ""}
NAMES = regex(r"\\and(?![A-Za-z])")
BARE = regex(r"\\(?:[A-Za-z]+\*?[ \t]*|[^A-Za-z])|[{}$]")
THANKS = regex(r"\\(?:thanks|footnote)\{[^{}]{0,500}\}")


class _Close(NamedTuple):
    """What is to be done where a group closes."""

    does: str = ""
    mark: str = ""
    level: int = 0
    at: int = 0


def read_latex(text: str, name: str) -> Translation:
    """A text with commands of LaTeX, in the marks that are read anyway."""
    return _Latex(named_characters(text), name).translation()


class _Latex:
    """Reads a text command by command."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.writer = Rewriter(text, name)
        self.braces = Braces(text)
        self.closes: dict[int, _Close] = {}  # what is done at a brace
        self.groups: list[list[str]] = []  # the marks that end with each open group
        self.kinds: list[LineKind] = []
        self.breaks = self._own_breaks()
        self.styles = self._own_styles()

    def _own_breaks(self) -> frozenset[str]:
        """Commands of the text's own that stand for a break between scenes."""
        return frozenset(
            word for word, body in definitions(self.text, self.braces.partners) if "#" not in body and draws_break(body)
        )

    def _own_styles(self) -> dict[str, Command]:
        """Commands of the text's own that set the words given to them."""
        return {
            word: Command("text", means=mark_in(body))
            for word, body in definitions(self.text, self.braces.partners)
            if "#1" in body
        }

    def translation(self) -> Translation:
        """All of it."""
        begin, end = self._document()
        self._preamble(begin)
        at = begin
        while at < end:
            m = TOKEN.search(self.text, at, end)
            self.writer.keep(at, m.start() if m else end)
            at = self._token(m) if m else end
        self.writer.omit(end, len(self.text))
        return self.writer.translation()

    def _document(self) -> tuple[int, int]:
        """Where the story begins and ends."""
        begin = self.text.find(BEGIN)
        end = self.text.rfind(END)
        return (begin + len(BEGIN) if begin >= 0 else 0), (end if end >= 0 else len(self.text))

    def _preamble(self, stop: int) -> None:
        """What stands before the story: its title and author are named in it."""
        done = 0
        for m in TOKEN.finditer(self.text, 0, stop):
            if m.start() < done or not m["command"]:
                continue
            command = COMMANDS.get(m["command"][1:])
            if command and command.does == "head":
                self.writer.omit(done, m.start())
                done = self._head(m.start(), m.end(), command)
        self.writer.omit(done, stop)

    def _token(self, m: re.Match[str]) -> int:
        """What a token means; gives the place where reading goes on."""
        writer = self.writer
        match m.lastgroup:
            case "comment":
                writer.omit(m.start() + 1, m.end(), COMMENT)
                return self._behind_comment(m.end())
            case "command":
                return self._command(m)
            case "open":
                self.groups.append([])
            case "close":
                self._close(m.start())
            case "paragraph":
                writer.blank()
            case "line":
                writer.sign(" ", m.start())
            case _:
                writer.sign(TYPED[m[0]], m.start())
        return m.end()

    def _behind_comment(self, end: int) -> int:
        """A comment takes its line end with it, unless an empty line follows."""
        m = TOKEN.match(self.text, end)
        return m.end() if m and m["line"] else end

    def _close(self, at: int) -> None:
        """A group ends, and what was said to hold in it."""
        for mark in reversed(self.groups.pop() if self.groups else []):
            self.writer.close(mark)
        close = self.closes.pop(at, _Close())
        match close.does:
            case "mark":
                self.writer.close(close.mark)
            case "heading":
                self.writer.heading(close.level)
            case "note":
                self.writer.end_note(close.at)
            case "block":
                self.writer.blank()
            case _:
                pass

    # ------------------------------------------------------------------------------------------- commands

    def _command(self, m: re.Match[str]) -> int:
        word = m["command"][1:]
        if word[0] == "\\":
            return self._line_end(m.end())
        if not word[0].isalpha() and word[0] != "@":
            self.writer.sign(SIGNS.get(word, word), m.start())
            return m.end()
        if word == "verb" and (typed := VERBATIM.match(self.text, m.end())):
            self.writer.omit(m.start(), m.end())
            self.writer.keep(m.end() + 1, typed.end() - 1)
            return typed.end()
        if word in LOGOS:
            self.writer.keep(m.start() + 1, m.end())
            return self.braces.behind_word(m.end())
        if word in ("begin", "end") and (of := BEGIN_END.match(self.text, m.start())):
            return self._environment(of)
        bare = word.rstrip("*")
        if bare in self.breaks:
            self.writer.omit(m.start(), m.end())
            self.writer.scene_break(m.start())
            return self.braces.behind_word(m.end())
        command = self.styles.get(bare) or COMMANDS.get(bare)
        if command is None:
            self.writer.unread.append((m["command"], self.writer.line_of(m.start())))
            command = Command("text") if self.braces.group(m.end()) else Command("drop")
        return self._do(m.start(), m.end(), command)

    def _do(self, start: int, end: int, command: Command) -> int:
        writer = self.writer
        if command.does == "head":
            return self._head(start, end, command)
        if command.does == "drop":
            return self._drop(start, end, command.skip)
        behind = self.braces.options(end)
        for _ in range(command.skip):
            behind = self.braces.options(self.braces.group(behind) or behind)
        writer.omit(start, behind)
        match command.does:
            case "text" | "heading" | "note" | "block":
                return self._argument(start, behind, command)
            case "style":
                if self.groups:
                    self.groups[-1].append(command.means)
                    writer.open(command.means)
            case "sign":
                writer.sign(command.means, start)
            case "break":
                writer.scene_break(start)
                return self._drop(behind, behind, 1)
            case "space":
                writer.scene_break(start, kind="space")
            case "line":
                return self._line_end(behind)
            case "item":
                writer.blank()
                writer.sign("• ", start)
            case _:
                writer.blank()
        return self.braces.behind_word(behind)

    def _argument(self, start: int, at: int, command: Command) -> int:
        """The words given to a command, until their group closes."""
        behind = self.braces.group(at)
        if not behind:
            return self.braces.behind_word(at)
        opens = next(k for k in range(at, behind) if self.text[k] == "{")
        self.groups.append([])
        close = behind - 1
        match command.does:
            case "heading":
                self.writer.blank()
                self.closes[close] = _Close("heading", level=command.level)
            case "note":
                self.writer.begin_note()
                self.closes[close] = _Close("note", at=start)
            case "block":
                self.writer.blank()
                self.closes[close] = _Close("block")
            case _:
                self.writer.open(command.means)
                self.closes[close] = _Close("mark", command.means)
        return opens + 1

    def _drop(self, start: int, end: int, arguments: int) -> int:
        """A command that says nothing to a reader, with all that is given to it."""
        behind = self.braces.options(end)
        for _ in range(arguments):
            if length := LENGTH.match(self.text, behind):
                behind = length.end()
            else:
                behind = self.braces.options(self.braces.group(behind) or behind)
        self.writer.omit(start, behind)
        return self.braces.behind_word(behind) if behind == end else behind

    def _head(self, start: int, end: int, command: Command) -> int:
        """A command that says title or author."""
        at = self.braces.options(end)
        behind = self.braces.group(at)
        if not behind:
            self.writer.omit(start, at)
            return at
        said = self.text[at : behind - 1].strip().removeprefix("{")
        said = NAMES.sub("; ", THANKS.sub("", said).replace("\\\\", " "))
        said = " ".join(BARE.sub(lambda m: SIGNS.get(m[0][1:], ""), said).replace("~", " ").split())
        line = self.writer.line_of(start)
        self.writer.head.append((command.means, said.replace("---", "—").replace("--", "–"), line))
        self.writer.omit(start, behind, HEAD)
        return behind

    def _environment(self, m: re.Match[str]) -> int:
        """The begin or the end of verse, a quotation, a list ..."""
        kind = m[2].rstrip("*")
        behind = m.end()
        self.writer.blank()
        if m[1] == "end":
            self.writer.omit(m.start(), behind)
            self.writer.kind = self.kinds.pop() if self.kinds else ""
            return behind
        if kind in UNREAD:
            end = self.text.find(f"\\end{{{m[2]}}}", behind)
            behind = end + len(m[2]) + 6 if end >= 0 else behind
            self.writer.omit(m.start(), behind)
            return behind
        behind = self.braces.options(behind)
        while kind not in QUOTED and self.text.startswith(("{", "["), behind) and self.braces.group(behind):
            behind = self.braces.options(self.braces.group(behind))
        self.writer.omit(m.start(), behind)
        self.kinds.append(self.writer.kind)
        self.writer.kind = "verse" if kind in VERSE else "quote" if kind in QUOTED else self.writer.kind
        return behind

    def _line_end(self, end: int) -> int:
        """A line that ends here on purpose."""
        if self.text.startswith(("*", "!"), end):
            end += 1
        behind = self.braces.options(end)
        self.writer.omit(end, behind)
        self.writer.end_line()
        return behind
