"""Papers of every day: what is to be packed, bought and done, words to be learnt, sums, what magazines answered. Each
is asked only where a name says so; here is whether the lines have the form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from converter.document.patterns import regex
from converter.folders.listed import ends_told, is_short, label_of, point_of
from converter.recognisers.vocabulary import either, listed_words

FEWEST = 3  # lines of such a paper
FEWEST_SUMS = 2
HALF, MOST = 0.5, 0.8  # of the lines
FEW = 0.25  # of the lines, at most, that end as sentences do
THING_WORDS = 3  # of a thing, at most
LINE_WORDS = 8  # of a line of such a list, at most
LONGEST_LINE = 200  # characters
OPERATORS = frozenset("+-−–*/×·÷^²³√")
JOINTS = (" - ", " – ", " — ", " | ", "\t")
_WORD = regex(r"[^\W\d_]+")
_ASIDE = regex(r"\([^()]{0,100}\)")
_ERRAND = regex(rf"{either('files', 'errands')}\s+\S", within=LONGEST_LINE)
_ANSWERED = regex(rf"\b{either('files', 'answered')}\b", within=LONGEST_LINE)


def are_things(lines: Sequence[str]) -> bool:
    """Whether half of the lines are things to buy or pack, or errands ("ring the dentist"), and none is long."""
    plain = [(point_of(line) or line).casefold() for line in lines]
    if len(plain) < FEWEST or sum(map(ends_told, plain)) > FEW * len(plain):
        return False
    if any(len(line.split(None, LINE_WORDS)) > LINE_WORDS for line in plain):
        return False
    found = sum(_is_thing(line) or _ERRAND.match(line) is not None for line in plain)
    return found >= max(FEWEST, HALF * len(plain))


def _is_thing(line: str) -> bool:
    """Whether a line in small letters is a thing that people buy or pack, or says how many of something."""
    bare = _ASIDE.sub("", line).strip()
    words = bare.split()
    if not 0 < len(words) <= THING_WORDS:
        return False
    counted = len(words) > 1 and (words[0].isdecimal() or words[-1].lstrip("x×").isdecimal())
    return counted or not _goods().isdisjoint(_WORD.findall(bare))


@cache
def _goods() -> frozenset[str]:
    return frozenset(listed_words("files", "goods"))


def are_words_to_learn(lines: Sequence[str]) -> bool:
    """Whether most lines are a word with another behind a dash or a colon, none twice, in no sentence."""
    labels = [label for line in lines if (label := label_of(point_of(line) or line).casefold())]
    once = len(set(labels)) == len(labels)
    short = all(is_short(line) and not ends_told(line) for line in lines)
    return once and short and len(labels) >= max(FEWEST, MOST * len(lines))


def are_sums(lines: Sequence[str]) -> bool:
    """Whether half of the lines, and two at least, are sums or equations."""
    return sum(map(_is_sum, lines)) >= max(FEWEST_SUMS, HALF * len(lines))


def _is_sum(line: str) -> bool:
    return "=" in line and any(map(str.isdigit, line)) and not OPERATORS.isdisjoint(line) and is_short(line)


def are_answers(lines: Sequence[str]) -> bool:
    """Whether most lines say where something was sent, and either what, too, in columns, or what was answered."""
    if len(lines) < FEWEST or not all(map(is_short, lines)):
        return False
    columns = sum(sum(map(line.count, JOINTS)) > 1 for line in lines)
    labelled = sum(any(joint in line for joint in JOINTS) or label_of(line) != "" for line in lines)
    answered = sum(_ANSWERED.search(line.casefold()) is not None for line in lines)
    return columns >= MOST * len(lines) or (labelled >= MOST * len(lines) and answered >= HALF * len(lines))


def is_running_order(lines: Sequence[str]) -> bool:
    """Whether half of the lines, and two at least, have a number before them or a name behind a dash, and none is a
    sentence."""
    short = all(is_short(line) and not ends_told(line) for line in lines)
    listed = sum(point_of(line) != "" or label_of(line) != "" for line in lines)
    return short and listed >= max(FEWEST_SUMS, HALF * len(lines))
