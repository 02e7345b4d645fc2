"""What stands below a chapter's number: its title, an epigraph, a line that says when it plays."""

from __future__ import annotations

import textwrap

import pytest

from converter.document.contracts import Parsed, Source
from converter.parsers.markdown.reading import markdown_parser
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import read as read_page
from tests.pages.making import shown

PROSE = (
    "The mill had stood empty for a year when the miller's cat came back with a key in its mouth and would not say"
    " whose key it was, although the widow at the sluice was seen to shut her door and to draw the curtain.",
)
LONG = "In Which Our Miller, Having Lost His Hat, His Umbrella and the Good Opinion of the Widow, Sets Out for the Sea"


def read(*heads: str, wrapped: bool = False) -> Parsed:
    """A book with these lines at the heads of its chapters."""
    prose = textwrap.fill(PROSE[0], 68) if wrapped else PROSE[0]
    told = "".join(f"\n\n{head}\n\n{prose}\n\n{prose}\n" for head in heads)
    parsed = text_parser()(Source("wheel.txt", f"The Slow Wheel\n\nby Ada Thorn\n{told}".encode(), ".txt"))
    prove_parsed(parsed)
    return parsed


def read_markdown(text: str) -> Parsed:
    parsed = markdown_parser()(Source("wheel.md", text.encode(), ".md"))
    prove_parsed(parsed)
    return parsed


def heads_of(parsed: Parsed) -> list[str]:
    return [line for line in shown(parsed, PROSE) if line.startswith("#")]


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["right below", "after a blank line"])
def test_a_long_title_among_short_ones(between: str) -> None:
    parsed = read(*(f"Chapter {n}{between}{title}" for n, title in enumerate(("The Keeper", LONG, "Low Water"), 1)))
    assert shown(parsed, PROSE) == [
        "# [chapter 1] Chapter 1 / The Keeper",
        "prose(2)",
        f"# [chapter 2] Chapter 2 / {LONG}",
        "prose(2)",
        "# [chapter 3] Chapter 3 / Low Water",
        "prose(2)",
    ]


