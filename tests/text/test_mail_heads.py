"""Stories that were sent as a mail or posted in a news group."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.document.words import book_text
from converter.parsers.text.options import TextOptions
from converter.parsers.text.reading import read_text

PROSE = (
    "The harbour master counted the boats again, though nobody had come in since noon and nobody would now.",
    "“Eleven,” he told the cat. The cat, who had counted twelve, looked at the place where the twelfth had been.",
    "By evening there was a lamp in every window but one, and it was that one at which people did not look.",
)


def read(*lines: str, body: tuple[str, ...] = PROSE) -> Parsed:
    text = "\n".join(lines) + "\n\n" + "\n\n".join(body) + "\n"
    return read_text(Source("post.txt", text.encode(), ".txt"), TextOptions())


@pytest.mark.parametrize(
    ("lines", "author"),
    [
        (("From: Ida Fen <ida@harbour.example>", "Subject: The Twelfth Boat", "Date: 2001-03-04"), "Ida Fen"),
        (
            ("From: ida@harbour.example (Ida Fen)", "Newsgroups: alt.stories.sea", "Subject: The Twelfth Boat"),
            "Ida Fen",
        ),
        (("Subject: [seastories] Re: The Twelfth Boat", "From: ida@harbour.example"), ""),
        (("Von: Ida Fen <ida@harbour.example>", "Betreff: AW: The Twelfth Boat"), "Ida Fen"),
    ],
)
def test_the_head_of_a_post_is_the_story_s(lines: tuple[str, ...], author: str) -> None:
    made = read(*lines)
    assert made.book.metadata.title == "The Twelfth Boat"
    assert "; ".join(person.name for person in made.book.metadata.people) == author
    assert book_text(made.book).startswith("The harbour master")
    left_out = "\n".join(omission.text for omission in made.omissions)
    assert all(line in left_out for line in lines)


def test_a_mail_of_the_story_stays_in_it() -> None:
    lines = ("From: Ida Fen <ida@harbour.example>", "To: The Harbour Master", "Subject: The Twelfth Boat")
    made = read(*lines)
    assert all(line in book_text(made.book) for line in lines)
    assert not made.book.metadata.people


def test_the_first_of_several_mails_is_the_story_s_own() -> None:
    head = ("From: Ida Fen <ida@harbour.example>", "Subject: The Twelfth Boat")
    made = read(*head, body=(*PROSE, "From: the cat", "Subject: Re: The Twelfth Boat", *PROSE))
    assert book_text(made.book).count("Subject:") == 2
