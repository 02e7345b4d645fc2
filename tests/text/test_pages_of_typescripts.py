"""What stands on typed and printed pages and is no story: an author's slug, a page's number between marks, a number
beside the book's title; and the title that a scan has on its pages alone."""

from __future__ import annotations

from textwrap import fill

import pytest

from converter.document.contracts import Parsed, Source
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import left_out, shown
from tests.text.test_pasted_pages import STORY, TOLD, A, B, C, D, known

BROKEN = "Nobody had told the keeper of it, and he went on trimming the wick all night and thinking about\n\n{}\n\nhis supper."
WHOLE = "p Nobody had told the keeper of it, and he went on trimming the wick all night and thinking about his supper."
TYPESET = "\n\n".join(fill(p, 60) for p in (A, B, C, D))


def read(text: str) -> Parsed:
    parsed = text_parser()(Source("scan0012.txt", text.encode(), ".txt"))
    prove_parsed(parsed)
    return parsed


@pytest.mark.parametrize(
    "slug",
    [
        "Thorn / LAMP / 2",
        "Thorn / LAMP                                          2",
        "2 | Thorn | Lamp",
        "THORN – LAMP – p. 2",
    ],
)
def test_an_authors_slug_is_no_story(slug: str) -> None:
    parsed = read(f"THE QUIET LAMP\n\nby Ada Thorn\n\n{STORY}\n\n{BROKEN.format(slug)}\n\n{STORY}")
    assert [text for rule, text in left_out(parsed) if rule == "running head"] == [slug]
    assert shown(parsed) == [*TOLD, WHOLE, *TOLD]


@pytest.mark.parametrize("line", ["Ferry / LAMP / 2", "Thorn / LAMP", "Thorn / LAMP / 2 / 3", "Thorn 2"])
def test_what_names_others_stays(line: str) -> None:
    parsed = read(f"THE QUIET LAMP\n\nby Ada Thorn\n\n{STORY}\n\n{line}\n\n{STORY}")
    assert not [o for o in parsed.omissions if o.rule in ("running head", "page number")]


def test_numbers_between_marks_are_pages() -> None:
    text = f"THE QUIET LAMP\n\n{STORY}\n\n---- page 2 ----\n\nTHE OIL\n\n{STORY}\n\n---- page 3 ----\n\n{STORY}"
    parsed = read(text)
    assert [text for _, text in left_out(parsed)][:2] == ["---- page 2 ----", "---- page 3 ----"]
    assert "break" not in shown(parsed)
    assert not [
        t for _, t in left_out(read(text.replace("page 3", "page 1").replace("page 2", "page 1"))) if "page" in t
    ]


def test_numbers_beside_the_title_are_pages() -> None:
    pages = "".join(f"\n\n{n}\n\nTHE QUIET LAMP\n\n{STORY}" for n in range(5, 9))
    parsed = read(f"THE QUIET LAMP\n\nADA THORN\n\nCHAPTER ONE\n\n{STORY}{pages}")
    assert len([o for o in parsed.omissions if o.rule == "page number"]) == 4
    assert len([o for o in parsed.omissions if o.rule == "running head"]) == 4
    assert len(parsed.book.chapters) == 1


@pytest.mark.parametrize("line", ["THE QUIET LAMP          Ada Thorn", "Ada Thorn                  The Quiet Lamp"])
def test_numbers_above_a_head_in_two_corners_are_pages(line: str) -> None:
    pages = "".join(f"\n\n                 {n}\n\n{line}\n\n{STORY}" for n in range(2, 7))
    parsed = read(f"THE QUIET LAMP\n\nby\n\nADA THORN\n\nONE\n\n{STORY}{pages}\n\nTWO\n\n{STORY}")
    assert [text for rule, text in left_out(parsed) if rule == "running head"] == [line] * 5
    assert [text for rule, text in left_out(parsed) if rule == "page number"] == list("23456")
    assert len(parsed.book.chapters) == 2


def test_a_chapters_name_and_place_in_two_corners_is_no_page() -> None:
    places = ("The quay", "The boat", "The lamp")
    chapters = "\n\n".join(f"{n}\n\nJACK          {place}\n\n{STORY}" for n, place in enumerate(places, 1))
    parsed = read(f"THE QUIET LAMP\n\n{chapters}")
    assert not [o for o in parsed.omissions if o.rule in ("running head", "page number")]


def test_names_below_numbers_are_no_pages() -> None:
    chapters = "\n\n".join(f"{n}\n\n{name}\n\n{STORY}" for n, name in enumerate(("JACK", "ANN", "JACK", "ANN"), 1))
    parsed = read(f"THE QUIET LAMP\n\n{chapters}")
    assert len(parsed.book.chapters) == 4


def test_a_scan_is_called_what_stands_over_its_pages() -> None:
    heads = ("THE COLD FERRY          41", "42          THE COLD FERRY", "THE COLD FERRY          43")
    text = f"{heads[0]}\n\nCHAPTER IV\n\n{STORY}\n\n{BROKEN.format(heads[1])}\n\n{A}\n\n{heads[2]}\n\n{B}"
    assert known(read(text))[0] == "The Cold Ferry"


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [
        ("the whole lot of it was com-", "plained about", "complained"),
        ("he was let to a dancing-", "master by them", "dancing-master"),
        ("and out of the long hand-", "bag came a lamp", "handbag"),
        ("which he had over-", "turned in a hurry", "overturned"),
    ],
)
def test_words_are_parted_at_a_pages_line_ends(left: str, right: str, wanted: str) -> None:
    heads = ("THE COLD FERRY          41", "42          THE COLD FERRY", "THE COLD FERRY          43")
    said = f"The keeper of the lamp said that {left}\n{right}, and he went down\nto the boat."
    text = f"{heads[0]}\n\n{TYPESET}\n\n{heads[1]}\n\n{said}\n\n{heads[2]}\n\n{TYPESET}"
    assert any(wanted in line for line in shown(read(text)))


def test_no_sentence_ends_with_mister() -> None:
    asked = fill(f"{C} “And why should I not have it, if it please you?” said Mr.", 60)
    pages = [f"{TYPESET}\n\n{asked}", f"Brandt, who had come in.\n\n{TYPESET}"]
    pages += [f"{TYPESET}\n\nThe boat came back from the lamp without him who had", f"rowed it.\n\n{TYPESET}", TYPESET]
    text = "".join(f"{page}\n\n{n}\n\n" for n, page in enumerate(pages, 7))
    assert any("said Mr. Brandt, who had come in." in line for line in shown(read(text)))


@pytest.mark.parametrize(
    "below", ["c/o Bell & Wick Literary\napprox. 600 words (sample)", "c/o Bell & Wick\n01947 555 0142"]
)
def test_a_programs_title_page_has_the_address_below_it(below: str) -> None:
    text = (
        f"Thorn / QUIET LAMP /\n\nQUIET LAMP\nA Novel\nAda Thorn\n\n\n\nAda Thorn\n{below}\n\n\nChapter One\n\n{STORY}"
    )
    parsed = read(text)
    assert known(parsed) == ["Quiet Lamp", ["Ada Thorn"]]
    assert shown(parsed) == ["# [chapter 1] Chapter One", *TOLD]
