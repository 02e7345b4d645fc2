"""Lines that looked like headings and were not taken: told with their reason, the nearest first, and never too many."""

from __future__ import annotations

import textwrap

from converter.document.contracts import Evidence, Parsed, Source
from converter.document.findings.union import Finding
from converter.parsers.text import TextOptions, text_parser
from converter.recognisers.headings.misses import MISSES_TOLD

PROSE = (
    "The lamp went out at nine, and nobody on the pier could say who had lit it in the first place. They waited for "
    "the boats until the tide had turned, and when it had turned they went home by the lower road and said nothing."
)
STORY = f"Title: The Salt Road\n\n{PROSE}\n\nHESPER\n\n{PROSE}\n\nODILE\n\n{PROSE}\n\nHESPER\n\n{PROSE}\n"


def read(text: str, *patterns: str) -> Parsed:
    return text_parser(TextOptions(chapter=patterns))(Source("story.txt", text.encode(), ".txt"))


def misses(text: str) -> list[Evidence]:
    return [e for e in read(text).evidence if e.topic == "no heading"]


def pattern_doubts(text: str, *patterns: str) -> list[Finding]:
    return [d for d in read(text, *patterns).findings if d.code == "chapter-pattern"]


def test_a_name_in_capitals_is_told_with_what_it_lacks() -> None:
    found = misses(STORY)
    assert [(e.found, e.origin.line if e.origin else 0) for e in found] == [("HESPER", 5), ("ODILE", 9)]
    assert "1 blank line stands before it, as before any paragraph" in found[0].why
    assert "(2 such lines)" in found[0].why


def test_a_number_without_neighbours_and_a_lone_sign_say_so() -> None:
    text = f"Chapter 1\n\n{PROSE}\n\n7. Salt\n\n{PROSE}\n\n~ Low Water ~\n\n{PROSE}\n\nChapter 2\n\n{PROSE}\n"
    why = {e.found: e.why for e in misses(text)}
    assert "before or after 7" in why["7. Salt"]
    assert "no other line" in why["~ Low Water ~"]


def test_what_became_a_heading_or_is_the_title_is_no_miss() -> None:
    assert misses(f"THE SALT ROAD\n\nChapter 1\n\n{PROSE}\n\nChapter 2\n\n{PROSE}\n\nTHE END\n") == []
    assert misses(f"Chapter 1\n\nLOW WATER\n\n{PROSE}\n\nChapter 2\n\nHIGH WATER\n\n{PROSE}\n") == []


def test_ordinary_speech_is_no_miss() -> None:
    assert (
        misses(f'Chapter 1\n\n{PROSE}\n\n"No."\n\n"Yes," said Odile.\n\nI see.\n\nSilence\n\nChapter 2\n\n{PROSE}\n')
        == []
    )


def test_the_nearest_come_first_and_their_number_is_bounded() -> None:
    names = "".join(f"NAME {chr(65 + n)}\n\n{PROSE}\n\n" for n in range(26))
    found = misses(f"{PROSE}\n\n" + names + f"Prologue\n{PROSE}\n\n3. Salt\n\n{PROSE}\n")
    assert len(found) == MISSES_TOLD
    assert [e.confidence for e in found] == sorted(e.confidence for e in found)


def test_a_pattern_that_finds_nothing_shows_the_nearest_lines() -> None:
    (doubt,) = pattern_doubts(STORY, "^Day")
    assert doubt.severity == "warning"
    assert "“^Day”" in doubt.message
    assert "5 “HESPER”; 9 “ODILE”" in doubt.message
    (doubt,) = pattern_doubts(STORY.replace("ODILE", "Chapter 2"), "^HESPER", "^Day")
    assert "“^Day”" in doubt.message
    assert "9 “Chapter 2”" in doubt.message


def test_a_pattern_that_matches_inside_paragraphs_says_where() -> None:
    wrapped = textwrap.fill(f"{PROSE} {PROSE}", 60).split("\n")
    text = "\n".join(
        [*wrapped, "", *wrapped[:3], "Day 2 was no better for any of them, and nobody spoke.", *wrapped[3:]]
    )
    (doubt,) = pattern_doubts(text, "^Day")
    assert f"line {len(wrapped) + 5}" in doubt.message


def test_a_pattern_that_finds_something_is_not_spoken_of() -> None:
    assert pattern_doubts(STORY, "^[A-Z]+$") == []


def test_flags_and_groups_of_one_pattern_do_not_reach_another() -> None:
    text = STORY.replace("ODILE", "aa bb")
    parsed = read(text, "(?i)^hesper", r"^(\w)\1 (\w)\2$")
    assert len([1 for _, c in parsed.book.walk() if c.kind == "chapter"]) == 3
