"""Dashes, ellipses, spaces: what changes and what must stay."""

from __future__ import annotations

import pytest

from converter.build.pipeline import understand
from converter.build.settings import Settings
from converter.document.contracts import Source
from converter.document.model import Paragraph
from converter.document.words import plain_text
from tests.passes import improve, typeset


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("He waited--then left -- quickly.", "He waited—then left—quickly."),
        ("She laughed - a short laugh - and went.", "She laughed—a short laugh—and went."),
        ('"I didn\'t-" "You did."', "“I didn’t—” “You did.”"),
        ('"But--"', "“But—”"),
        ("It fell---hard.", "It fell—hard."),
        ('He stopped -- "then," she said.', "He stopped—“then,” she said."),
        ("Mr. B---- of ----shire", "Mr.\u00a0B—— of ——shire"),
        ("He lived 1914-1918, pages 3-4.", "He lived 1914–1918, pages 3-4."),
        ("-- No, he said.", "—No, he said."),
        ("Well-known, I-I mean, co-op.", "Well-known, I-I mean, co-op."),
        ("The score was 3 - 2.", "The score was 3 - 2."),
        ("----------", "----------"),
        ("Call 555-1234 or 2001-01-01.", "Call 555-1234 or 2001-01-01."),
    ],
)
def test_dashes(typed: str, wanted: str) -> None:
    assert typeset(typed) == wanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Wait... what?", "Wait… what?"),
        ("Wait . . . what?", "Wait\u00a0… what?"),
        ("He stopped.... Then on.", "He stopped.… Then on."),
        ("He stopped. ...And then", "He stopped. …And then"),
        ('"..." he said.', "“…” he said."),
        ("Chapter One .......... 12", "Chapter One .......... 12"),
        ("Odd.. dots", "Odd.. dots"),
    ],
)
def test_ellipses(typed: str, wanted: str) -> None:
    assert typeset(typed) == wanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("She stared at him in disbelief .", "She stared at him in disbelief."),
        ("Two  spaces.  And\ttabs. ", "Two spaces. And tabs."),
        ('"Go , now !" he said .', "“Go, now!” he said."),
        ('He said ,"Go."', "He said, “Go.”"),
        ("He paid .50 and got a .45", "He paid .50 and got a .45"),
        ("Happy :) or sad ;-(", "Happy :) or sad ;-("),
        ('" Hello, " she said.', "“Hello,” she said."),
    ],
)
def test_spaces(typed: str, wanted: str) -> None:
    assert typeset(typed) == wanted


def test_every_change_is_on_record() -> None:
    _, changes, _ = improve("en", "We´ve lost it .", '"Oh--"')
    assert {(c.rule, c.before, c.after) for c in changes} == {
        ("spaces", " ", ""),
        ("apostrophes", "´", "’"),
        ("dashes", "--", "—"),
        ("quotes", '"', "“"),
        ("quotes", '"', "”"),
    }


def test_code_stays_as_it_is_typed() -> None:
    typed = 'Say `oil --slow "x"` -- and "wait..." `a...b` "no--yes".\n'
    book = understand([Source("guide.md", typed.encode(), ".md")], Settings()).book
    assert "".join(plain_text(b.content) for _, c in book.walk() for b in c.blocks if isinstance(b, Paragraph)) == (
        'Say oil --slow "x"—and “wait…” a...b “no—yes”.'
    )


@pytest.mark.parametrize(
    ("language", "typed", "wanted"),
    [
        ("ru", ["Он – врач.", "– Куда?", "года 1914 – 1918"], ["Он — врач.", "— Куда?", "года 1914 – 1918"]),
        ("fr", ["— Où ?", "– Là.", "Lui – un peu."], ["— Où\u202f?", "— Là.", "Lui – un peu."]),
        ("fr", ["– Où ?", "– Là."], ["– Où\u202f?", "– Là."]),
        ("fr", ["- Où ?", "– Là."], ["— Où\u202f?", "— Là."]),
        ("pl", ["– Nie.", "— Tak."], ["– Nie.", "– Tak."]),
        ("en", ["– No.", "— Yes."], ["– No.", "— Yes."]),
    ],
)
def test_dashes_that_are_typed_as_such(language: str, typed: list[str], wanted: list[str]) -> None:
    assert improve(language, *typed)[0] == wanted
