"""Is this line a pause between scenes? Learnt per file where one line alone can't tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from unicodedata import category

from converter.document.patterns import regex
from converter.recognisers.vocabulary import either

DOTS = frozenset(("...", "…", ". . ."))
SPEECH = frozenset("\"'“‘«„–—-.…")
LONGEST_MARK = 60  # characters, spaces included; a longer row is a border or a table
LONGEST_RULE = 240  # characters of one sign that is typed again and again
LONGEST_WEAK = 12  # characters of a mark that is none by itself ("...", "- - -")
LINE_TAGS = regex(
    r"\[/?(?:center|b|i|u|hr|align|size|color|font)(?:=[^\[\]]*)?\]|</?(?:center|b|i|p|hr|br)\s*/?>", re.I
)
AROUND = "*~=+•◆★☆·-–—_<>#"  # marks on either side of a line
BETWEEN_WORDS = 8
ROW = 3  # coloured pictures in a row
COLOURED = 0x1F000  # code points from here on are emoji
WEAK_AGAIN = 3  # times it stands alone: fewer may be a pause in the telling
ORNAMENTS = "*#~+=_•·◆◇■□●○★☆※❖✦✧❦❧☙⁂⁎⁑♦♢♥♡♠♣◊†‡§¤°^<>|/\\@&%$:xXoO0-–—.…«»‹›◈▪▫✿❀❁✶✴✽❋☾☽⚜➳~〜～＊◎⟡∞"
RULES = "-=_~*#—–─═━"
SYMBOLS = regex(r"[^\w\"'“”‘’?!,;()\[\]]+\Z|[^\w\"'“”‘’,;]*[*#~=+•◇◆★☆※❖⁂][^\w\"'“”‘’,;]*\Z", within=LONGEST_MARK)
SPACED_ROW = regex(r"([^\w\s\"'“”‘’?!,;:()\[\]{}])(?:\s+\1){2,}")  # a dinkus, of whatever sign
LETTER = regex(r"[^\W\d_]")
DRAWN_LETTER = regex(
    r"-?`ღ´-?|([*~=+•·_.:<>|–—-]{1,8})\s?[xXoO]\s?[*~=+•·_.:<>|–—-]{1,8}(?<![.:])"
)  # `-x-`, `*** o ***`
RULE_TAG = regex(r"\[hr\]|<hr[ /]{0,3}>", re.I)
UNDERSCORES = regex(r"_\s*_(?:\s*_)+")
WEAK = "-–—―_=·•∙~〜～・*＊×¤†‡∞※"
LETTERS = regex(r"[\W_oO0xX]+\Z", within=LONGEST_MARK)  # what `oOo` and `x---x` are made of
LETTER_RUN = regex(r"[xXoO0\-_~=]+")
LEAST_RUN = 5  # of these signs without a gap
FOLDED = str.maketrans("O0X", "oox")
SIGN_OFF = frozenset(("xoxo", "xoxoxo", "xxoo", "xo"))  # kisses under a letter, not a break
NAMED_BREAK = regex(  # what says that there is a break, and nothing else
    rf"(?<![^\W_])(?:(?P<full>(?:insert +)?{either('breaks', 'of')}[ \-]*{either('breaks', 'break')}(?: +here)?|"
    rf"{either('breaks', 'full')})|(?P<sure>{either('breaks', 'sure')})|{either('breaks', 'alone')})(?![^\W_])",
    re.I,
)
SHOUTED = regex(either("breaks", "shouted"), re.I, LONGEST_MARK)
ONE_WORD = regex(either("breaks", "one_word"), re.I, LONGEST_MARK)
_DRAWN = "hr rule break divider separator sep scenebreak scene ornament flourish asterisks? dinkus fleuron spacer"
_DRAWN_ALONE = f"{_DRAWN} line section stars?"
DRAWN = regex(rf"(?:^|[^a-z])(?:{'|'.join(_DRAWN.split())})(?:[^a-z]|$)", re.I)
DRAWN_ALONE = regex(rf"(?:^|[^a-z])(?:{'|'.join(_DRAWN_ALONE.split())})(?:[^a-z]|$)", re.I)
DESCRIBED = 3  # words of what stands for a picture of a break
LETTER_EDGES = regex(
    r"(?<![^\W_])(?:[oO0]{3}|[xX]{3})(?![^\W_])|\.{3,}|…"
)  # "oOo Scene Break oOo": they are marks, too
NO_MARKS = frozenset("\"'“”‘’«»„‚.,;!?")  # signs of a sentence
STRONG = regex(
    r"[*#~=+•◆◇■□●○★☆※❖✦✧❦❧☙⁂♦♢◊§^|<>\\@&%$«»◈▪▫✿❀✶✽❋〜～＊]|[-–—―_]{3,}|(?:[-–—_][ \t]+){2,}|"
    r"(?:/{2,}[ \t]*)+|(?:\.[ \t]+){2,}\.|…\s+…|\.:\.:|:\.:\."
)

FIGURES = regex(  # of the same few signs again and again, not of dots alone
    r"(?=[^/\\\-_=~|]{0,4}[/\\\-_=~|])([^\w\s]{2,3}|[^\w\s]\s[^\w\s])(?:\s?\1){2,}[^\w\s]{0,2}", within=LONGEST_MARK
)
FLOURISH = regex(r"(?![\"'“”‘’«»])[-–—=~*.:()\[\]{}<>@#+^|/\\ ]{8,60}")  # "-----(-----------@": a rose
LINE_IN_FLOURISH = regex(r"([-–—=~])\1{3}")


def is_break(text: str) -> bool:
    """A line of its own that every reader takes for a break: a row of signs, `oOo`, `-x-`, `-- scene break --`.

    `text`: one line, not empty, its ends bare.
    """
    if text[0] in "[<" and (bare := without_tags(text)) != text:
        return RULE_TAG.fullmatch(text) is not None or (bool(bare) and is_break(bare))
    if len(text) > LONGEST_MARK:
        return len(text) <= LONGEST_RULE and text[0] in RULES and not text.strip(text[0])
    if SPACED_ROW.fullmatch(text) or DRAWN_LETTER.fullmatch(text) or UNDERSCORES.fullmatch(text):
        return True
    if SYMBOLS.match(text):
        return bool(STRONG.search(text)) or drawn_signs(text) >= ROW or FIGURES.fullmatch(text) is not None
    if FLOURISH.fullmatch(text) and LINE_IN_FLOURISH.search(text):
        return True
    if LETTERS.match(text) and _row_of_letters(text):
        return "".join(c for c in text.casefold() if c.isalnum()) not in SIGN_OFF
    return names_break(text)


def between_marks(text: str) -> str:
    """The words of a line with a row of the same marks on either side ("* * * Six months later * * *"); else ""."""
    words = text.strip(AROUND + " \t\u00a0")
    if not words or len(text) > 2 * LONGEST_MARK or len(words.split()) > BETWEEN_WORDS or not LETTER.search(words):
        return ""
    before, _, after = text.partition(words)
    if not before[-1:].isspace() or not after[:1].isspace():
        return ""  # "***so***" is stress
    left, right = "".join(before.split()), "".join(after.split())
    return words if len(left) >= ROW <= len(right) and set(left) == set(right) and len(set(left)) <= 2 else ""


def is_weak_break(text: str) -> bool:
    """A line that is a break where nothing else can stand alone: in a page, whose paragraphs are known, or again and
    again in a file. One or two dashes, a dot in mid-line, stars of any make."""
    close = "".join(text.split())
    return bool(close) and len(close) <= LONGEST_WEAK and close[0] in WEAK and len(set(close)) == 1


def _row_of_letters(text: str) -> bool:
    """Whether nothing stands in it but `oxo`, `xox`, `ooo...`, `xxx...`, each letter with signs around it, and runs
    like `--xo--`. Where one of them may begin is looked at once, however many ways lead there."""
    folded = text.translate(FOLDED)
    letters = [at for at, c in enumerate(folded) if c in "ox"]
    place = {at: k for k, at in enumerate(letters)}
    begins = set(range((letters[0] if letters else len(text)) + 1))
    for at in range(len(text)):
        if at not in begins:
            continue
        if (run := LETTER_RUN.match(text, at)) and run.end() - at >= LEAST_RUN:
            begins.update(range(at + LEAST_RUN, run.end() + 1))
            if run.end() == len(text):
                return True
        for last in _last_of_figures(folded, letters[place[at] :]) if at in place else ():
            after = next((k for k in letters if k > last), len(text))
            begins.update(range(last + 1, after + 1))
            if after == len(text):
                return True
    return False


def _last_of_figures(folded: str, letters: list[int]) -> list[int]:
    """The last letter of each figure that begins with the first of these letters."""
    figure = "".join(folded[at] for at in letters)
    if figure.startswith(("oxo", "xox")):
        return [letters[2]]
    return letters[2 : len(figure) - len(figure.lstrip(figure[0]))]


def names_break(text: str) -> bool:
    """A line that says in marks that there is a break: `~Line Break~`, `[page break]`, `*** Time skip ***`.

    Without marks it says so in capitals ("LINE BREAK"), or in a word that nobody says ("linebreak"). A word that may be
    said of other things ("*Shift*", "(Line)") needs more than one mark on either side.
    """
    if (SHOUTED.fullmatch(text) and text.isupper()) or ONE_WORD.fullmatch(text):
        return True
    if len(text) > LONGEST_MARK or (text[0].isalnum() and text[0] not in "oO0xX"):
        return False
    text = text.replace("\t", " ").replace("\u00a0", " ")
    if not (named := NAMED_BREAK.search(text)):
        return False
    before, after = (LETTER_EDGES.sub("**", t).split() for t in (text[: named.start()], text[named.end() :]))
    lead, trail = "".join(before), "".join(after)
    if not lead or any(c.isalnum() or c in NO_MARKS for c in lead + trail):
        return False
    if named["full"]:
        return len(lead) > 1 or bool(trail)
    if named["sure"]:
        return bool(trail)
    return (len(lead) > 1 and len(trail) > 1) or (lead[-1] in "[~" and trail[:1] in ("]", "~"))


def names_drawn_break(file: str) -> bool:
    """Whether a picture's file is named like one that is drawn between scenes: "divider-2", "scene_break"."""
    return DRAWN.search(file) is not None


