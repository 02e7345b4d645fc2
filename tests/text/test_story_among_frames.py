"""What looks like a library's mark, a contents list or an author's note, and is the story."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.document.errors import NotAStory
from converter.document.words import chapter_name
from converter.parsers.text import TextOptions, text_parser
from converter.proof import prove_parsed
from tests.pages.making import left_out, shown

WALK = "He walked down to the river and sat upon a stone. The water was cold, and the day was long, and nobody came."
NOON = "She came at noon. “You waited,” she said, and he said that he had, and that it was no matter to him now."
LICENCE = (
    "This eBook is for the use of anyone anywhere at no cost and with almost no restrictions whatsoever.\n\n"
    "The Foundation is committed to complying with the laws regulating charities and donations in all states."
)


def read(text: str, notes: str = "inline") -> Parsed:
    parsed = text_parser(TextOptions(drop_notes=notes == "drop"))(Source("story.txt", text.encode(), ".txt"))
    prove_parsed(parsed)
    return parsed


def chapters(first: int, last: int) -> str:
    return "\n\n".join(f"Chapter {n}\n\n{WALK}\n\n{NOON}" for n in range(first, last + 1))


def divided(first: int, last: int) -> list[str]:
    """Chapters of one paragraph, as `shown` has them."""
    return [line for n in range(first, last + 1) for line in (f"# [chapter {n}] Chapter {n}", "prose(1)")]


@pytest.mark.parametrize("after", ["", f"\n\n*** END OF THE PROJECT GUTENBERG EBOOK THE DEAL ***\n\n{LICENCE}"])
def test_a_librarys_mark_in_the_midst_of_a_story_cuts_nothing(after: str) -> None:
    mark = "*** END OF THE PROJECT ***"
    parsed = read(f"The Deal\nby Cy Orr\n\n{chapters(1, 3)}\n\n{mark}\n\n{chapters(4, 5)}{after}")
    assert [chapter_name(c) for _, c in parsed.book.walk()] == [f"Chapter {n}" for n in range(1, 6)]
    assert [o.text for o in parsed.omissions if o.rule == "library mark"] == [mark]
    assert [d.code for d in parsed.findings if d.code == "library-mark"] == ["library-mark"]
    assert shown(parsed, (WALK, NOON)) == divided(1, 5)


def test_a_mark_with_a_story_before_it_is_no_header() -> None:
    mark = "*** START OF THE PROJECT GUTENBERG EBOOK ***"
    parsed = read(f"The Deal\nby Cy Orr\n\n{chapters(1, 1)}\n\n{mark}\n\n{chapters(2, 4)}")
    assert parsed.book.metadata.title == "The Deal"
    assert shown(parsed, (WALK, NOON)) == divided(1, 4)


def test_what_a_drawer_holds_is_no_contents_list() -> None:
    inside = "CONTENTS\n\nSugar, salt, sand."
    parsed = read(f"The Deal\nby Cy Orr\n\nChapter 1\n\n{WALK}\n\n{inside}\n\n{NOON}\n\nChapter 2\n\n{WALK}")
    assert shown(parsed, (WALK, NOON)) == [
        "# [chapter 1] Chapter 1",
        "p He walked down to the river and sat upon a stone. The water was cold, and the day was long, and nobody came.",
        "p CONTENTS",
        "p Sugar, salt, sand.",
        "p She came at noon. “You waited,” she said, and he said that he had, and that it was no matter to him now.",
        "# [chapter 2] Chapter 2",
        "p He walked down to the river and sat upon a stone. The water was cold, and the day was long, and nobody came.",
    ]


def test_a_contents_list_is_one() -> None:
    names = ["The River", "A Stone", "What She Said", "Noon"]
    parts = "\n\n".join(f"{name}\n\n{WALK}\n\n{NOON}" for name in names)
    parsed = read(f"The Deal\nby Cy Orr\n\n{WALK}\n\nContents\n\n" + "\n".join(names) + f"\n\n\n{parts}")
    assert shown(parsed, (WALK, NOON)) == [
        "# [front]",
        "p He walked down to the river and sat upon a stone. The water was cold, and the day was long, and nobody came.",
        "# [chapter] The River",
        "prose(1)",
        "# [chapter] A Stone",
        "prose(1)",
        "# [chapter] What She Said",
        "prose(1)",
        "# [chapter] Noon",
        "prose(1)",
    ]
    assert left_out(parsed) == [
        ("contents list", "Contents\nThe River\nA Stone\nWhat She Said\nNoon"),
        ("head of the file", "The Deal"),
        ("head of the file", "by Cy Orr"),
    ]


def test_a_note_that_says_something_holds_no_story() -> None:
    note = "Author's Note: That's the first scene, done at last."
    end = "The lamp went out.\n\nHe stood up and walked home along the wall."
    text = f"The Deal\nby Cy Orr\n\nChapter 1\n\n{WALK}\n\n{NOON}\n\n{note}\n\n{end}\n\nChapter 2\n\n{WALK}"
    dropped = read(text, "drop")
    assert shown(dropped, (WALK, NOON)) == [
        "# [chapter 1] Chapter 1",
        "prose(1)",
        "p The lamp went out.",
        "p He stood up and walked home along the wall.",
        "# [chapter 2] Chapter 2",
        "p He walked down to the river and sat upon a stone. The water was cold, and the day was long, and nobody came.",
    ]
    assert left_out(dropped) == [
        ("head of the file", "The Deal"),
        ("head of the file", "by Cy Orr"),
        ("author's note", "Author's Note: That's the first scene, done at last."),
    ]


def test_a_note_of_several_paragraphs_is_whole_as_far_as_it_speaks_to_readers() -> None:
    note = "A/N: So that was that.\n\nIt took me two years and three notebooks.\n\nThank you all for your reviews!"
    told = "\n\n".join([WALK, NOON] * 3)
    dropped = read(f"The Deal\n\nChapter 1\n\n{told}\n\n{note}\n\nChapter 2\n\n{WALK}", "drop")
    assert shown(dropped, (WALK, NOON)) == [
        "# [chapter 1] Chapter 1",
        "prose(3)",
        "# [chapter 2] Chapter 2",
        "p He walked down to the river and sat upon a stone. The water was cold, and the day was long, and nobody came.",
    ]
    assert left_out(dropped) == [
        ("head of the file", "The Deal"),
        (
            "author's note",
            "A/N: So that was that.\nIt took me two years and three notebooks.\nThank you all for your reviews!",
        ),
    ]


@pytest.mark.parametrize("line", ["Help", "Help me.", "It was late", "1"])
def test_one_line_is_a_story(line: str) -> None:
    assert shown(read(line)) == [f"p {line}"]


def test_a_head_alone_is_none() -> None:
    with pytest.raises(NotAStory):
        read("Title: The Sea\nAuthor: Bo Orr\n")
