"""The numbers that Word shows before paragraphs, counted once more from `numbering.xml`, without a line of the parser's
code: they are words of the document that stand in none of its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from converter.document.alignment import proof_words
from converter.recognisers.vocabulary import listed_words

SHOWN_OR_LISTED = re.compile("\ue0f0([^\ue0f0\ue0f1]*)\ue0f1")  # a list's number, perhaps, between signs of ours
_PASSED = frozenset(("Fallback", "moveFrom", "del", "pPr", "rPr", "sectPr", "tblPr"))
_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_CARDINALS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_OF_A_LIST = frozenset(("decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman"))


class WordNumbers:
    """What `numbering.xml` and `styles.xml` say of the numbers of paragraphs."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = {_attribute(s, "styleId"): s for s in (styles if styles is not None else ())}
        self._default = next(
            (
                key
                for key, s in self._styles.items()
                if _attribute(s, "type") == "paragraph" and _attribute(s, "default") in ("1", "true", "on")
            ),
            "",
        )
        kinds = {_attribute(k, "abstractNumId"): k for k in _below(numbering, "abstractNum")}
        by_link = {link: key for key, k in kinds.items() if (link := _value(k, "styleLink"))}
        self._lists: dict[str, tuple[str, dict[int, Element], dict[int, int]]] = {}
        for number in _below(numbering, "num"):
            key = _value(number, "abstractNumId")
            if key in kinds:
                key = by_link.get(_value(kinds[key], "numStyleLink"), key)
                levels = {_level_at(level): level for level in _below(kinds[key], "lvl")}
                anew: dict[int, int] = {}
                for changed in _below(number, "lvlOverride"):
                    levels.update((_level_at(changed), level) for level in _below(changed, "lvl"))
                    if (start := _value(changed, "startOverride")).isdecimal():
                        anew[_level_at(changed)] = int(start)
                self._lists[_attribute(number, "numId")] = (key, levels, anew)

    def of(self, root: Element) -> dict[int, str]:
        """What is shown before the paragraphs below an element, by the ids of these."""
        shown: dict[int, str] = {}
        counts: dict[str, list[int | None]] = {}
        begun: set[tuple[str, int]] = set()
        if self._lists:
            for first, paragraph in _paragraphs(root):
                if text := self._before(paragraph, counts, begun):
                    shown[id(first)] = text
        return shown

    def _before(self, paragraph: Element, counts: dict[str, list[int | None]], begun: set[tuple[str, int]]) -> str:
        name, at = self._place(paragraph)
        if name not in self._lists or at not in self._lists[name][1]:
            return ""
        key, levels, anew = self._lists[name]
        now = counts.setdefault(key, [None] * 9)
        if at in anew and (name, at) not in begun:
            begun.add((name, at))
            now[at] = anew[at]
        else:
            before = now[at]
            now[at] = _start(levels[at]) if before is None else before + 1
        for other in range(9):
            if other < at and other in levels and now[other] is None:
                now[other] = _start(levels[other])
            restarts = _value(levels[other], "lvlRestart") if other in levels else ""
            if other > at and not (restarts.isdecimal() and at >= int(restarts)):
                now[other] = None
        return self._text(paragraph, levels, at, now)

    def _text(self, paragraph: Element, levels: dict[int, Element], at: int, now: Sequence[int | None]) -> str:
        level = levels[at]
        if _value(level, "numFmt") == "bullet":
            return ""
        pattern = _value(level, "lvlText")
        in_digits = any(_attribute(e, "val") not in ("0", "false", "off") for e in _below(level, "isLgl"))

        def number(sign: re.Match[str]) -> str:
            other = int(sign[1]) - 1
            kind = (_value(levels[other], "numFmt") or "decimal") if other in levels else "decimal"
            return "" if kind in ("none", "bullet") else _written(now[other] or 0, "decimal" if in_digits else kind)

        text = re.sub(r"%([1-9])", number, pattern)
        text = text if _value(level, "suff") == "nothing" else f"{text} "
        kind = _value(level, "numFmt") or "decimal"
        a_lists = kind in _OF_A_LIST and len(re.findall(r"%\d|\w", pattern.replace(f"%{at + 1}", ""))) == 0
        return f"\ue0f0{text}\ue0f1" if a_lists and not self._is_heading(paragraph) else text

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """The list of a paragraph and its level in it."""
        own = _first(paragraph, "pPr")
        chain = self._chain(own)
        ids = [_attribute(s, "styleId") for s in chain] or [_value(own, "pStyle")]
        said = [n for p in (own, *(_first(s, "pPr") for s in chain)) if (n := _first(p, "numPr")) is not None]
        name = next((v for n in said if (v := _value(n, "numId"))), "")
        at = next((v for n in said if (v := _value(n, "ilvl"))), "0")
        own_says = _value(_first(own, "numPr"), "ilvl")
        if not own_says and name in self._lists:
            levels = self._lists[name][1]
            by_style = (n for i in ids for n, level in levels.items() if _value(level, "pStyle") == i)
            return name, next(by_style, int(at) if at.isdecimal() else 0)
        return name, int(at) if at.isdecimal() else 0

    def _chain(self, properties: Element | None) -> list[Element]:
        at = _value(properties, "pStyle") or self._default
        chain: list[Element] = []
        while at in self._styles and self._styles[at] not in chain:
            chain.append(self._styles[at])
            at = _value(chain[-1], "basedOn")
        return chain

    def _is_heading(self, paragraph: Element) -> bool:
        chain = self._chain(_first(paragraph, "pPr"))
        name = _value(chain[0], "name").casefold() if chain else ""
        return name[-1:] in "123456" and name[:-1].strip() in listed_words("styles", "heading") and bool(name)


