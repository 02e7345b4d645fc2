"""By which signs a system of marks is known, what is left alone, and what is told of the rest."""

from __future__ import annotations

import pytest

from tests.pages.making import PROSE, left_out, shown
from tests.text.systems import read

STORY = "\n\n".join(PROSE)
ORDINARY = {
    "a path": 'She typed C:\\temp\\new and waited.\n\n"Is that all?" he asked.',
    "a command that is spoken of": "The screen said \\emph{hello} and nothing else.",
    "a heading between signs of equality": f"== Chapter 1 ==\n\n{STORY}\n\n== Chapter 2 ==\n\n{STORY}",
    "windows of a game": f"== Chapter 1 ==\n\n[[Skill | Lamp Lighting]]\n\n{{{{Level up}}}}\n\n{STORY}",
    "speech between apostrophes": f"== Chapter 1 ==\n\n''Hello,'' said Ann. ''Who is there?''\n\n''Nobody.''\n\n{STORY}",
    "a list of Markdown": f"# Chapter 1\n\n* oil\n* wicks\n\n{STORY}",
    "two dots": "The lamp was out.\n\n.. and nobody knew.\n\n.. nobody at all.",
    "bars": "He had a || b, and c || d, and nobody asked.",
    "letters in the story": f"{STORY}\n\nFrom: Ann\nTo: Brandt\nSubject: the lamp\n\nDear Brandt,\n\nThe lamp is out.\n\nAnn",
    "sums": "It was x=20 and y=3D, or so he said.\n\nThe sum was wrong=\n\nHe wrote it down.",
    "one slanted word": "He said //nothing// at all.",
}


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY)
def test_what_has_single_signs_is_left_as_it_is(text: str) -> None:
    parsed = read(text)
    said = "".join("".join(shown(parsed, ("",) * 9)).split())
    for line in text.split("\n"):
        words = line.strip("=# ").removeprefix("* ").removeprefix("Chapter")
        assert "".join(words.split()) in said, line
    assert not [e for e in parsed.evidence if e.topic == "marks"]
    assert left_out(parsed) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The screen said \\emph{hello}.\n\nIt was \\emph{late}.",
            ["marks of LaTeX that were not read: “\\emph{” (2 times)"],
        ),
        (
            f"\\section*{{One}}\n\n{STORY} \\emph{{No}}\\flourish{{x}} \\strange.\n\n\\section*{{Two}}\n\n{STORY}",
            ["marks of LaTeX that were not read: “\\flourish, \\strange” (2 times)"],
        ),
        (f"{STORY}\n\nThe ''lamp'' and the ''tide''.", ["marks of MediaWiki that were not read: “''lamp''” (2 times)"]),
        (STORY, []),
    ],
)
def test_marks_that_are_not_read_are_told_once(text: str, told: list[str]) -> None:
    assert [f.message for f in read(text).findings] == told


def test_what_a_system_says_of_itself_is_named_with_its_line() -> None:
    parsed = read(
        f"\\section*{{One}}\n% a remark\n{STORY}\n\nIt was \\emph{{un}}kind.\n\n\\section*{{Two}}\n\n{STORY}\n"
    )
    assert [(o.rule, o.text, o.origin.line) for o in parsed.omissions] == [
        ("marks of another system", "\\section*", 1),
        ("comment", "a remark", 2),
        ("marks of another system", "\\emph", 11),
        ("marks of another system", "}", 11),
        ("marks of another system", "\\section*", 13),
    ]


def test_the_head_of_a_message_and_its_signature_are_named() -> None:
    head = "From: Ann Bell <ann@x.example>\nNewsgroups: rec.prose\nSubject: [FIC] The Lamp (1/2)"
    parsed = read(f"{head}\n\n{STORY}\n\n-- \nann\n")
    assert left_out(parsed) == [
        ("signature", "ann"),
        *[("head of a message", line) for line in head.split("\n")],
    ]
    assert (parsed.book.metadata.title, parsed.book.metadata.authors) == ("The Lamp", ("Ann Bell",))
    assert shown(parsed) == ["prose(1)"]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("//Carry// the tune, //over the hill.//", "p _Carry_ the tune, _over the hill._"),
        ("“||Till spring||,” she said.", "p “Till spring,” she said."),
        ("[spoiler]Till spring,[/spoiler] she said.", "p Till spring, she said."),
        ("[spoiler=the end]Till spring,[/spoiler] she said.", "p Till spring, she said."),
    ],
)
def test_marks_around_words(typed: str, wanted: str) -> None:
    assert shown(read(f"{STORY}\n\n{typed}\n\n{STORY}")) == ["prose(1)", wanted, "prose(1)"]


def test_several_lines_that_slant_are_a_song() -> None:
    song = "//Carry the lantern up//\n//and carry the evening down//"
    assert shown(read(f"{STORY}\n\n{song}\n\n{STORY}"))[1:-1] == [
        "stanza:",
        "  _Carry the lantern up_",
        "  _and carry the evening down_",
    ]


def test_textile_says_before_a_paragraph_what_it_is() -> None:
    parsed = read(
        f"h1. The Lamp\n\np=. by Ann Bell\n\nh2. One\n\n{STORY}\n\nbq. Come home. The lamp is out.\n\n* * *\n\n"
        f'She read _the_ "letter":http://x.example/a again.\n\nh2. Two\n\n{STORY}\n'
    )
    assert (parsed.book.metadata.title, parsed.book.metadata.authors) == ("The Lamp", ("Ann Bell",))
    assert shown(parsed) == [
        "# [chapter 1] One",
        "prose(1)",
        "quote:",
        "  p Come home. The lamp is out.",
        "break * * *",
        "p She read _the_ letter again.",
        "# [chapter 2] Two",
        "prose(1)",
    ]
