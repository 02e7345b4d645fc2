"""Tags in plain text that are read as formatting: they are no words of the story, so each is named where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from converter.document.contracts import Omission
from converter.document.model import Origin
from converter.document.patterns import regex
from converter.parsers.text.lines.rows import Row
from converter.recognisers.marks.tags import TAG, paired

RULE = "markup"
OF_HEADINGS = regex(r"</?h[1-6]\s*>|\[h[1-6]\]|(?<=.)\[/[a-z0-9]+\]", re.I)  # what `forms.WRAPPERS` take off
WORD = regex(r"[^\W_]+")
BREAK = regex(r"(?:(?<!\s)\s+)?<br\s*/?>\s*", re.I)
ENDS_BLOCK = regex(r"</(?:p|div|li|h[1-6]|blockquote)\b", re.I)


def tag_omissions(tags: Sequence[str], rows: Sequence[Row], name: str) -> list[Omission]:
    """The tags taken out of these rows, given in their order, each as it stands and with its line."""
    if not tags:
        return []
    whole = "\n".join(r.text for r in rows)
    flat = whole.replace("\n", " ")
    starts = list(accumulate((len(r.text) + 1 for r in rows), initial=0))
    out: list[Omission] = []
    at = row = 0
    formats = paired(flat, frozenset())
    known = [m.span() for m in TAG.finditer(flat) if m.start() in formats]
    if [flat[a:b] for a, b in known] != list(tags):
        known = []
    for k, tag in enumerate(tags):
        begin = known[k][0] if known else flat.find(tag, at)
        end = begin + len(tag)
        if begin < 0:  # its lines were joined without a space, or with a mark between them
            begin = max(at, flat.find(tag.split()[0], at))
            end = flat.find(tag[-1], begin) + 1 or len(flat)
        while starts[row + 1] <= begin and row + 1 < len(rows):
            row += 1
        out.append(Omission(RULE, whole[begin:end], Origin(name, rows[row].line)))
        at = end
    return out


def named_in_heading(rows: Sequence[Row], words: str, read: Sequence[str], name: str) -> list[Omission]:
    """The tags of a heading's rows that are not in its `words` (they were set around it), and those `read` in them."""
    if not any("<" in r.text or "[" in r.text for r in rows):
        return []
    formatting = Counter(map(_levelled, read))
    others = Counter(_levelled(tag) for _, tag in _tags(words)) - formatting
    whole = "\n".join(r.text for r in rows)  # a tag may begin on one line and end on the next
    gone = Counter(WORD.findall(whole)) - Counter(WORD.findall(words))
    out: list[Omission] = []
    for at, tag in _tags(whole):
        if others[_levelled(tag)]:
            others[_levelled(tag)] -= 1
        elif (inside := Counter(WORD.findall(tag))) <= gone or _levelled(tag) in formatting:
            out.append(Omission(RULE, tag, Origin(name, rows[whole.count("\n", 0, at)].line)))
            gone -= inside
    return out


def _levelled(tag: str) -> str:
    return " ".join(tag.split())


def _tags(text: str) -> list[tuple[int, str]]:
    return sorted({(m.start(), m[0]) for pattern in (TAG, OF_HEADINGS) for m in pattern.finditer(text)})


def lines_of(text: str) -> list[str]:
    """A row as the lines that its `<br>` tags make of it."""
    return ([line for line in BREAK.split(text) if line] or [text]) if "<" in text else [text]


def untagged(text: str, across: frozenset[str] = frozenset()) -> str:
    """A row of a file's head as it is meant: tags gone, a line break in it a space. `across`: as `paired` has it."""
    if "<" not in text and "[" not in text:
        return text
    text = BREAK.sub(" ", text)
    formats = paired(text, across)

    def parted(tag: re.Match[str]) -> str:
        """What stands for a tag: a space where a paragraph ends between two words."""
        if tag.start() not in formats:
            return tag[0]
        return " " if ENDS_BLOCK.match(tag[0]) and text[tag.end() : tag.end() + 1].strip() else ""

    return TAG.sub(parted, text).strip()
