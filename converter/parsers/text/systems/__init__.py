"""Texts in the marks of another system: LaTeX, a wiki, an archive of mail. A row of the table for each.

A system is recognised by several of its signs together: one sign alone may be a story's own. Its text is then written
anew, in the marks that are read anyway, and each line keeps its number in the file (`writing.py`, `lines.py`). What is
left out is what the system says of itself: the names of commands, the fields of a message. Where there are too few
signs the text stays as it is, and they are named in a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from converter.document.findings.words import ForeignMarks
from converter.document.model import Origin
from converter.parsers.text.headings.outline import heading_words
from converter.parsers.text.lines.layout import RowGroup
from converter.parsers.text.systems import signs
from converter.recognisers.headings.families import Decision
from converter.recognisers.headings.forms import Form, read_form
from converter.recognisers.headings.levels import PART_KINDS
from converter.recognisers.headings.words import Lexicon

if TYPE_CHECKING:
    from converter.parsers.text.systems.writing import Translation

EXAMPLES = 3  # of what was not understood


Read = Callable[[str, str], "Translation | None"]


class System(NamedTuple):
    """A system of marks: its name, the signs that show it, what writes a text in it anew, and whether a sure sign alone
    is enough."""

    name: str
    signs: tuple[signs.Sign, ...]
    read: Read
    at_once: bool = False


def _late(module: str, reader: str) -> Read:
    """What writes a system's text anew, imported when there is one: most stories are in no system's marks."""

    def read(text: str, name: str) -> Translation | None:
        translation: Translation | None = getattr(import_module(f"{__name__}.{module}"), reader)(text, name)
        return translation

    return read


SYSTEMS = (
    System("Rich Text Format", signs.RTF, _late("rtf", "read_rtf"), at_once=True),
    System("LaTeX", signs.LATEX, _late("latex", "read_latex")),
    System("MediaWiki", signs.MEDIAWIKI, _late("mediawiki", "read_mediawiki")),
    System("Org", signs.ORG, _late("org", "read_org")),
    System("reStructuredText", signs.RESTRUCTURED, _late("restructured", "read_restructured")),
    System("Textile", signs.TEXTILE, _late("textile", "read_textile")),
    System("BBCode", signs.BBCODE, _late("bbcode", "read_bbcode")),
    System("Aozora Bunko", signs.AOZORA, _late("aozora", "read_aozora")),
    System("a mail program", signs.MAIL, _late("mail", "read_mail")),
)


class Recognised(NamedTuple):
    """A text written anew, if a system was recognised, by which signs, and what is to be told."""

    system: str
    why: str
    translation: Translation | None
    findings: tuple[ForeignMarks, ...] = ()


def recognise(text: str, name: str) -> Recognised | None:
    """The text in the marks that are read anyway, where it is in those of another system; None where it is in none."""
    doubt: Recognised | None = None
    lines = f"\n{text}"
    for system in SYSTEMS:
        sure = _found(lines, [sign for sign in system.signs if sign.sure])
        if not sure:
            continue
        found = [*sure, *_found(lines, [sign for sign in system.signs if not sign.sure])]
        count = sum(map(len, found))
        if system.at_once or (len(found) >= signs.LEAST_KINDS and count >= signs.LEAST_SIGNS):
            translation = system.read(text, name)
            if translation and (translation.rows or system.at_once):
                why = f"{len(found)} kinds of its signs, {count} of them"
                return Recognised(system.name, why, translation, _unread(system.name, translation, name))
        elif count >= signs.TOLD and doubt is None:
            first = sure[0][0]
            line = lines.count("\n", 0, first.start() + first[0].startswith("\n"))
            told = ForeignMarks(system.name, first[0].strip(), count, Origin(name, line))
            doubt = Recognised(system.name, "", None, (told,))
    return doubt


def _found(lines: str, some: Sequence[signs.Sign]) -> list[list[re.Match[str]]]:
    """Where these signs stand in lines with a line end before each, without those that stand nowhere."""
    return [places for sign in some if (places := sign.places(lines))]


def _unread(system: str, translation: Translation, name: str) -> tuple[ForeignMarks, ...]:
    """The commands that were not understood, told once."""
    if not translation.unread:
        return ()
    words = list(dict.fromkeys(word for word, _ in translation.unread))
    shown = ", ".join(words[:EXAMPLES])
    return (ForeignMarks(system, shown, len(translation.unread), Origin(name, translation.unread[0][1])),)


def marked_headings(groups: Sequence[RowGroup], levels: Mapping[int, int], lex: Lexicon) -> list[Decision]:
    """The headings that a system's marks name, each with the level it has in this text."""
    left = dict(levels)
    read: list[tuple[int, int, Form | None]] = []
    for at, group in enumerate(groups):
        if (level := left.pop(group.line, None)) is not None:
            read.append((at, level, read_form(" ".join(heading_words(group)), lex)))
    depths = _depths(read)
    out: list[Decision] = []
    for at, level, form in read:
        text = " ".join(heading_words(groups[at]))
        label, title = (form.label, form.title) if form else ("", text)
        number = form.number.value if form and form.number else None
        depth = depths[level]
        kind = form.kind if form else "chapter"
        if (kind in PART_KINDS) != (depth == 0):
            kind = "part" if depth == 0 else "chapter"
        why = "a heading by the marks of the text"
        out.append(Decision(at, 1, depth, kind, label, title, number, 1.0, why, groups[at].line))
    return out


def _depths(read: Sequence[tuple[int, int, Form | None]]) -> dict[int, int]:
    """The depth of each level: parts where the highest of several holds the others and nothing else."""
    levels = sorted({level for _, level, _ in read})
    if not levels:
        return {}
    tops = [k for k, (_, level, _) in enumerate(read) if level == levels[0]]
    holds = [k for k in tops if k + 1 < len(read) and read[k + 1][0] == read[k][0] + 1 and read[k + 1][1] > levels[0]]
    named = any(form and form.kind in PART_KINDS for _, level, form in read if level == levels[0])
    parts = len(levels) > 1 and (levels[0] == 0 or named or (len(tops) > 1 and len(holds) == len(tops)))
    first = 0 if parts else 1
    return {level: min(2, first + rank) for rank, level in enumerate(levels)}