def with_numbers_seen(text: str, told: Sequence[str]) -> list[str]:
    """The words of a text; a number that a list may show is one of them where these words have it at the same place."""
    pieces = SHOWN_OR_LISTED.split(text)
    words = proof_words(pieces[0])
    for number, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        shown, following = proof_words(number), proof_words(piece)
        ahead = [*shown, *following[:1]]
        if list(told[len(words) : len(words) + len(ahead)]) == ahead:
            words += shown
        words += following
    return words


def _paragraphs(root: Element) -> Iterator[tuple[Element, Element]]:
    """The paragraphs that are shown, each with the one that its text begins in: another, where the end of that was
    deleted."""
    begins: Element | None = None
    children = list(root)
    for at, child in enumerate(children, 1):
        following = children[at] if at < len(children) else None
        name = _name(child)
        if name in _PASSED:
            continue
        if name == "p":
            ends = _first(_first(child, "pPr"), "rPr")
            deleted = _first(ends, "del") is not None
            if deleted and following is not None and _name(following) == "p":
                begins = begins if begins is not None else child
            elif _first(ends, "moveFrom") is None:
                yield (begins if begins is not None else child), child
                begins = None
        yield from _paragraphs(child)


def _written(number: int, kind: str) -> str:
    if kind in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        digits = [int(d) for d in f"{number:04}"]
        roman = "m" * digits[0]
        for digit, signs in zip(digits[1:], ("cdm", "xlc", "ivx"), strict=True):
            roman += _UNITS[digit].translate(str.maketrans("ivx", signs))
        return roman
    if kind in ("lowerLetter", "upperLetter") and 0 < number <= 780:
        return "abcdefghijklmnopqrstuvwxyz"[(number - 1) % 26] * -(-number // 26)
    if kind in ("russianLower", "russianUpper") and 0 < number <= 29:
        return "абвгдежзиклмнопрстуфхцчшщыэюя"[number - 1]
    if kind == "ordinal":
        teen = number // 10 % 10 == 1
        return f"{number}{'th' if teen or number % 10 not in (1, 2, 3) else ('st', 'nd', 'rd')[number % 10 - 1]}"
    if kind in ("cardinalText", "ordinalText") and number < 1000:
        return _in_words(number, _ORDINALS if kind == "ordinalText" else _CARDINALS)
    return "" if kind == "chicago" else f"{number:02}" if kind == "decimalZero" else str(number)


def _in_words(number: int, last: Sequence[str]) -> str:
    hundreds, rest = divmod(number, 100)
    ends = "th" if last is _ORDINALS else ""
    if hundreds:
        return f"{_CARDINALS[hundreds]} hundred" + (f" {_in_words(rest, last)}" if rest else ends)
    if rest < 20:
        return last[rest]
    tens, ones = _TENS[rest // 10 - 2], rest % 10
    return f"{tens}-{last[ones]}" if ones else f"{tens[:-1]}ieth" if ends else tens


def _start(level: Element) -> int:
    start = _value(level, "start")
    return int(start) if start.isdecimal() else 0


def _level_at(element: Element) -> int:
    at = _attribute(element, "ilvl")
    return int(at) if at.isdecimal() and int(at) < 9 else 0


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _attribute(element: Element, name: str) -> str:
    return next((v for key, v in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _below(element: Element | None, name: str) -> list[Element]:
    return [e for e in (element if element is not None else ()) if _name(e) == name]


def _first(element: Element | None, name: str) -> Element | None:
    return next(iter(_below(element, name)), None)


def _value(element: Element | None, name: str) -> str:
    found = _first(element, name)
    return _attribute(found, "val") if found is not None else ""
