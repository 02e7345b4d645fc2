"""What programs for notes and word processors write into Markdown: ids, links between notes, comments, fields, tags;
and an author who stands below the title without "by"."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed
from tests.pages.making import shown
from tests.text.fuzz import check

PROSE = "\n\n".join(
    f"The ferry left at {h}, and nobody on the quay could say who had paid for it, or why." for h in ("six", "nine")
)


def read(text: str) -> Parsed:
    parsed = check(text.encode(), ".md", "inline")
    assert parsed is not None
    return parsed


@pytest.mark.parametrize(
    ("typed", "wanted", "left_out"),
    [
        ("[[Ada Thorn|Ada]] went out.", "Ada went out.", [("link", "Ada Thorn")]),
        ("[[Ada]] went out.", "Ada went out.", []),
        ("She read ==three pages== of it.", "She read three pages of it.", []),
        ("It was 5^2 == 25 and a === b.", "It was 5^2 == 25 and a === b.", []),
        ("He went. ^abc-1", "He went.", [("name of a block", "^abc-1")]),
        ("He went. %% why? %%", "He went.", [("comment", "why?")]),
        ("He went.%% one sign alone", "He went.%% one sign alone", []),
        ("It was 20%% of one and 30%% of all.", "It was 20%% of one and 30%% of all.", []),
        ("Name:: Value", "Name:: Value", []),
        ("[[System: level up!]]", "[[System: level up!]]", []),
        ("#blessed", "#blessed", []),
    ],
)
def test_what_a_program_for_notes_writes_in_a_line(typed: str, wanted: str, left_out: list[tuple[str, str]]) -> None:
    parsed = read(f"{PROSE}\n\n{typed}\n\n{PROSE}\n")
    assert shown(parsed, PROSE.split("\n\n")) == ["prose(1)", f"p {wanted}", "prose(1)"]
    assert [(o.rule, o.text) for o in parsed.omissions] == left_out


def test_fields_tags_and_callouts() -> None:
    parsed = read(
        f"up:: [[Home]]\n\n# The Ferry\n#tale #wip\n\n> [!note] For Bea\n\n{PROSE}\n\n%%\nlonger?\n%%\n\n#done\n"
    )
    assert shown(parsed, PROSE.split("\n\n")) == ["quote:", "  p For Bea", "prose(1)"]
    assert [(o.rule, o.text) for o in parsed.omissions] == [
        ("metadata", "up:: [[Home]]"),
        ("metadata", "#tale #wip"),
        ("mark of a callout", "> [!note]"),
        ("comment", "longer?"),
        ("metadata", "#done"),
        ("duplicate title", "The Ferry"),
    ]


def test_ids_behind_headings_are_no_words_of_theirs() -> None:
    parsed = read(
        f"# The Ferry {{#the-ferry}}\n\n## **Oars** {{#oars .unnumbered}}\n\n{PROSE}\n\n## Sails\n\n{PROSE}\n"
    )
    assert parsed.book.metadata.title == "The Ferry"
    assert shown(parsed, PROSE.split("\n\n")) == [
        *("# [chapter] Oars", "prose(1)"),
        *("# [chapter] Sails", "prose(1)"),
    ]


@pytest.mark.parametrize("name", ["*Ada Thorn-Bell*", "**Ada Thorn-Bell**"])
def test_a_name_in_emphasis_below_the_title_is_the_authors(name: str) -> None:
    parsed = read(f"# The Ferry\n\n{name}\n\n{PROSE}\n")
    assert parsed.book.metadata.authors == ("Ada Thorn-Bell",)
    assert shown(parsed, PROSE.split("\n\n")) == ["prose(1)"]


@pytest.mark.parametrize(
    "text",
    [
        f"# Chapter One\n\n*Ada Thorn*\n\n{PROSE}\n",
        f"# The Ferry\n\n*Nobody on the Quay*\n\n{PROSE}\n",
        f"# The Ferry\n\n*Ada Thorn*\n\n{PROSE}\n\n## Later\n\n*Tom Reed*\n\n{PROSE}\n",
    ],
)
def test_who_tells_a_chapter_is_no_author(text: str) -> None:
    assert read(text).book.metadata.authors == ()


@pytest.mark.parametrize("label", ["*Chapter {0}*: {1}", "**Chapter {0}** - {1}", "__Chapter {0}__: {1}"])
def test_a_label_in_emphasis_is_a_headings(label: str) -> None:
    parsed = check(
        "\n\n".join(f"{label.format(k, t)}\n\n{PROSE}" for k, t in ((1, "Keys"), (2, "The Room"))).encode(),
        ".txt",
        "inline",
    )
    assert parsed is not None
    assert shown(parsed, PROSE.split("\n\n")) == [
        *("# [chapter 1] Chapter 1 / Keys", "prose(1)"),
        *("# [chapter 2] Chapter 2 / The Room", "prose(1)"),
    ]


def test_an_arrow_at_what_stands_above_is_the_story_s() -> None:
    assert "^this" in "\n".join(shown(read("Agreed. ^this\n\nAgreed again.\n")))


PROPERTIES = "Status: Draft 2\nWords: 85\nLast edited: March 5, 2023 10:12 PM"


@pytest.mark.parametrize(
    "properties",
    [PROPERTIES, "Status: In progress\nPOV: Ines\nWord goal: 1200\nUpdated: 5 March 2023\nTags: clay, fire"],
)
def test_a_pages_properties_are_left_out_one_by_one(properties: str) -> None:
    parsed = read(f"# The Kiln\n\n{properties}\n\n{PROSE}\n")
    assert shown(parsed, PROSE.split("\n\n")) == ["prose(1)"]
    told = [o.text for o in parsed.omissions if o.rule == "metadata"]
    assert told == properties.split("\n")
    assert parsed.book.metadata.subtitle == ""


def test_properties_say_what_the_work_is_but_not_how_long_the_page() -> None:
    said = read(f"# The Kiln\n\nAuthor: Ines Roe\nWords: 85\nTags: clay, fire\n\n{PROSE}\n").book.metadata
    assert ([p.name for p in said.people], said.tags, said.words) == (["Ines Roe"], ("clay", "fire"), "")


@pytest.mark.parametrize(
    "lines",
    [
        "Ann: I am here.\nBob: So am I.",
        "Status: Draft 2",
        "Ann: left\nBob: right\nKarl: straight on",
        "Status: it was over.\nWords: there were none left.",
    ],
)
def test_lines_of_a_story_with_colons_are_its_own(lines: str) -> None:
    parsed = read(f"# The Kiln\n\n{lines}\n\n{PROSE}\n")
    assert not [o for o in parsed.omissions if o.rule == "metadata"]
