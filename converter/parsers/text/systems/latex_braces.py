"""Braces and options of LaTeX: where what is given to a command begins and ends."""

from __future__ import annotations

from converter.document.patterns import regex

STRUCTURE = regex(r"\\[\s\S]|%[^\n]*|[{}]")
OPTION = regex(r"[ \t]*\[[^\[\]\n]{0,200}\]")


class Braces:
    """The braces of a text. `partners` says where each that opens is closed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.partners = _partners(text)

    def options(self, at: int) -> int:
        """Where the options in brackets end that follow."""
        m = OPTION.match(self.text, at)
        return m.end() if m else at

    def group(self, at: int) -> int:
        """Where the group ends that follows; 0 where none does."""
        while at < len(self.text) and self.text[at] in " \t":
            at += 1
        return self.partners[at] + 1 if self.partners.get(at) is not None else 0

    def behind_word(self, at: int) -> int:
        """Spaces behind a command's name are none, nor are empty braces."""
        if self.text.startswith("{}", at):
            return at + 2
        while at < len(self.text) and self.text[at] in " \t":
            at += 1
        return at


def _partners(text: str) -> dict[int, int]:
    """Where each brace that opens is closed."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    for m in STRUCTURE.finditer(text):
        if m[0] == "{":
            opened.append(m.start())
        elif m[0] == "}" and opened:
            partners[opened.pop()] = m.start()
    return partners
