"""Every word of a Markdown file is in the book, or left out by name with its line: tags, links, marks, numbers."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed
from tests.pages.making import shown
from tests.text.fuzz import check

PROSE = "\n\n".join(
    f"The ferry left at {h}, and nobody on the quay could say who had paid for it, or why." for h in ("six", "nine")
)
LAST = "p Then they all went home."


def read(text: str) -> Parsed:
    """Prose and then this text (from line 5), with every law of the fuzzer: nothing lost, nothing misquoted."""
    parsed = check(f"{PROSE}\n\n{text}\n\nThen they all went home.\n".encode(), ".md", "inline")
    assert parsed is not None
    return parsed


def between(parsed: Parsed) -> list[str]:
    """What is shown between the prose and the last line, which are there in any case."""
    lines = shown(parsed, PROSE.split("\n\n"))
    assert lines[:1] == ["prose(1)"]
    assert lines[-1].strip() == LAST
    return lines[1:-1]


def told(parsed: Parsed) -> list[tuple[str, int]]:
    return [(o.text, o.origin.line) for o in parsed.omissions]


@pytest.mark.parametrize(
    "text",
    [
        "* * * * * * Six months later",
        "- - - - - - - - - - - - later",
        "[Kestrel]: Hello, said the bird",
        "[Kestrel]: Hello",
        "[Kestrel]: <Hello>",
        "<System> Level up.",
        "<System>",
        "said <Alice> to <b you>",
        "<!-- never closed",
        "<![CDATA[ lamp ]]> <?lamp ?>",
        "<script>lamp",
        "<title>lamp</title>",
    ],
)
def test_what_only_looks_like_markup_is_text(text: str) -> None:
    parsed = read(text)
    assert between(parsed) == [f"p {text}"]
    assert not parsed.omissions


def test_an_escaped_bracket_is_a_bracket() -> None:
    assert between(read("\\<System> Level up.")) == ["p <System> Level up."]


@pytest.mark.parametrize("mark", ["> ", "- ", "* ", "1. ", "> - "])
@pytest.mark.parametrize("deep", [9, 21, 60, 400])
def test_words_in_deep_nests_are_kept(mark: str, deep: int) -> None:
    """They are as deep as Markdown goes, then the marks are text, which is better than none."""
    (*_, last) = between(read(mark * deep + "lamp"))
    assert last.endswith("lamp")
    assert set(last.removesuffix("lamp")) <= set(f"p {mark}")


def test_lists_indented_ever_deeper_are_kept() -> None:
    parsed = read("\n".join(f"{'  ' * n}- lamp{n}" for n in range(80)))
    assert [line.strip() for line in between(parsed) if line.strip() != "-"] == [f"p lamp{n}" for n in range(80)]


@pytest.mark.parametrize("row", ["| one | two | three | four |", "one | two | three | four"])
def test_cells_beyond_the_last_column_are_part_of_it(row: str) -> None:
    assert between(read(f"| a | b |\n|---|---|\n{row}")) == ["table", "  a | b", "  one | two | three | four"]


def test_a_definition_has_an_address_and_a_use() -> None:
    parsed = read("See [the road][road].\n\n[road]: http://x.example/a 'Salt'\n[weir]: http://x.example/b")
    assert between(parsed) == ["p See [the road](http://x.example/a).", "p [weir]: http://x.example/b"]
    assert told(parsed) == [("[road]: http://x.example/a 'Salt'", 7), ("][road]", 5)]


def test_addresses_pictures_tags_and_numbers_are_named_where_they_stand() -> None:
    parsed = read(
        "A [link](http://x.example 'Salt'),\n![a lamp](a.png) and <b>loud</b>.\n\n```python\nx\n```\n\n1. one\n2. two\n\n"
        "<div\nclass=x>\nraw\n</div>\n\n<!-- a\nnote -->"
    )
    assert told(parsed) == [
        ("](http://x.example 'Salt')", 5), ("![a lamp](a.png)", 6), ("<b>", 6), ("</b>", 6), ("python", 8),
        ("1.", 12), ("2.", 13), ("<div\nclass=x>", 15), ("</div>", 18), ("<!-- a\nnote -->", 20),
    ]  # fmt: skip


def test_a_dropped_note_of_the_author_is_quoted_as_it_stands() -> None:
    parsed = check(f"{PROSE}\n\n{PROSE}\n\n**A/N:** thanks, <b>all</b> of *you*\n".encode(), ".md", "drop")
    assert parsed is not None
    assert told(parsed) == [("<b>", 9), ("</b>", 9), ("A/N:** thanks", 9), ("all", 9), ("of *you", 9)]


def test_marks_of_notes_are_named_as_they_stand() -> None:
    parsed = read("It was late.[^a]\n\nIt was dark.[^1]\n\n[^1]: By the clock.\n\n[^a]: By the *lamp*.")
    assert sorted(told(parsed)) == [("[^1]", 7), ("[^1]:", 9), ("[^a]", 5), ("[^a]:", 11)]
    assert between(parsed) == ["p It was late.[^1 p By the _lamp_.]", "p It was dark.[^2 p By the clock.]"]


@pytest.mark.parametrize("text", ["Ada: hello there\nBob: hi.", "title: x\nAnd then it rained."])
def test_what_people_say_under_a_line_is_no_metadata(text: str) -> None:
    parsed = check(f"---\n{text}\n---\n\n{PROSE}\n".encode(), ".md", "inline")
    assert parsed is not None
    assert shown(parsed, PROSE.split("\n\n")) == ["p " + text.replace("\n", " "), "break", "prose(1)"]


def test_metadata_is_quoted_from_its_first_line() -> None:
    parsed = check(f"---\ntitle: Road\n\ndate: Sat, 14 Ju\n---\n\n{PROSE}\n".encode(), ".md", "inline")
    assert parsed is not None
    assert told(parsed) == [("title: Road\ndate: Sat, 14 Ju", 2)]


def test_lists_and_blocks_of_front_matter_are_read_whole() -> None:
    front = "---\ntitle: Third\nauthor:\n  - Kim Ro\n  - Lee Sand\nsummary: |\n  A third son\n  goes out.\n---\n\n"
    parsed = check(f"{front}Once upon a time there was a third son.\n".encode(), ".md", "inline")
    assert parsed is not None
    assert parsed.book.metadata.authors == ("Kim Ro", "Lee Sand")
    assert parsed.book.metadata.description == "A third son goes out."


def test_what_front_matter_tells_a_program_stands_on_no_page() -> None:
    """It is told as left out, as all front matter; what people note there for themselves stays."""
    front = "---\ntitle: Third\nlayout: post\ncover-image: assets/cover.png\nweight: 3\npov: Ondine\n---\n\n"
    parsed = check(f"{front}Once upon a time there was a third son.\n".encode(), ".md", "inline")
    assert parsed is not None
    assert parsed.book.metadata.extra == (("pov", "Ondine"),)
    assert any("assets/cover.png" in omission.text for omission in parsed.omissions)
