"""What stands before a story is read together: its title, its author, and nothing of either again before the story."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.document.words import book_text
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import shown

PROSE = "The lamp was lit at nine, and nobody on the pier could say who had carried the oil up there."
STORY = "\n\n".join([PROSE] * 3)
TOLD = [f"p {PROSE}"] * 3
RULE = "=" * 40
HEADS = {
    "a bare name": ("The Lamp\n\nAda Thorn\n\n", "The Lamp", "Ada Thorn"),
    "a bare name above a heading": ("The Lamp\n\nAda Thorn\n\nChapter 1\n\n", "The Lamp", "Ada Thorn"),
    "a bare name with particles": ("The Lamp\n\nLotte van der Zee\n\n", "The Lamp", "Lotte van der Zee"),
    "a bare name in capitals": ("THE LAMP\n\nADA THORN\n\n", "The Lamp", "Ada Thorn"),
    "initials": ("The Lamp\n\nA. J. Thorn\n\n", "The Lamp", "A. J. Thorn"),
    "right below the title": ("THE LAMP\nAda Thorn\n\n", "The Lamp", "Ada Thorn"),
    "a subtitle between": ("the lamp\n\na tale in letters\n\nby Ada Thorn\n\n", "the lamp", "Ada Thorn"),
    "small letters": ("the lamp\n\nby a. thorn\n\n", "the lamp", "a. thorn"),
    "a handle": ("the lamp\n\nby @lampmoth\n\n", "the lamp", "lampmoth"),
    "a handle of a forum": ("The Lamp\n\nby u/lamp_moth\n\n", "The Lamp", "lamp_moth"),
    "no name at all": ("THE LAMP\n\nBY A LADY\n\n", "The Lamp", "A Lady"),
    "a pen name with an article": ("The Lamp\nby The Night Clerk\n\n", "The Lamp", "The Night Clerk"),
    "somebody": ("The Lamp\nby someone else\n\n", "The Lamp", "someone else"),
    "one word": ("five lamps\n\nby brassmoth\n\n", "five lamps", "brassmoth"),
    "Finnish": ("Pitkä talvi\n\nKirjoittanut Helmi Salo\n\n", "Pitkä talvi", "Helmi Salo"),
    "Czech": ("Lampa\n\nHana Dvořáčková\n\n", "Lampa", "Hana Dvořáčková"),
    "Hungarian": ("A lámpa\n\nírta Nagy Ilona\n\n", "A lámpa", "Nagy Ilona"),
    "Italian": ("La lampada\n\nun racconto di Anna Riva\n\n", "La lampada", "Anna Riva"),
    "German": ("Die Lampe\n\nErzählung von Anna Berg\n\n", "Die Lampe", "Anna Berg"),
    "Spanish": ("La lámpara\n\nun cuento de Ana Ríos\n\n", "La lámpara", "Ana Ríos"),
    "Hebrew": ("המנורה הישנה\n\nמאת דנה לוי\n\n", "המנורה הישנה", "דנה לוי"),
    "Japanese": ("古い灯り\n北川　澪\n\n第一章\n\n", "古い灯り", "北川　澪"),
    "the author first": ("Ada Thorn\n\nTHE LAMP\n\n", "The Lamp", "Ada Thorn"),
    "the author first, no name of a title": (
        "Ada Thorn\n\nThe Winter of the Lamp\n\n",
        "The Winter of the Lamp",
        "Ada Thorn",
    ),
    "in two corners": (f"{RULE}\n  The Lamp        a story by Ada Thorn\n{RULE}\n\n", "The Lamp", "Ada Thorn"),
    "a typescript": (
        "Ada Thorn                            About 1,900 words\n9 Tallow Street\nPenhallow PZ9 4TT\n\n\n\n"
        "                  THE LAMP\n\n                  by Ada Thorn\n\n\n",
        "The Lamp",
        "Ada Thorn",
    ),
    "Turkish": ("Fener\n\nYazan: Deniz Kaya\n\n", "Fener", "Deniz Kaya"),
}


def read(text: str) -> Parsed:
    parsed = text_parser()(Source("story.txt", text.encode(), ".txt"))
    prove_parsed(parsed)
    return parsed


@pytest.mark.parametrize(("head", "title", "author"), HEADS.values(), ids=HEADS)
def test_title_and_author(head: str, title: str, author: str) -> None:
    parsed = read(head + STORY)
    assert (parsed.book.metadata.title, list(parsed.book.metadata.authors)) == (title, [author])
    assert [line for line in shown(parsed) if not line.startswith("#")] == TOLD


@pytest.mark.parametrize("below", ["", "Chapter 1\n\n"])
@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("approx. 420 words", "420"),
        ("12 May 2019\n1,200 words", "1,200"),
        ("ca. 340 words\nada@thorn.example", "340"),
        ("First serial rights\nAbout 900 words", "900"),
    ],
)
def test_a_title_and_its_author_above_what_is_said_of_the_text_are_no_corner(said: str, words: str, below: str) -> None:
    parsed = read(f"Amber Finches\nAda Thorn\n{said}\n\n{below}{STORY}")
    book = parsed.book.metadata
    assert (book.title, book.authors, book.words) == ("Amber Finches", ("Ada Thorn",), words)


@pytest.mark.parametrize("title", ["Amber Finches", "THE LAMP"])
def test_a_name_and_the_house_it_lives_in_above_a_title_are_a_corner(title: str) -> None:
    book = read(f"Ada Thorn\nFinch House\nabout 420 words\n\n\n\n{title}\n\n{STORY}").book.metadata
    assert (book.title.casefold(), book.authors, book.words) == (title.casefold(), ("Ada Thorn",), "420")


@pytest.mark.parametrize(
    "line",
    [
        "Snow Song",  # the story says "snow" and "song"
        "The Winter Road",
        "Book One",
        "Hesper",
    ],
)
def test_a_line_below_the_title_that_is_no_name(line: str) -> None:
    told = "There was snow on the road all winter, and a song that nobody in the house would sing to the end of it."
    parsed = read(f"The Lamp\n\n{line}\n\n{told}\n\n{STORY}")
    assert not parsed.book.metadata.authors


def test_a_name_that_heads_its_chapters_wrote_none() -> None:
    parsed = read(f"The Lamp\n\nGrandmother Ivy\n\n{STORY}\n\nAda Thorn\n\n{STORY}\n\nGrandmother Ivy\n\n{STORY}")
    assert not parsed.book.metadata.authors


def test_the_corner_of_a_typescript_is_left_out_by_name() -> None:
    corner = "Ada Thorn            420 words\n9 Tallow Street   First serial rights\nada@thorn.example\n"
    parsed = read(f"{corner}\n\n\n          THE LAMP\n\n             by\n\n          Ada Thorn\n\n\n{STORY}")
    assert [o.text for o in parsed.omissions if o.rule == "head of the file"][:3] == corner.splitlines()
    assert (parsed.book.metadata.words, parsed.book.metadata.title) == ("420", "The Lamp")
    assert shown(parsed) == TOLD


def test_a_letter_s_address_stays_in_the_story() -> None:
    letter = "14 Tallow Street\nPenhallow\n3 March\n\nDear Ada,\n\n"
    parsed = read(f"{letter}{STORY}")
    assert "Penhallow" in book_text(parsed.book)


MORE = {
    "Persian": ("چترِ آقای مهدوی\n\nنوشتهٔ پروانه کیانی\n\n", "چترِ آقای مهدوی", "پروانه کیانی"),
    "Hindi": ("नीम का पेड़\n\nलेखिका: सुधा वर्मा\n\n", "नीम का पेड़", "सुधा वर्मा"),
    "Greek, in the genitive": ("Το καφενείο\n\nτης Ζωής Βερνάρδου\n\n", "Το καφενείο", "Ζωή Βερνάρδου"),
    "Greek, a man": ("Το καφενείο\n\nτου Νίκου Βερνάρδου\n\n", "Το καφενείο", "Νίκος Βερνάρδος"),
    "Greek, labelled": ("Το καφενείο\n\nΣυγγραφέας: Ανδρέας Βερνάρδος\n\n", "Το καφενείο", "Ανδρέας Βερνάρδος"),
    "how far it is": ("The Lamp (complete, 3 parts)\n\nby Ada Thorn\n\n", "The Lamp", "Ada Thorn"),
    "of what kind, in Korean": ("[단편] 빨간 등불\n\n글쓴이: 김도윤\n\n", "빨간 등불", "김도윤"),
    "pictures beside a name": ("☕ the lamp ☕\n\nby breadmoth 👻\n\n", "☕ the lamp ☕", "breadmoth"),
    "a street far above the title": (
        "Ada Thorn\n9 Tallow Row\nPenhallow\n\n\n\n\n            THE LAMP\n\n               by\n\n           Ada Thorn\n\n\n",
        "The Lamp",
        "Ada Thorn",
    ),
    "for whom": ("THE LANE\n\nWritten down by Win Oakes (née Tully) for her children\n\n", "The Lane", "Win Oakes"),
    "a Korean title above its chapter": ("퇴근길 던전\n\n작가: 김도윤\n\n", "퇴근길 던전", "김도윤"),
}


@pytest.mark.parametrize(("head", "title", "author"), MORE.values(), ids=MORE)
def test_title_and_author_in_other_ways(head: str, title: str, author: str) -> None:
    parsed = read(head + STORY)
    assert (parsed.book.metadata.title, list(parsed.book.metadata.authors)) == (title, [author])
    assert shown(parsed) == TOLD


def test_a_first_line_of_two_sentences_is_no_title() -> None:
    first = "ok so this is the one about the pool. dont read it"
    parsed = read(f"{first}\n\n{STORY}")
    assert not parsed.book.metadata.title
    assert shown(parsed) == [f"p {first}", *TOLD]


@pytest.mark.parametrize("byline", ["Script by Tove Arden", "Story and art by Tove Arden", "by Tove Arden, class 4b"])
def test_a_writer_of_scripts_and_a_pupil_are_authors(byline: str) -> None:
    told = "The lamp burned all night, and nobody on the island could say who had lit it."
    parsed = text_parser()(
        Source("s.txt", f'THE LAMPLIGHTERS: "WICK"\n{byline}\n\n{told}\n\n{told}\n'.encode(), ".txt")
    )
    said = parsed.book.metadata
    assert (said.title, said.subtitle, [p.name for p in said.people]) == (
        'The Lamplighters: "Wick"',
        "",
        ["Tove Arden"],
    )
