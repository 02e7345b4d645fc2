"""Blocks of Markdown whose lines count: set in by four columns, behind bars, messages below each other; and what pandoc
is told in a file, which is no word of the story."""

from __future__ import annotations

import pytest

from tests.pages.making import left_out, shown
from tests.text.test_markdown_sets_apart import TALE, TOLD, read

POEM = (
    "Round goes the wheel and over,",
    "down goes the stone,",
    "who will grind the clover",
    "when the miller's gone?",
)
VERSE = ["stanza:", *(f"  {line}" for line in POEM)]


def set_in(*lines: str, by: str = "    ") -> str:
    return "\n".join(f"{by}{line}" if line else "" for line in lines)


def among(block: str) -> list[str]:
    """What a block is between two paragraphs."""
    said = shown(read(f"{TALE}\n\n{block}\n\n{TALE}\n"))
    assert said[0] == said[-1] == TOLD
    return said[1:-1]


@pytest.mark.parametrize("by", ["    ", "\t", "      "])
def test_words_set_in_are_verse(by: str) -> None:
    assert among(set_in(*POEM, by=by)) == VERSE


def test_stanzas_set_in_are_one_poem_with_its_steps() -> None:
    assert among(set_in(POEM[0], f"   {POEM[1]}", "", f"   {POEM[2]}", POEM[3])) == [
        "stanza:",
        f"  {POEM[0]}",
        f"  > {POEM[1]}",
        "stanza:",
        f"  > {POEM[2]}",
        f"  {POEM[3]}",
    ]


def test_marks_in_verse_set_in_are_read() -> None:
    assert among(set_in("Round goes the *wheel*,", "down goes the stone.")) == [
        "stanza:",
        "  Round goes the _wheel_,",
        "  down goes the stone.",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("ERROR 418: no tea", "at Kitchen.boil (kitchen.js:14:7)", "at Morning.main (day.js:1:1)"),
        ("for (i = 0; i < 3; i++) {", "  *p++ = <Lamp>;", "}"),
        ("lamp(1)", "sluice(2);"),
    ],
)
def test_code_set_in_is_code_as_it_stands(lines: tuple[str, ...]) -> None:
    assert among(set_in(*lines)) == ["pre", *(f"  |{line}" for line in lines)]


@pytest.mark.parametrize(
    "block",
    [
        "    The first line of a paragraph is set in here and is so long that it fills\nthe measure, and this one goes on.",
        "    She wrote that the wheel had stopped by itself, on a Tuesday, and that\n    she had heard it stop, and that she had gone out to look at it and had\n    found nobody there.",
        "    One line set in alone.",
    ],
)
def test_prose_set_in_is_prose(block: str) -> None:
    assert among(block) == [f"p {' '.join(block.split())}"]


def test_paragraphs_that_begin_set_in_are_no_verse() -> None:
    told = [f"The ferry left at {n}, and nobody on the quay asked why." for n in range(1, 17)]
    said = shown(read("\n\n".join(set_in(*told[k : k + 2]) for k in range(0, len(told), 2))))
    assert all(line.startswith("p ") for line in said)


def test_what_follows_in_a_list_is_no_verse() -> None:
    assert among("1. The wheel.\n\n    It was made of oak.\n    It was made well.\n\n2. The stone.")[:4] == [
        "1",
        "  p The wheel.",
        "  p It was made of oak. It was made well.",
        "2",
    ]


def test_lines_behind_bars() -> None:
    assert among("| Round goes the wheel,\n|    down goes the stone.\n|\n| Round it goes.") == [
        "stanza:",
        "  Round goes the wheel,",
        "  > down goes the stone.",
        "stanza:",
        "  Round it goes.",
    ]


def test_a_table_is_none() -> None:
    assert among("| a | b |\n|---|---|\n| c | d |")[0] == "table"


@pytest.mark.parametrize("ends", ["\n", "  \n", "\\\n"])
@pytest.mark.parametrize("before", ["", "> "])
def test_messages_in_lines_below_each_other(ends: str, before: str) -> None:
    lines = ("**ida:** up?", "**ben:** no", "**ida:** the cat is back")
    assert among(ends.join(before + line for line in lines)) == [
        "chat:",
        "  ida::",
        "    p up?",
        "  ben::",
        "    p no",
        "  ida::",
        "    p the cat is back",
    ]


