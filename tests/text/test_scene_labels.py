"""Labels of scenes in texts, Markdown and pages: the scene above ends at each that is one beyond doubt."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.parsers.html import html_parser
from converter.parsers.markdown import parse_markdown
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import PROSE, shown

KINDS = (".txt", ".md", ".html")


def read(parts: list[str], suffix: str) -> Parsed:
    """A story of these parts, "" for a piece of prose, with a piece before and behind."""
    told = [line for part in ("", *parts, "") for line in ((part,) if part else PROSE)]
    text = "\n\n".join(told)
    if suffix == ".html":
        text = f"<html lang=en><body>{''.join(f'<p>{line}</p>' for line in told)}</body></html>"
    source = Source(f"story{suffix}", text.encode(), suffix)
    parsed = (
        parse_markdown(source)
        if suffix == ".md"
        else html_parser(text=text_parser())(source)
        if suffix == ".html"
        else text_parser()(source)
    )
    prove_parsed(parsed)
    return parsed


@pytest.mark.parametrize("suffix", KINDS)
def test_labels_that_stand_again_and_again(suffix: str) -> None:
    assert shown(read(["Later that night", "", "THE NEXT MORNING"], suffix)) == [
        "prose(1)",
        "break",
        "p Later that night",
        "prose(1)",
        "break",
        "p THE NEXT MORNING",
        "prose(1)",
    ]


@pytest.mark.parametrize("suffix", KINDS)
def test_whose_eyes_see_a_scene_is_a_label_alone(suffix: str) -> None:
    assert shown(read(["Ada's POV"], suffix)) == ["prose(1)", "break", "p Ada's POV", "prose(1)"]


@pytest.mark.parametrize("suffix", KINDS)
def test_what_is_told_between_ends_with_its_label(suffix: str) -> None:
    assert shown(read(["Flashback", "", "End flashback"], suffix)) == [
        "prose(1)",
        "break",
        "p Flashback",
        "prose(1)",
        "p End flashback",
        "break",
        "prose(1)",
    ]


@pytest.mark.parametrize("suffix", KINDS)
@pytest.mark.parametrize("line", ["Later that night", "[Brandt]", "[Laughter]"])
def test_one_line_alone_may_be_a_sentence_cut_short(line: str, suffix: str) -> None:
    assert shown(read([line], suffix)) == ["prose(1)", f"p {line}", "prose(1)"]


def test_names_of_persons_of_whom_is_told() -> None:
    assert shown(read(["[Brandt]", "", "[Brandt]"], ".txt")).count("break") == 2
    assert shown(read(["[Laughter]", "", "[Laughter]"], ".txt")).count("break") == 0


def test_a_label_below_a_break_shows_what_others_are() -> None:
    said = shown(read(["***", "Three days later...", "", "12:04 a.m.", ""], ".txt"))
    assert [line for line in said if line.startswith("break")] == ["break ***", "break"]


def test_lines_without_a_blank_line_are_no_labels() -> None:
    told = "\n".join((*PROSE, "Later that night", *PROSE, "Three days later", *PROSE))
    parsed = text_parser()(Source("story.txt", told.encode(), ".txt"))
    assert "break" not in shown(parsed)