@pytest.mark.parametrize("title", ["Ein Brief", "Eine Nacht", "„Nein!“", "4. Mai", "Was tun?"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_title_that_stands_as_the_others_do(title: str, place: int) -> None:
    prose = "Die Mühle stand seit einem Jahr leer, und niemand im Dorf sprach davon, auch der Müller nicht."
    titles = ["Der Schirm", "Das Wehr"]
    titles.insert(place, title)
    labels = ("Erstes Kapitel", "Zweites Kapitel", "Drittes Kapitel")
    told = "\n\n\n".join(f"{n}\n{t}\n\n" + "\n".join([prose] * 4) for n, t in zip(labels, titles, strict=True))
    parsed = text_parser()(Source("muehle.txt", f"Die Mühle\nvon Ada Dorn\n\n\n{told}\n".encode(), ".txt"))
    prove_parsed(parsed)
    assert [line.partition("] ")[2] for line in shown(parsed, (prose,)) if line[0] == "#"] == [
        f"{n} / {t}" for n, t in zip(labels, titles, strict=True)
    ]


@pytest.mark.parametrize("line", ["Dear Ada,", "Author's note", "He was late.", '"Down!" said the miller.'])
def test_what_is_no_title_though_others_have_one(line: str) -> None:
    parsed = read("Chapter 1\n\nUp", f"Chapter 2\n\n{line}", "Chapter 3\n\nOut")
    assert heads_of(parsed)[1] == "# [chapter 2] Chapter 2"


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["right below", "after a blank line"])
@pytest.mark.parametrize("title", ["The water rises", "Who Goes There?"])
def test_one_chapter_alone_has_a_title(title: str, between: str) -> None:
    parsed = read(f"Chapter One{between}{title}", "Chapter Two", "Chapter Three")
    assert heads_of(parsed) == [
        f"# [chapter 1] Chapter One / {title}",
        "# [chapter 2] Chapter Two",
        "# [chapter 3] Chapter Three",
    ]


@pytest.mark.parametrize(
    "line",
    [
        '"Down!"',
        "He was late.",
        "Was he late?",
        "Dear Ada,",
        "and nobody came",
        "14 March 1911",
        "Three days later",
        "Author's note",
        "He was late and the door was shut and the key was not on its nail and nobody at all had seen the cat since",
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["right below", "after a blank line"])
def test_what_is_no_title_below_a_number(line: str, between: str) -> None:
    assert heads_of(read(f"Chapter One{between}{line}", "Chapter Two"))[0] == "# [chapter 1] Chapter One"


@pytest.mark.parametrize(
    "line", ["London, 14 March 1911", "Third day of Thaw", "Day 43, Year of the Lock", "Winter, three years earlier"]
)
def test_a_line_that_says_when_a_chapter_plays(line: str) -> None:
    parsed = read("Chapter 1\nUp", f"Chapter 2\nDown\n\n{line}", "Chapter 3\nOut")
    assert shown(parsed, PROSE)[2:] == [
        "# [chapter 2] Chapter 2 / Down",
        f"p (dateline) {line}",
        "prose(2)",
        "# [chapter 3] Chapter 3 / Out",
        "prose(2)",
    ]


def test_the_days_of_a_journal_are_its_chapters() -> None:
    assert heads_of(read("Day 43", "Day 44", "Day 45")) == [
        "# [chapter 43] Day 43",
        "# [chapter 44] Day 44",
        "# [chapter 45] Day 45",
    ]


@pytest.mark.parametrize("wrapped", [False, True], ids=["a line for a paragraph", "wrapped"])
@pytest.mark.parametrize(
    "typed",
    [
        '"The water lends."\n—Proverb',
        '"The water lends."\n\n—Proverb',
        '"The water lends."\n    —Anon.',
        "_The water lends._\n-- old saying",
        '"The water lends,\nand never asks."\n—Ada Thorn',
        '"The water lends."\n— Book of Tides, 3:14',
        '"The water lends." —Ada Thorn',
        '"The water lends."\n—Proverb\n\n"So does the bank."\n—another',
    ],
)
def test_an_epigraph_below_each_head(typed: str, *, wrapped: bool) -> None:
    parsed = read(*(f"Chapter {n}\n{title}\n\n{typed}" for n, title in enumerate(("Up", "Down"), 1)), wrapped=wrapped)
    lines = shown(parsed, PROSE)
    assert [line for line in lines if line[0] != " "] in (
        ["# [chapter 1] Chapter 1 / Up", *["epigraph:"] * n, "prose(2)", "# [chapter 2] Chapter 2 / Down"]
        + ["epigraph:"] * n
        + ["prose(2)"]
        for n in (1, 2)
    )
    words = " ".join(line.strip().removeprefix("p ").removeprefix("> ") for line in lines if line[0] == " ")
    assert words.count("lend") == 2


@pytest.mark.parametrize(
    "typed", ['"No."\n\n—Yes, said Ada.', '"Down!"\n\n—Who goes there?', "The water lends.\n\n—Proverb"]
)
def test_speech_below_a_head_is_no_epigraph(typed: str) -> None:
    assert "epigraph:" not in shown(read(f"Chapter 1\nUp\n\n{typed}", "Chapter 2\nDown"), PROSE)


def test_an_epigraph_alone_on_the_page_of_a_part() -> None:
    parsed = read(
        'PART ONE\nTHE RISING\n\n"It begins at the ankles."\n    —Anon.\n\n\nCHAPTER ONE\nUp', "CHAPTER TWO\nDown"
    )
    assert shown(parsed, PROSE)[:5] == [
        "# [part 1] PART ONE / THE RISING",
        "epigraph:",
        '  p "It begins at the ankles."',
        "  p —Anon.",
        "## [chapter 1] CHAPTER ONE / Up",
    ]


def test_the_titles_of_short_pieces_may_be_long_or_ask() -> None:
    titles = (
        "The Man Who Sold the Same Umbrella Four Hundred Times and Was Sorry Only Once",
        "No",
        "Why Aren't You Asleep?",
        "An Incomplete List of the Things My Sister Has Thrown at Me, in Order of Weight",
        "Absolutely Not",
        "& Then",
        "In the Waiting Room",
    )
    told = "".join(f"\n\n\n{title}\n\n{PROSE[0]}\n\n\nWas he late?\n\n{PROSE[0]}" for title in titles)
    data = f"The Slow Wheel\nby Ada Thorn{told}\n".encode()
    parsed = text_parser()(Source("wheel.txt", data, ".txt"))
    prove_parsed(parsed)
    assert heads_of(parsed) == [f"# [chapter] {title}" for title in titles]


@pytest.mark.parametrize(
    "heads",
    [
        ("ΚΕΦΑΛΑΙΟ ΠΡΩΤΟ", "ΚΕΦΑΛΑΙΟ ΔΕΥΤΕΡΟ", "ΚΕΦΑΛΑΙΟ ΕΒΔΟΜΟ"),
        ("Κεφάλαιο πρώτο", "Κεφάλαιο δεύτερο", "Κεφάλαιο έβδομο"),
    ],
)
def test_greek_capitals_have_no_accents(heads: tuple[str, ...]) -> None:
    prose = "Έβρεχε τρεις μέρες και κανείς δεν θυμόταν πια πώς ήταν το φως, ούτε ο βαρκάρης με τις έντεκα γάτες του."
    told = "".join(f"\n\n{head}\nΤο νερό\n\n{prose}\n\n{prose}\n" for head in heads)
    parsed = text_parser()(Source("mylos.txt", f"Το σπίτι στο φράγμα\n{told}".encode(), ".txt"))
    prove_parsed(parsed)
    numbers = ("1", "2", "7")
    assert heads_of(parsed) == [f"# [chapter {n}] {head} / Το νερό" for n, head in zip(numbers, heads, strict=True)]


@pytest.mark.parametrize("head", ["GLOSSARY", "Glossary", "Bibliography", "Chronology", "Reading Group Questions"])
def test_what_stands_behind_the_story_has_a_heading_of_its_own(head: str) -> None:
    parsed = read("Chapter 1\nUp", "Chapter 2\nDown", head)
    assert heads_of(parsed)[-1] == f"# [back] {head}"


def test_a_glossary_in_a_sentence_is_none() -> None:
    assert len(heads_of(read("Chapter 1\nUp", "Chapter 2\nDown\n\nGlossary, she said, was a word for it."))) == 2


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("Chapter 2 ❤️ | The Sluice", "Chapter 2 ❤️ / The Sluice"),
        ("Chapter 2 👩‍🚀: The Sluice", "Chapter 2 👩‍🚀 / The Sluice"),
        ("Chapter 2 💔 The Sluice", "Chapter 2 💔 / The Sluice"),
    ],
)
def test_pictures_behind_a_chapters_number(line: str, heading: str) -> None:
    assert heads_of(read("Chapter 1", line))[1] == f"# [chapter 2] {heading}"