def test_a_chat_in_a_fence_and_one_with_the_hours_have_one_form() -> None:
    fence = among("```\nida: up?\nben: no\nida: the cat is back\nben: ok\n```")
    hours = among(
        "**ida** (23:11): up?\n\n**ben** (23:12): no\n\n**ida** (23:14): the cat is back\n\n**ben** (23:15): ok"
    )
    assert fence[0] == hours[0] == "chat:"
    assert hours[1:3] == ["  ida (23:11)::", "    p up?"]
    assert fence[1:3] == ["  ida::", "    p up?"]


def test_values_in_a_fence_are_no_chat() -> None:
    assert among("```yaml\nname: ida\nage: 4\nname: ben\nage: 5\n```")[0] == "pre"


@pytest.mark.parametrize(
    ("typed", "wanted", "rule"),
    [
        ("![The mill in May](mill.png){width=50%}", "", ("markup", "{width=50%}")),
        ("He had [small letters]{.smallcaps} on it.", "p He had small letters on it.", ("markup", "{.smallcaps}")),
        ('See [it](#mill){#a .b key="some value"}.', "p See it.", ("markup", '{#a .b key="some value"}')),
    ],
)
def test_what_pandoc_is_told_in_braces(typed: str, wanted: str, rule: tuple[str, str]) -> None:
    parsed = read(f"{TALE}\n\n{typed}\n\n{TALE}\n")
    assert rule in left_out(parsed)
    assert shown(parsed)[1] == wanted or (not wanted and shown(parsed)[1].startswith("figure"))


def test_braces_of_the_story_stay() -> None:
    assert among("He wrote (f(x)){so} and [a]{b}.") == ["p He wrote (f(x)){so} and [a]{b}."]


def test_a_new_page_that_pandoc_is_told_of() -> None:
    parsed = read(f"# One\n\n{TALE}\n\n\\newpage\n\n# Two\n\n{TALE}\n\n\\newpage{{}}\n\n{TALE}\n")
    assert shown(parsed) == ["# [chapter 1] One", TOLD, "# [chapter 2] Two", TOLD, "break", TOLD]
    assert ("markup", "\\newpage") in left_out(parsed)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("epigraph", "epigraph:"), ("{.epigraph #one}", "epigraph:"), ("dedication", "dedication:")],
)
def test_parts_between_colons(name: str, kind: str) -> None:
    parsed = read(f"# One\n\n::: {name}\nThe stone is slow.\n:::\n\n{TALE}\n\n# Two\n\n{TALE}\n")
    assert shown(parsed)[:4] == ["# [chapter 1] One", kind, "  p The stone is slow.", TOLD]
    assert ("markup", f"::: {name}") in left_out(parsed)


def test_parts_in_one_another_and_one_that_never_ends() -> None:
    assert among(":::: outer\n::: verse\nRound goes the wheel,  \ndown goes the stone.\n:::\n::::") == [
        "stanza:",
        "  Round goes the wheel,",
        "  down goes the stone.",
    ]
    assert among("::: epigraph\nThe stone is slow.") == ["p ::: epigraph The stone is slow."]


@pytest.mark.parametrize("entry", ["dedication: For the cat", "dedication: |\n  For the cat"])
def test_a_dedication_above_the_story(entry: str) -> None:
    parsed = read(f"---\ntitle: The Mill\n{entry}\n---\n\n# One\n\n{TALE}\n\n# Two\n\n{TALE}\n")
    assert shown(parsed)[:5] == ["# [front]", "dedication:", "  p For the cat", "# [chapter 1] One", TOLD]
    assert parsed.book.metadata.extra == ()


def test_labels_in_lines_below_each_other_are_lines_and_no_chat() -> None:
    assert among("> **Toll:** 4s. 2d.\n> **Paid:** no") == ["quote:", "  p **Toll:** 4s. 2d. / **Paid:** no"]