def describes_drawn_break(description: str, *, alone: bool = False) -> bool:
    """Whether what is said in a picture's place calls it a break; `alone`: it stands in the middle of the page, where
    a line and a star are one, too."""
    return (DRAWN_ALONE if alone else DRAWN).search(description) is not None and len(description.split()) <= DESCRIBED


def without_tags(text: str) -> str:
    """A line without the tags set around it (`[center]***[/center]`)."""
    return LINE_TAGS.sub("", text).strip()


def drawn_signs(text: str) -> int:
    """How many signs of a line are pictures; one that is drawn as a letter is (♥, ☾) counts as a whole row.

    A coloured picture (an emoji) may be a message of its own, so it takes a row of them.
    """
    if text.isascii():
        return 0
    pictures = [c for c in text if category(c) == "So" and c not in "°©®™"]
    coloured = "\ufe0f" in text or any(ord(c) >= COLOURED for c in pictures)
    return len(pictures) if coloured else ROW * len(pictures)


def lone_dots(lines: Sequence[str]) -> frozenset[str]:
    """The dots that stand alone between two blocks of telling, each of which is no speech, everywhere in a file: in
    Brazil one such line is a break (`lines`: the first line of each block)."""
    at = [k for k, line in enumerate(lines) if line in DOTS]
    told = all(0 < k < len(lines) - 1 and not {lines[k - 1][0], lines[k + 1][0]} & SPEECH for k in at)
    return frozenset(lines[k] for k in at) if told else frozenset()


def learnt_marks(lines: Iterable[str]) -> frozenset[str]:
    """The weak marks ("...", "-", "·") that are breaks in this file because they stand alone again and again in it.

    `lines` are the lines that are a block of their own.
    """
    weak = Counter(
        t
        for t in lines
        if len(t) <= LONGEST_WEAK
        and t
        and (all(c in ORNAMENTS or c.isspace() for c in t) or (SYMBOLS.match(t) and drawn_signs(t)))
        and not is_break(t)
    )
    return frozenset(t for t, n in weak.items() if n >= _times(t) and not t.isalnum())


def _times(mark: str) -> int:
    """How often a weak mark must stand alone in a file: a dash once, for nobody pauses so."""
    if mark in ("—", "–", "--"):
        return 1
    return 2 if mark == "-" or drawn_signs(mark) else WEAK_AGAIN
