"""What stands for something else in a source of LaTeX: letters by their commands, commands of the source's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from converter.document.patterns import regex
from converter.parsers.text.systems.latex_words import ACCENTS, COMMANDS, LETTERS

_ACCENT = (
    r"\\(?:([`'^\"~=.])|([uvHcdbkr])(?![A-Za-z]))[ \t]{0,3}"
    r"(?:\{\\?([A-Za-z])\}|\\([ij])(?![A-Za-z])[ \t]?|([A-Za-z]))"
)
ACCENT = regex(_ACCENT)
BRACED_ACCENT = regex(rf"\{{(?:{_ACCENT})\}}")
_LETTER = r"\\(ss|ae|AE|oe|OE|o|O|aa|AA|l|L|i|dh|DH|th|TH|dj|DJ|ng|NG)(?![A-Za-z@])"
LETTER = regex(rf"\{{{_LETTER}\}}|{_LETTER}(?:\{{\}}|[ \t]{{1,3}})?")
MACRO = regex(
    r"\\(?:(?:re)?newcommand|providecommand|def)\*?[ \t]{0,4}\{?\\([A-Za-z]{1,40})\}?"
    r"[ \t]{0,4}(?:\[\d\])?[ \t]{0,4}\{([^{}\n]{0,200})\}"
)
USE = regex(r"\\([A-Za-z]+)(\{\}|[ \t]{0,3})")
PLAIN = regex(r"[^\W\d_][^\\#{}]*", within=200)
DEFINED = regex(
    r"\\(?:(?:re)?newcommand|providecommand|def)\*?[ \t]{0,4}\{?\\([A-Za-z]{1,40})\}?"
    r"[ \t]{0,4}(?:\[\d\])?(?:\[[^\[\]\n]{0,80}\])?(?:#\d)?[ \t]{0,4}\{"
)
DRAWN = regex(r"\*|\\(?:bigskip|hrule|hrulefill|rule|asterism|ornament|fancybreak|pfbreak|decotwo|maltese)(?![A-Za-z])")
ANY_COMMAND = regex(r"\\[A-Za-z]+\*?(?:\{[A-Za-z]{0,20}\})?|\{\d[\w.]*\}")
ITALIC = regex(r"\\(?:emph|textit|textsl|itshape|it|em)(?![A-Za-z])")
BOLD = regex(r"\\(?:textbf|bfseries|bf)(?![A-Za-z])")


def named_characters(text: str) -> str:
    """The text with letters that commands name, and words that commands of its own stand for."""
    own = {m[1]: m[2].replace("\\xspace", "").strip() for m in MACRO.finditer(text) if m[1] not in COMMANDS}
    own = {word: body for word, body in own.items() if PLAIN.fullmatch(body)}
    if own:
        text = USE.sub(lambda m: _used(m, own, text), text)
    text = BRACED_ACCENT.sub(_accented, text)
    text = ACCENT.sub(_accented, text)
    return LETTER.sub(lambda m: LETTERS[m[1] or m[2]], text)


def _used(m: re.Match[str], own: dict[str, str], text: str) -> str:
    """What a command of the text's own stands for; where it is defined it is left as it is."""
    defined = text[max(0, m.start() - 12) : m.start()].rstrip("{* \t").endswith(("command", "\\def"))
    if m[1] not in own or defined:
        return m[0]
    return own[m[1]]


def _accented(m: re.Match[str]) -> str:
    sign, letter = m[1] or m[2], m[3] or m[4] or m[5]
    return normalize("NFC", letter + ACCENTS[sign])


def definitions(text: str, partners: dict[int, int]) -> Iterator[tuple[str, str]]:
    """The commands that a text defines for itself, with their bodies."""
    for m in DEFINED.finditer(text):
        at = m.end() - 1
        if at in partners:
            yield m[1], text[at + 1 : partners[at]]


def draws_break(body: str) -> bool:
    """Whether a command draws a break: no words, but stars, a rule or space."""
    return bool(DRAWN.search(body)) and not any(map(str.isalnum, ANY_COMMAND.sub("", body)))


def mark_in(body: str) -> str:
    """The mark of the emphasis that a command gives its words; "" for none."""
    return "*" if ITALIC.search(body) else "**" if BOLD.search(body) else ""
