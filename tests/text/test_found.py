"""What `fuzz.py` found, made small: each file once lost a word, was refused or misquoted; and a short run of the fuzzer."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.contracts import Omission
from converter.model import Book, Chapter, Metadata, Origin, Paragraph, Text
from tests.text.fuzz import Parsed, check, remains, run, stands

PROSE = "\n\n".join(
    f"The ferry left at {h}, and nobody on the quay could say who had paid for it, or why." for h in ("six", "nine")
)


@pytest.mark.parametrize(
    "text",
    [
        "Contents\n-----\nOne\n-----\nTwo\n\nThree",  # a list with lines drawn through it
        "[Illustration: a ship\nof war]",  # a picture's place over two lines
        "m[Illustration]l",
        "A/N\n\noOo",
        "Part 1\n\n1 [b]One[/b]\n\n[Footnote *: A plum.]",
        "# [~i]1~ [i] C\n\n~t~ o",
        "Chapter 1<br>\n\n<br>",
        "Contents[Illustration]\n<r>",
        "<i>\n<br>\n[b]",
        "Oo[1]\n\n[1] A plum.",
        "Contents\n\nr{Page 3}d\n\n[P2] x\n\n[P 2]\n\n[P 3]",
        "s:2 - Words:7,7 - Then he said that nobody in all of the village had ever seen a ship as large as that.",
        "漢字《かんじ》漢字《かんじ》漢字《かんじ》",
    ],
)
@pytest.mark.parametrize("notes", ["inline", "end", "drop"])
@pytest.mark.parametrize("place", ["{}\n", "{}\n\n" + PROSE, PROSE + "\n\n{}\n", PROSE + "\n\n{}\n\n" + PROSE])
def test_text(text: str, notes: str, place: str) -> None:
    assert check(place.replace("{}", text).encode(), ".txt", notes) is not None or place == "{}\n"


@pytest.mark.parametrize(
    "text",
    [
        "# v<I>A</I>\n\na",  # a title of the file with a tag in a word
        "# 5 <tp:>\n\nB",
        "# <div s=x>\n<r>x",
        "<summary>M<!--<r>\n3) t",
        "&lt;i&gt; &gt; &bogus; &#7;",
        "<table>\n<tr>\nloose\n<td>cell</td></tr></table>",
        "~~~\nt[^1]e\n~~~\n\n[^1]: A plum.",
        "Chapter 2<br>The Weir[^1]\n\n[^1]: A plum.",
        "<div>Author's Note\nhello</div>",
        "`<System>` and ``code``",
        "[a [b](http://x.example/c) d](http://x.example/e)",
        "[]( http://x.example 'lamp')",
        "## Contents\n\n~~~\nlamp\n~~~",
        "> | a | b |\n> |---|---|\n> | 1 | 2 | three |",
    ],
)
@pytest.mark.parametrize("notes", ["inline", "drop"])
@pytest.mark.parametrize("place", ["{}\n\n" + PROSE, "\n" * 70 + PROSE + "\n\n{}\n\n" + PROSE])
def test_markdown(text: str, notes: str, place: str) -> None:
    assert check(place.replace("{}", text).encode(), ".md", notes) is not None


@pytest.mark.parametrize(
    "line", ["Status: dead.", "Language: French.", "by Ada Thorn", "Rating: T", "Published: Sat, 14 Ju"]
)
@pytest.mark.parametrize("after", ["", "Chapter 1\n\n" + PROSE])
def test_a_line_in_the_midst_of_a_story_is_no_metadata(line: str, after: str) -> None:
    parsed = check(f"{PROSE}\n\n{line}\n\n{PROSE}\n\n{after}".encode(), ".txt", "inline")
    assert parsed is not None
    assert not parsed.omissions


def test_a_heading_alone_is_the_story() -> None:
    parsed = check(f"# {PROSE}".replace("\n", " ").encode(), ".md", "inline")
    assert parsed is not None
    assert parsed.book.chapters


def test_the_fuzzer_finds_nothing_in_a_short_run(tmp_path: Path) -> None:
    tally = run(2.0, 7, tmp_path, most=120)
    assert tally.tried == 120
    assert not tally.kinds


def test_the_fuzzer_knows_a_lost_word() -> None:
    book = Book(Metadata(), (Chapter((Paragraph((Text("the lamp was understanding"),)),)),))
    told = Parsed(book, "", omissions=(Omission("markup", "<i>", Origin("s", 1)),))
    assert remains("the <i>lamp was under-\nstanding", told) == []
    assert "not" in remains("the <i>lamp was not under-\nstanding", told)
    assert remains("the <i>lamp</i> was understanding", told) == ["i"]


def test_the_fuzzer_knows_a_misquotation() -> None:
    def omitted(text: str, line: int) -> Omission:
        return Omission("rule", text, Origin("s", line))

    text = "one\n\n  two three\nfour"
    assert stands(text, omitted("three\nfour", 3))
    assert stands(text, omitted("one\ntwo", 1))
    assert not stands(text, omitted("three", 1))
    assert not stands(text, omitted("two four", 3))