@pytest.mark.parametrize("line", ["OMG!!! 😱😱", "⚠️ TW: water"])
def test_pictures_at_one_end_of_two_lines_are_no_signs_of_headings(line: str) -> None:
    parsed = read(f"Chapter 1\n\n⚠️ TW: goats\n\n{PROSE[0]}\n\n{line.replace('water', 'no water')} 🌊", "Chapter 2")
    assert heads_of(parsed) == ["# [chapter 1] Chapter 1", "# [chapter 2] Chapter 2"]


def test_the_same_picture_before_each_title_is_a_sign_of_headings() -> None:
    assert len(heads_of(read("🌊 The Mill", "🌊 The Sluice", "🌊 The Sea"))) == 3


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("Chapter 1", "End of Chapter 1"),
        ("CHAPTER ONE", "END OF CHAPTER ONE"),
        ("Chapter 1", "~ End of chapter one ~"),
        ("Chapter 1: The Mill", "***\n\nEnd of Chapter 1."),
    ],
)
def test_a_line_that_says_that_its_chapter_is_over_is_left_out(head: str, line: str) -> None:
    parsed = read(f"{head}\n\n{PROSE[0]}\n\n{line}\n\nChapter 2")
    assert [o.text for o in parsed.omissions if o.rule == "chapter's end"] == [line.rsplit("\n", 1)[-1]]
    assert shown(parsed, PROSE)[1:] == ["prose(1)", "# [chapter 2] Chapter 2", "prose(2)"]


@pytest.mark.parametrize("line", ["End of Chapter 3", "End of Book One", "The End", "End of the road"])
def test_a_line_that_closes_something_else_stays(line: str) -> None:
    parsed = read(f"Chapter 1\n\n{PROSE[0]}\n\n{line}\n\nChapter 2")
    assert any(line in shown_line for shown_line in shown(parsed, PROSE))


@pytest.mark.parametrize("suffix", [".md", ".html"])
def test_the_end_of_a_chapter_is_left_out_of_every_format(suffix: str) -> None:
    chapters = [f"{PROSE[0]}\n\n{PROSE[0]}\n\nEnd of Chapter {n}" for n in (1, 2)]
    text = "\n\n".join(f"# Chapter {n}\n\n{told}" for n, told in enumerate(chapters, 1))
    if suffix == ".html":
        text = "".join(f"<h1>{p[2:]}</h1>" if p.startswith("#") else f"<p>{p}</p>" for p in f"{text}".split("\n\n"))
    parsed = read_page(f"<html><body>{text}</body></html>") if suffix == ".html" else read_markdown(text)
    assert shown(parsed, PROSE) == ["# [chapter 1] Chapter 1", "prose(2)", "# [chapter 2] Chapter 2", "prose(2)"]
