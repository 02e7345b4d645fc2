"""What stands above the text of a page."""

from __future__ import annotations

import pytest

from converter.document.model import Chapter, Metadata, Text
from converter.themes import load_theme
from converter.writers.running_heads import HEAD, running_heads, shortened

LONG = "The Long and Uneventful Winter at the Upper Lock"


@pytest.mark.parametrize(
    ("label", "title", "head"),
    [
        ("Chapter 2", "The Lock", "Chapter 2: The Lock"),
        ("Zweites Kapitel", "Der Schlüssel unter der fünften Stufe", "Der Schlüssel unter der fünften Stufe"),
        ("CHAPTER II", "OF THE CONDUCT OF SEVEN CLOCKS AND A BELL", "Of the Conduct of Seven Clocks and a Bell"),
        ("CHAPTER III", "A DIGRESSION UPON PUDDINGS", "Chapter III: A Digression Upon Puddings"),
        ("", "The Ferryman’s Almanac: Being an Account of Nine Years", "The Ferryman’s Almanac"),
        ("", "Of the lamp that was lit, and of the boat that did not come", "Of the lamp that was lit …"),
        ("", "The Night of the Nine Kettles and of All That It Brought Us", "The Night of the Nine Kettles …"),
        (
            "",
            "The History of the Harbour Master’s Daughter and the Seven",
            "The History of the Harbour Master’s Daughter …",
        ),
        ("Chapter 1", "", "Chapter 1"),
    ],
)
def test_the_title_of_a_chapter_is_whole_or_makes_sense(label: str, title: str, head: str) -> None:
    chapter = Chapter((), (Text(label),) if label else (), (Text(title),) if title else ())
    metadata = Metadata(title=LONG, language="en")
    assert running_heads(chapter, metadata, load_theme("classic"))[1] == head


@pytest.mark.parametrize("name", ["12", "XII", "12.", "十二", "١٢", "– 3 –"])
@pytest.mark.parametrize("theme", ["classic", "modern", "serial"])
def test_no_bare_number_stands_beside_that_of_the_page(name: str, theme: str) -> None:
    for chapter in (Chapter((), (Text(name),)), Chapter((), (), (Text(name),))):
        heads = running_heads(chapter, Metadata(title="Low Water", language="en"), load_theme(theme))
        assert set(heads) == {"Low Water"}


def test_a_label_in_capitals_is_calmed_beside_a_title() -> None:
    chapter = Chapter((), (Text("CHAPTER TWO"),), (Text("The Lock"),))
    assert (
        running_heads(chapter, Metadata(title=LONG, language="en"), load_theme("classic"))[1] == "Chapter Two: The Lock"
    )


@pytest.mark.parametrize("length", range(40, 200, 7))
def test_a_head_is_never_too_long(length: int) -> None:
    for text in ("of " * length, "a" * length, "Wordy " * length, "One, two, " * length):
        assert len(shortened(text.strip())) <= HEAD
