"""Stories put together from invented sentences in any mix of habits, with the truth about them."""

from __future__ import annotations

import random
import textwrap
from dataclasses import dataclass, field

NAMES = ["Oda", "Piet", "Marlo", "Hesper", "Quill", "Tamsin", "Bram", "Ysolde", "Corin", "Nell"]
PLACES = [
    "the ferry house",
    "the salt market",
    "the lamp room",
    "the orchard wall",
    "the long stair",
    "the signal tower",
]
THINGS = [
    "the brass key",
    "a folded map",
    "the second lantern",
    "an unsent letter",
    "the broken clock",
    "a jar of plums",
]
VERBS = ["carried", "hid", "forgot", "mended", "sold", "returned", "counted", "followed", "remembered", "wanted"]
MANNERS = [
    "slowly",
    "without a word",
    "as if it were nothing",
    "before the rain came",
    "with both hands",
    "for the third time",
]
SAYINGS = [
    "You can't keep {thing} here",
    "I never saw {place} by night",
    "Ask {name} who {verb} it",
    "There is nothing in {place} but dust",
    "{name} won't come back for {thing}",
    "We'll leave when the tide turns",
]
TAGS = ["said {name}", "{name} whispered", "asked {name} {manner}", "{name} answered"]
TITLES = [
    "The Ferry House", "Salt and Silver", "What the Lamp Showed", "A Debt of Plums", "Nine Bells", "The Orchard Wall",
    "Under the Long Stair", "Hesper's Map", "Low Water", "The Unsent Letter", "Rain on the Signal Tower", "Home by Candlelight",
]  # fmt: skip
SMALL = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
ORDINAL = [
    "",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
ROMAN = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]

HEADINGS = {
    "Chapter 7": lambda n, t: (f"Chapter {n}", ""),
    "Chapter 7: Title": lambda n, t: (f"Chapter {n}: {t}", t),
    "CHAPTER VII": lambda n, t: (f"CHAPTER {ROMAN[n]}", ""),
    "CHAPTER VII. Title": lambda n, t: (f"CHAPTER {ROMAN[n]}. {t}", t),
    "Chapter Seven": lambda n, t: (f"Chapter {SMALL[n].title()}", ""),
    "Chapter Seven - Title": lambda n, t: (f"Chapter {SMALL[n].title()} - {t}", t),
    "Chapter the Seventh": lambda n, t: (f"Chapter the {ORDINAL[n].title()}", ""),
    "## Chapter 7": lambda n, t: (f"## Chapter {n}", ""),
    "# Title": lambda n, t: (f"# {t}", t),
    "== Title ==": lambda n, t: (f"== {t} ==", t),
    "*** Chapter 7 ***": lambda n, t: (f"*** Chapter {n} ***", ""),
    "[Chapter 7]": lambda n, t: (f"[Chapter {n}]", ""),
    "~ Chapter 7 ~": lambda n, t: (f"~ Chapter {n} ~", ""),
    "**Chapter 7: Title**": lambda n, t: (f"**Chapter {n}: {t}**", t),
    "VII": lambda n, t: (ROMAN[n], ""),
    "VII.": lambda n, t: (f"{ROMAN[n]}.", ""),
    "7": lambda n, t: (str(n), ""),
    "7.": lambda n, t: (f"{n}.", ""),
    "- 7 -": lambda n, t: (f"- {n} -", ""),
    "7. Title": lambda n, t: (f"{n}. {t}", t),
    "VII - Title": lambda n, t: (f"{ROMAN[n]} - {t}", t),
    "SEVEN": lambda n, t: (SMALL[n].upper(), ""),
    "Seven: Title": lambda n, t: (f"{SMALL[n].title()}: {t}", t),
    "Chapter 7/Title": lambda n, t: (f"Chapter {n}\n\n{t}", t),
    "CHAPTER VII/TITLE": lambda n, t: (f"CHAPTER {ROMAN[n]}\n{t.upper()}", t),
    "Chapter 7/----": lambda n, t: (f"Chapter {n}\n{'-' * len(f'Chapter {n}')}", ""),
    "Title/====": lambda n, t: (f"{t}\n{'=' * len(t)}", t),
    "Part 7": lambda n, t: (f"Part {n}", ""),
    "Letter 7": lambda n, t: (f"Letter {n}", ""),
    "Day 7": lambda n, t: (f"Day {n}", ""),
    "Ch. 7 - Title": lambda n, t: (f"Ch. {n} - {t}", t),
    "<b>Chapter 7</b>": lambda n, t: (f"<b>Chapter {n}</b>", ""),
    "Title": lambda n, t: (t, t),
    "TITLE": lambda n, t: (t.upper(), t),
}
BREAKS = [
    "* * *", "***", "*****", "---", "-----", "- - -", "~~~", "~*~", "#", "# # #", "oOo", "xXx", "-x-x-x-", "◇ ◇ ◇", "=====",
    ". . .", "• • •", "+++", "⁂", "_____", "*", "<><><>", "-oOo-", "~", "XXX", "o0o", "// // //", "", "§", "❦",
]  # fmt: skip
EMPHASIS = {
    "_x_": "_{}_", "*x*": "*{}*", "/x/": "/{}/", "**x**": "**{}**", "<i>x</i>": "<i>{}</i>", "[i]x[/i]": "[i]{}[/i]", "~x~": "~{}~",
    "<em>x</em>": "<em>{}</em>", "none": "{}",
}  # fmt: skip
PARAGRAPHS = ["blank", "lines", "indent", "tabs", "wrap", "wrapindent", "double", "mixed"]


