"""Title and author where a file says them in less usual ways: by its name, above and below other lines, at its end."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import shown

PROSE = "The lamp was lit at nine, and nobody on the pier could say who had carried the oil up there."
STORY = "\n\n".join([PROSE] * 5)
CENTRED = " " * 20

HEADS = {
    "a name between dashes": ("THE LAMP\n\n-Ada Thorn-\n\n", "The Lamp", "Ada Thorn"),
    "a date is no name": ("The Lamp\nMarch 2021\n\n", "The Lamp", ""),
    "quotes, and facts below": ("“The Lamp” by Ada Thorn\nWord Count: 310\nGenre: Drama\n\n", "The Lamp", "Ada Thorn"),
    "a handle above facts": (
        "the lamp by lampmoth\nRated: T - Words: 310 - Status: Complete\n\n",
        "the lamp",
        "lampmoth",
    ),
    "facts behind a trail": (
        "The Lamp by lampmoth\n\nBooks » Pier Tales Rated: T, English, Drama, Words: 1k+, Favs: 3\n\n",
        "The Lamp",
        "lampmoth",
    ),
    "stamped above": ("12 Mar 2021 at 23:14\n\nlamp (draft)\n\n", "lamp (draft)", ""),
    "stamped below": ("lamp thing\n14 March 2023 at 23:41\n\n", "lamp thing", ""),
    "a kind of work with words of its own": (
        "Low Water\nA Pier & Lamp Mystery\nAda Thorn\n\n",
        "Low Water",
        "Ada Thorn",
    ),
    "a kind of work, parted": ("Low Water\n\nA Novelette\n\nby Ada Thorn\n\n", "Low Water", "Ada Thorn"),
    "several lines": (
        f"{CENTRED}THE LONG VOYAGE\n{CENTRED}   OF\n{CENTRED}CAPTAIN GULL\n\n{CENTRED}by Ada Thorn\n\n",
        "The Long Voyage of Captain Gull",
        "Ada Thorn",
    ),
    "a running head above": ("Thorn / LOW WATER / 1\n\nLOW WATER\n\nAda Thorn\n\n", "Low Water", "Ada Thorn"),
    "spaced letters": ("L A M P S\n\nAda Thorn\n\nI.\n\n", "Lamps", "Ada Thorn"),
    "two who had a hand in it": ("The Lamp\n\nas told by his Mate\nset down by Ada Thorn\n\n", "The Lamp", "Ada Thorn"),
    "a cheer above the label": ("WRITING MONTH!!! GO GO GO\nworking title: The Lamp\n\n", "The Lamp", ""),
    "a banner above labels": (
        "*" * 40
        + "\n*  THE PIER TEXT ARCHIVE               *\n*  This file may be passed on freely.  *\n"
        + "*" * 40
        + "\n\nFile:   LAMP.TXT\nTitle:  The Lamp\nAuthor: Ada Thorn\n\n",
        "The Lamp",
        "Ada Thorn",
    ),
    "Korean": ("고양이 등대\n\n글 | 서하늘\n\n", "고양이 등대", "서하늘"),
    "Romanian": ("Lampa\n\nde Ana Munteanu\n\n", "Lampa", "Ana Munteanu"),
    "the title again in quotes": (
        "Title: The Lamp\nRating: G\n\n“The Lamp”\nby lampmoth\n\n",
        "The Lamp",
        "lampmoth",
    ),
    "brackets": ("[The Lamp] by Ada Thorn\n\n", "The Lamp", "Ada Thorn"),
    "a name with its year": ("The Lamp\n(or, How It Went Out)\nAda Thorn, 2019\n\n", "The Lamp", "Ada Thorn"),
    "an essay": ("Ada Thorn\nEnglish 12\nMs. Oak\n12 March 2019\n\nThe Lamp\n\n", "The Lamp", "Ada Thorn"),
    "an essay's running head": (
        f"{CENTRED}Thorn 1\n\nAda Thorn\nEnglish 12\nMs. Oak\n\nThe Lamp\n\n",
        "The Lamp",
        "Ada Thorn",
    ),
    "a running head over a corner": (
        "Thorn / Lamp / 1\n\nAda Thorn\nada@thorn.example\n2,300 words\n\nThe Lamp\n\n",
        "The Lamp",
        "Ada Thorn",
    ),
    "a series and rights": (
        "Book One of the Pier Cycle\n\nTHE LAMP\n\nAda Thorn\n\nCopyright © 2019 by Ada Thorn\nAll rights reserved.\n\n",
        "The Lamp",
        "Ada Thorn",
    ),
    "rights alone": ("The Lamp\n\n© 2022 Ada Thorn. Please do not repost.\n\n", "The Lamp", "Ada Thorn"),
    "a post of a blog": ("Posted on 12 March 2019 by Ada Thorn\n\nThe Lamp\n\n", "The Lamp", "Ada Thorn"),
    "the author first, the title in capitals": (
        "Ада Тёрнова\nСТАРЫЕ ЛАМПЫ\n\nГлава 1\n\n",
        "Старые Лампы",
        "Ада Тёрнова",
    ),
    "an elided particle": ("La lampe\n\nUne nouvelle d'Odile Marchand\n\n", "La lampe", "Odile Marchand"),
    "a line that ends with the name": ("The Lamp\n(a story in letters, by Ada Thorn)\n\n", "The Lamp", "Ada Thorn"),
    "a line signed": ("The Lamp\n(typed up from my red notebook -- Ada Thorn, 2015)\n\n", "The Lamp", "Ada Thorn"),
    "by me": ("THE LAMP\n\nby me (Ada Thorn)\n\n", "The Lamp", "Ada Thorn"),
    "an archive's file": (
        "The Lamp (And One Other)\nlampmoth\n\nPosted originally on the Archive of Our Own at http://a.example/1.\n\n"
        "Rating: General\nFandom: Pier Tales\nLanguage: English\n\n",
        "The Lamp (And One Other)",
        "lampmoth",
    ),
    "an initial last": ("Title: The Lamp\nAuthor: Ada T.\n\n", "The Lamp", "Ada T."),
    "a corner with rights": (
        f"Ada J. Thorn{CENTRED}About 600 words\n9 Tallow St., Apt. 2{CENTRED}First serial rights\nPenhallow, MN 55806\n"
        f"(218) 555-0142\n\n\n\n{CENTRED}THE LAMP\n\n{CENTRED}by\n\n{CENTRED}Ada J. Thorn\n\n\n",
        "The Lamp",
        "Ada J. Thorn",
    ),
}


def read(text: str, name: str = "story.txt") -> Parsed:
    parsed = text_parser()(Source(name, text.encode(), ".txt"))
    prove_parsed(parsed)
    return parsed


@pytest.mark.parametrize(("head", "title", "author"), HEADS.values(), ids=HEADS)
def test_title_and_author(head: str, title: str, author: str) -> None:
    metadata = read(f"{head}{STORY}\n").book.metadata
    assert (metadata.title, ", ".join(metadata.authors)) == (title, author)


def test_helpers_below_the_heading() -> None:
    parsed = read(f"Chapter 12: The Lamp\n\nTranslator: Blue Heron    Editor: Sesame\n\n{STORY}\n")
    assert [(p.name, p.role) for p in parsed.book.metadata.people] == [("Blue Heron", "trl"), ("Sesame", "edt")]
    assert shown(parsed, [PROSE])[1:] == ["prose(5)"]


def test_a_diary_s_dates_run_into_their_entries() -> None:
    entries = "\n\n".join(f"{day} Jan.\n{PROSE} {PROSE}" for day in ("Mon. 5", "Tues. 6", "Weds. 21"))
    headings = [line for line in shown(read(f"{entries}\n")) if line.startswith("#")]
    assert headings == ["# [chapter] Mon. 5 Jan.", "# [chapter] Tues. 6 Jan.", "# [chapter] Weds. 21 Jan."]


def test_words_parted_at_line_ends_are_prose() -> None:
    prose = "He walked down to the long pier and looked at the lan-\ntern that hung there. Nobody had lit it, and the opin-\nions"
    text = "\n\n".join([prose + " of the keepers were divided upon the matter.", prose + " of the boys were not."] * 3)
    assert not any("stanza" in line for line in shown(read(f"The Lamp\n\n{text}\n")))


def test_a_menu_with_the_magazine_s_own_words_is_left_out() -> None:
    parsed = read(f"Home | Fiction | Poetry | Submissions | About\n\nThe Lamp\nby Ada Thorn\n\n{STORY}\n")
    assert "Submissions" not in "\n".join(shown(parsed))
    assert parsed.book.metadata.title == "The Lamp"


def test_a_byline_below_the_only_heading() -> None:
    parsed = read(f"THE LAMP\nEpisode 3: Low Tide\nWritten by Ada Thorn\n\n{STORY}\n")
    assert (parsed.book.metadata.title, parsed.book.metadata.authors) == ("The Lamp", ("Ada Thorn",))
    assert shown(parsed, [PROSE])[1:] == ["prose(5)"]


def test_the_file_s_name_tells_title_from_author() -> None:
    text = f"COLD LAMPS\nNine Nights on the Pier\n\n{STORY}\n"
    assert read(text, "Cold Lamps - anthology.txt").book.metadata.title == "Cold Lamps"


@pytest.mark.parametrize(
    "end",
    [
        "THE END\n\nby Ada Thorn",
        "-- by Ada Thorn",
        "—Ada Thorn, 2021",
        "Ada Thorn lives in Penhallow with two cats. Her stories have appeared in small magazines.",
        "About the Author\n\nAda Thorn lives in Penhallow with two cats.",
        "Ana Berg lebt in Kiel. Sie schreibt Romane.",
    ],
)
def test_the_end_names_the_author(end: str) -> None:
    parsed = read(f"The Lamp\n\n{STORY}\n\n{end}\n")
    assert parsed.book.metadata.authors == (("Ana Berg",) if "Berg" in end else ("Ada Thorn",))


@pytest.mark.parametrize(
    "end",
    [
        "—Tom",
        "—Tom Lamp",  # the story has a lamp: a signature in it
        "Tom Birch lives on the pier, and nobody asks him about the oil.",
        "by the pier",
    ],
)
def test_the_end_names_nobody(end: str) -> None:
    assert read(f"The Lamp\n\n{STORY}\n\n{end}\n").book.metadata.authors == ()


def test_a_list_of_stories_with_their_authors_names_their_headings() -> None:
    listed = "CONTENTS\nPilot Light . . . . Ada Thorn\nThe Door . . . . Tom Birch\nFrost . . . . Lew Marsh"
    works = "\n\n".join(
        f"{title}\nby {name}\n\n{STORY}"
        for title, name in (("PILOT LIGHT", "Ada Thorn"), ("THE DOOR", "Tom Birch"), ("FROST", "Lew Marsh"))
    )
    parsed = read(f"COLD LAMPS\n\n{listed}\n\n{works}\n")
    assert parsed.book.metadata.title == "Cold Lamps"
    assert parsed.book.metadata.authors == ("Ada Thorn", "Tom Birch", "Lew Marsh")
    assert [line for line in shown(parsed) if line.startswith("#")] == [
        f"# [chapter] {t}" for t in ("PILOT LIGHT", "THE DOOR", "FROST")
    ]


def test_prose_broken_at_a_narrow_measure_is_no_verse() -> None:
    sentence = (
        "It came round the corner of the pier at ten past two with\nits lights on and its windows steamed up, and the"
        " sign on\nthe front said that it went to the far end of the bay."
    )
    labels = "File:     LAMP.TXT\nTitle:    The Lamp\nAuthor:   Ada Thorn\nUploaded: 03-17-91\nSize:     4K"
    parsed = read(f"{labels}\n\n" + "\n\n".join([sentence] * 6) + "\n")
    assert shown(parsed) == ["p " + sentence.replace("\n", " ")] * 6


def test_a_dash_alone_is_a_break() -> None:
    assert shown(read(f"{STORY}\n\n—\n\n{STORY}\n"), [PROSE]) == ["prose(5)", "break —", "prose(5)"]


NO_FACTS = {
    "a title with an article that is “by” elsewhere": ("De Avonden\n\n", "De Avonden", []),
    "a title with a number that the story begins with": (
        "Lamp 13\n\nLamp thirteen went out.\n\n",
        "Lamp 13",
        ["p Lamp thirteen went out."],
    ),
    "a sentence that ends with a name": (
        "The Lamp\n\nNobody came to the pier but one — Tom Birch.\n\n",
        "The Lamp",
        ["p Nobody came to the pier but one — Tom Birch."],
    ),
    "the third of a list": ("The Lamp\n\n(c) The third one was red.\n\n", "The Lamp", ["p (c) The third one was red."]),
}


@pytest.mark.parametrize(("head", "title", "told"), NO_FACTS.values(), ids=NO_FACTS)
def test_what_names_nobody_stays_in_the_story(head: str, title: str, told: list[str]) -> None:
    parsed = read(f"{head}{STORY}\n")
    assert (parsed.book.metadata.title, parsed.book.metadata.authors) == (title, ())
    assert shown(parsed, [PROSE]) == [*told, "prose(5)"]


def test_somebody_of_the_story_who_writes_is_not_its_author() -> None:
    story = (
        f"The Lamp\n\nTom Birch came to the pier at nine.\n\n{STORY}\n\nTom Birch lives there now. He writes a book.\n"
    )
    assert read(story).book.metadata.authors == ()
