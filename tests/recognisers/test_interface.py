"""What is a site's interface on a line, in `interface_rows.tsv`, read by an editor. "text" may be the story's."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.recognisers.lines.interface import (
    is_trail,
    kind_of_row,
    may_open_comments,
    opens_about,
    opens_comments,
    opens_list,
    points_to_notes,
    skips_to_content,
)

TABLE = [
    row.split("\t", 1) for row in (Path(__file__).parent / "interface_rows.tsv").read_text("utf-8").split("\n") if row
]


@pytest.mark.parametrize(("kind", "line"), TABLE)
def test_a_row(kind: str, line: str) -> None:
    assert kind_of_row(line) == ("" if kind == "text" else kind)


def test_what_opens_what() -> None:
    assert opens_comments("Post Comment")
    assert opens_comments("Sort by: Best")
    assert opens_comments("14 thoughts on “The Lamp”")
    assert not opens_comments("Comments were few.")
    assert may_open_comments("(3 comments) - (Post a new comment)")
    assert opens_list("You'll also like", below=False)
    assert opens_list("Related", below=True)
    assert not opens_list("Related", below=False)
    assert opens_about("About the author")
    assert points_to_notes("(See the end of the chapter for more notes.)")
    assert skips_to_content("Skip to content")


def test_a_trail() -> None:
    assert is_trail("Books » Weir Chronicles")
    assert not is_trail("He went. » She stayed.")


def test_a_row_of_words_that_a_story_has_too_is_no_menu() -> None:
    assert kind_of_row("Home | Fiction | Poetry | Submissions | About") == "sure"
    assert kind_of_row("Read | Write | Burn | Story") != "sure"