@dataclass(frozen=True)
class Habits:
    """How one story is set."""

    heading: str = "Chapter 7"
    paragraphs: str = "blank"
    mark: str = "* * *"
    emphasis: str = "_x_"
    width: int = 70
    chapters: int = 5
    head: str = "plain"
    seed: int = 0
    contents: bool = False


@dataclass
class Truth:
    """What a reader sees: per chapter its number, title, paragraphs, and before which of them a break stands."""

    text: str = ""
    numbers: list[int] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    paragraphs: list[list[str]] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    emphasised: list[str] = field(default_factory=list)


def _fill(pattern: str, dice: random.Random) -> str:
    return pattern.format(
        name=dice.choice(NAMES), place=dice.choice(PLACES), thing=dice.choice(THINGS), verb=dice.choice(VERBS), manner=dice.choice(MANNERS)
    )  # fmt: skip


def sentence(dice: random.Random) -> str:
    """One invented sentence."""
    patterns = [
        "{name} {verb} {thing} {manner}, and {place} was quiet again.",
        "Nobody in {place} had seen {name} since the water rose, though {thing} was where it had always been.",
        "It was {name} who {verb} {thing}; the others only watched {manner}.",
        "From {place} one could hear the bells, and {name} counted them {manner}.",
        "Had {name} {verb} it? The door of {place} stood open.",
        "{name} waited {manner}.",
    ]
    return _fill(dice.choice(patterns), dice)


def speech(dice: random.Random) -> str:
    """One line of dialogue."""
    said = _fill(dice.choice(SAYINGS), dice)
    end = dice.choice([",", "?", "!"])
    return f'"{said}{end}" {_fill(dice.choice(TAGS), dice)}.'


def paragraph(dice: random.Random) -> str:
    """A paragraph of narration or of dialogue."""
    if dice.random() < 0.4:
        return speech(dice)
    return " ".join(sentence(dice) for _ in range(dice.randint(2, 6)))


def assemble(habits: Habits) -> Truth:
    """A story in these habits, and the truth about it."""
    dice = random.Random(habits.seed)
    truth = Truth()
    pattern = EMPHASIS[habits.emphasis]
    body: list[str] = []
    titles = dice.sample(TITLES, habits.chapters)
    heads = []
    for n in range(1, habits.chapters + 1):
        head, title = HEADINGS[habits.heading](n, titles[n - 1])
        heads.append((head, title))
        truth.numbers.append(n)
        truth.titles.append(title)
        plain: list[str] = []
        set_: list[str] = []
        count = dice.randint(8, 14)
        at_breaks = set(dice.sample(range(2, count), 2))
        truth.breaks.append(len(at_breaks))
        for k in range(count):
            text = paragraph(dice)
            plain.append(text)
            if habits.emphasis != "none" and k % 5 == 2:
                words = text.split(" ")
                i = dice.randrange(1, len(words) - 1)
                if words[i].isalpha():
                    truth.emphasised.append(words[i])
                    words[i] = pattern.format(words[i])
                text = " ".join(words)
            if k in at_breaks:
                set_.append(None)  # type: ignore[arg-type]
            set_.append(text)
        truth.paragraphs.append(plain)
        body.append(_set_chapter(head, set_, habits))
    truth.text = _head(habits) + _contents(heads, habits) + "".join(body)
    return truth


def _head(habits: Habits) -> str:
    if habits.head == "fields":
        return "Title: The Salt Market\nAuthor: Ada Fenwick\nRating: Teen\nSummary: A key, a ferry and a debt.\n\n"
    if habits.head == "plain":
        return "The Salt Market\n\nby Ada Fenwick\n\n\n"
    return ""


def _contents(heads: list[tuple[str, str]], habits: Habits) -> str:
    if not habits.contents:
        return ""
    return "Contents\n\n" + "\n".join(h.replace("\n\n", " ").split("\n")[0] for h, _ in heads) + "\n\n\n"


def _set_chapter(head: str, paragraphs: list[str], habits: Habits) -> str:
    kind = habits.paragraphs
    between = "\n\n"
    wide = "\n\n\n"
    if kind in ("lines", "indent", "tabs", "wrapindent"):
        between, wide = "\n", "\n\n"
    space = "\n\n\n" if kind == "double" else "\n\n"
    out = [f"{space}{head}{space}"]
    for k, text in enumerate(paragraphs):
        if text is None:
            out.append(
                f"{habits.mark}{space if kind == 'double' else between}" if habits.mark else wide[len(between) :]
            )
            continue
        if kind == "wrap" or (kind == "mixed" and k % 2):
            set_ = textwrap.fill(text, habits.width, break_long_words=False, break_on_hyphens=False)
        elif kind == "wrapindent":
            set_ = textwrap.fill(
                text, habits.width, initial_indent="   ", break_long_words=False, break_on_hyphens=False
            )
        elif kind == "indent":
            set_ = "    " + text
        elif kind == "tabs":
            set_ = "\t" + text
        elif kind == "double":
            set_ = textwrap.fill(text, habits.width, break_long_words=False, break_on_hyphens=False).replace(
                "\n", "\n\n"
            )
        else:
            set_ = text
        out.append(set_ + (between if kind != "double" else "\n\n\n"))
    return "".join(out)
