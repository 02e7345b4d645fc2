"""Subjects of messages that bring stories."""

from __future__ import annotations

import pytest

from converter.recognisers.lines.subjects import Subject, read_subject

SUBJECTS = {
    "The Lamp": Subject("The Lamp"),
    "[STORY] The Lamp (1/2)": Subject("The Lamp", 1),
    "Re: [FIC] The Lamp [2/3]": Subject("The Lamp", 2, answers=True),
    "(part 2 of 3) The Lamp by Ann Bell": Subject("The Lamp", 2, "Ann Bell"),
    "The Lamp, part 3 of 3": Subject("The Lamp", 3),
    "NEW: The Lamp 2/? (PG-13)": Subject("The Lamp", 2),
    "FIC: The Lamp, chapter 4": Subject("The Lamp", 4),
    "AW: [Geschichten] Die Lampe (Teil 2 von 5)": Subject("Die Lampe", 2, answers=True),
    "The Lamp by Ann": Subject("The Lamp", author="Ann"),
    "Gone by Morning": Subject("Gone by Morning"),
    "1984": Subject("1984"),
}


@pytest.mark.parametrize(("said", "wanted"), SUBJECTS.items(), ids=SUBJECTS)
def test_subjects(said: str, wanted: Subject) -> None:
    assert read_subject(said, "Ann Bell ann@x.example") == wanted
