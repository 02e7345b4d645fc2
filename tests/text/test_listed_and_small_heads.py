"""Heads that other lines vouch for: a contents list over numbered sections, numbers over small letters, a diary's days."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.document.model import Heading, SceneBreak
from converter.document.words import chapter_name, plain_text
from converter.parsers.text import text_parser
from converter.proof import prove_parsed

PROSE = (
    "The ferryman counted his passengers twice, for there was one too many, and on the third count he gave it up and "
    "pushed off. Nobody spoke until the chain came up out of the water, brown and dripping, on the other side."
)
TOLD = f"{PROSE}\n\n“Is it far?” asked the girl with the cello.\n\n{PROSE}"


def read(text: str) -> Parsed:
    parsed = text_parser()(Source("story.txt", text.encode(), ".txt"))
    prove_parsed(parsed)
    return parsed


def names(parsed: Parsed) -> list[str]:
    return [chapter_name(c) for _, c in parsed.book.walk() if chapter_name(c)]


def all_heads(parsed: Parsed) -> list[str]:
    """The names of the chapters and the heads of the sections in them."""
    heads: list[str] = []
    for _, chapter in parsed.book.walk():
        heads += [chapter_name(chapter)] if chapter_name(chapter) else []
        heads += [plain_text(b.content) for b in chapter.blocks if isinstance(b, Heading)]
    return heads


def collection(*stories: str) -> str:
    listed = "\n".join(("Slow Water", "The Lamp Room", "Harbour Dues"))
    return f"TALL GRASS\n\nby Imke Sandvoort\n\n\nContents\n\n{listed}\n\n\n\n" + "\n\n\n\n".join(stories) + "\n"


@pytest.mark.parametrize(
    "numbers",
    ["i. ii. iii.", "I II III", "1. 2. 3.", "1 2 3", "One Two Three", "Chapter-1 Chapter-2 Chapter-3", "1. 2."],
)
def test_a_listed_title_heads_the_sections_right_below_it(numbers: str) -> None:
    sections = [n.replace("-", " ") for n in numbers.split()]
    told = "\n\n".join(f"{n}\n\n{TOLD}" for n in sections)
    parsed = read(collection(f"SLOW WATER\n\n{TOLD}", f"THE LAMP ROOM\n\n{told}", f"HARBOUR DUES\n\n{TOLD}"))
    found = all_heads(parsed)
    assert [n for n in found if n not in sections] == ["SLOW WATER", "THE LAMP ROOM", "HARBOUR DUES"]
    assert found[2 : 2 + len(sections)] == sections


def test_listed_titles_over_sections_in_each_of_the_stories() -> None:
    told = f"i.\n\n{TOLD}\n\nii.\n\n{TOLD}"
    stories = [f"{t}\n\n{told}" for t in ("Slow Water", "The Lamp Room", "Harbour Dues")]
    assert all_heads(read(collection(*stories))) == [
        *("Slow Water", "i.", "ii.", "The Lamp Room", "i.", "ii."),
        *("Harbour Dues", "i.", "ii."),
    ]


def test_a_line_for_somebody_may_stand_between_a_listed_title_and_its_sections() -> None:
    told = f"(after a photograph)\n\ni.\n\n{TOLD}\n\nii.\n\n{TOLD}"
    parsed = read(collection(f"SLOW WATER\n\n{TOLD}", f"THE LAMP ROOM\n\n{told}", f"HARBOUR DUES\n\n{TOLD}"))
    assert [n for n in names(parsed) if "." not in n] == ["SLOW WATER", "THE LAMP ROOM", "HARBOUR DUES"]


@pytest.mark.parametrize("last", ["Harbour dues.", "Harbour dues", "“Harbour dues!”"])
def test_a_listed_title_said_before_a_later_section_is_no_head(last: str) -> None:
    told = f"i.\n\n{TOLD}\n\n{last}\n\nii.\n\n{TOLD}"
    parsed = read(collection(f"SLOW WATER\n\n{TOLD}", f"THE LAMP ROOM\n\n{told}", f"HARBOUR DUES\n\n{TOLD}"))
    assert [n for n in names(parsed) if "." not in n] == ["SLOW WATER", "THE LAMP ROOM", "HARBOUR DUES"]


@pytest.mark.parametrize(
    "heads",
    [
        ("1. unread", "2. the map", "3. typing..."),
        ("1. unread", "2. re: re: the map", "3. typing…"),
        ("1. who's there?", "2. nobody", "3. nobody!"),
        ("1) salt", "2) the long way round", "3) home"),
        ("1: salt", "2: rope", "3: tar"),
        ("1 - salt", "2 - rope", "3 - tar"),
        ("i. salt", "ii. rope", "iii. tar"),
        ("1. Unread", "2. the map", "3. Typing..."),
        ("1. seen", "2. seen again", "3. what was seen by the girl"),
    ],
)
@pytest.mark.parametrize("space", ["\n\n\n", "\n\n"])
def test_numbers_before_small_letters_head_chapters(heads: tuple[str, ...], space: str) -> None:
    told = space.join(f"{h}\n\n{TOLD}\n\n{TOLD}" for h in heads)
    found = names(read(f"Blue Ticks\n\nby Imke Sandvoort\n\n\n{told}\n"))
    assert [n.split()[-1] for n in found] == [h.split()[-1] for h in heads]


@pytest.mark.parametrize(
    "items",
    [
        ("1. salt", "2. rope", "3. tar"),
        ("1. ask about the cello", "2. pay the ferryman", "3. never look back..."),
        ("i. salt", "ii. rope", "iii. tar"),
    ],
)
def test_a_list_in_small_letters_stays_in_the_story(items: tuple[str, ...]) -> None:
    short = "He underlined it, and went on to the next one with a sigh."
    listed = "\n\n".join(f"{i}\n\n{short}" for i in items)
    parsed = read(f"Blue Ticks\n\nby Imke Sandvoort\n\n{TOLD}\n\n{TOLD}\n\n{listed}\n\n{TOLD}\n\n{TOLD}\n")
    assert not names(parsed)


@pytest.mark.parametrize(
    "rules",
    [
        ("1. never pay before the chain is up.", "2. never pay after.", "3. never ask, never."),
        ("1. the first rule, said the ferryman, which nobody has ever yet kept", "2. the next", "3. the last,"),
    ],
)
def test_sentences_with_numbers_are_no_heads(rules: tuple[str, ...]) -> None:
    told = "\n\n".join(f"{r}\n\n{TOLD}\n\n{TOLD}" for r in rules)
    assert not names(read(f"Blue Ticks\n\nby Imke Sandvoort\n\n{TOLD}\n\n{told}\n"))


DAYS = ("Monday, 3rd April", "Friday, 7th April", "Wednesday, 19th April", "Saturday, 13th May")


def diary(*days: str, space: str = "\n\n\n") -> str:
    return f"The Bee Book\n\nImke Sandvoort{space}" + space.join(f"{d}\n\n{PROSE}\n\n{PROSE}" for d in days) + "\n"


@pytest.mark.parametrize(
    "name",
    [
        "Easter Day",
        "Same day, night",
        "Later",
        "Christmas Eve",
        "Whit Sunday",
        "The next morning",
        "Michaelmas",
        "Ostersonntag",
    ],
)
@pytest.mark.parametrize("space", ["\n\n\n", "\n\n"])
def test_a_day_without_a_date_heads_an_entry_among_dates(name: str, space: str) -> None:
    parsed = read(diary(*DAYS[:2], name, *DAYS[2:], space=space))
    assert names(parsed) == [*DAYS[:2], name, *DAYS[2:]]
    assert not any(isinstance(b, SceneBreak) for c in parsed.book.chapters for b in c.blocks)


@pytest.mark.parametrize("name", ["In the apple store", "No date", "At my aunt's", "Fog"])
def test_wide_space_as_over_dates_makes_any_short_line_a_head(name: str) -> None:
    assert names(read(diary(*DAYS[:2], name, *DAYS[2:]))) == [*DAYS[:2], name, *DAYS[2:]]


@pytest.mark.parametrize(
    "line", ["Twine and wax:", "“Later”", "The bees were out.", "(Easter Day)", "And then, later,", "Later we swam..."]
)
def test_other_short_lines_of_a_diary_head_nothing(line: str) -> None:
    assert names(read(diary(*DAYS[:2], line, *DAYS[2:]))) == list(DAYS)


@pytest.mark.parametrize("line", ["In the apple store", "Twine", "K. L."])
def test_without_wide_space_a_short_line_has_to_say_when(line: str) -> None:
    assert names(read(diary(*DAYS[:2], line, *DAYS[2:], space="\n\n"))) == list(DAYS)


def test_a_signature_below_an_entry_heads_nothing() -> None:
    text = diary(*DAYS[:2]) + "\n\nK. Lavender\n" + "\n\n\n" + diary(*DAYS[2:]).partition("Sandvoort")[2].lstrip()
    assert names(read(text)) == list(DAYS)


@pytest.mark.parametrize(
    "heads",
    [
        ("Brown Water", "The Ferry", "Harbour", "What the Chain Brought"),
        ("Brown Water", "The Ferry", "Harbour"),
        ("Ada Thorn", "The Ferry", "Harbour", "What the Chain Brought"),
        ("Saint Malo", "The Ferry", "Harbour"),
        ("Ada Thorn", "Tom Birch", "Lew Marsh"),
    ],
)
def test_two_words_set_as_the_first_of_several_titles_are_no_byline(heads: tuple[str, ...]) -> None:
    told = "\n\n\n\n".join(f"{h}\n\n{TOLD}\n\n{TOLD}" for h in heads)
    parsed = read(f"Blue Ticks\n\n\n\n{told}\n")
    assert (names(parsed), parsed.book.metadata.authors) == (list(heads), ())


def test_a_name_near_its_title_is_a_byline_above_a_series_of_titles() -> None:
    heads = ("The Ferry", "Harbour", "What the Chain Brought")
    told = "\n\n\n\n".join(f"{h}\n\n{TOLD}\n\n{TOLD}" for h in heads)
    parsed = read(f"Blue Ticks\n\nImke Sandvoort\n\n{TOLD}\n\n{TOLD}\n\n\n\n{told}\n")
    assert (names(parsed), parsed.book.metadata.authors) == (list(heads), ("Imke Sandvoort",))
