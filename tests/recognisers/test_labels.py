"""Lines that stand alone above a scene and say when it is, or whose eyes see it; and lines that do not."""

from __future__ import annotations

import pytest

from converter.recognisers.lines.labels import SceneLabel, scene_label

TABLE: dict[SceneLabel, list[str]] = {
    "time": [
        "Later that night",
        "THE NEXT MORNING",
        "The next day",
        "12:04 a.m.",
        "10 PM",
        "23:15",
        "Three days later...",
        "Three days later…",
        "Some time earlier",
        "*Two weeks later*",
        "(A few hours before)",
        "Meanwhile",
        "Present day:",
        "Drei Tage später",
        "Am nächsten Morgen",
        "Le lendemain matin",
        "Tres días después",
        "Tre giorni dopo",
    ],
    "sure": [
        "Ada's POV",
        "POV: Ada",
        "Ada POV",
        "*Ada's Point of View*",
        "Flashback",
        "(Flashback)",
        "Punto de vista de Ada",
    ],
    "end": ["End flashback", "*End of flashback*", "FLASHBACK ENDS"],
    "name": ["[Ruth]", "-- Ruth --", "~ Ada Thorn ~", "<Ada>", "*[Ruth]*"],
    "": [
        "Later that night.",
        "He came a day later.",
        "Three days later, she wrote.",
        '"The next morning"',
        "He saw her point of view.",
        "[Ding!]",
        "[Skill acquired]",
        "pov change",
        "later",
        "No",
        "The lamp",
        "3.14",
        "Chapter 4",
        "The next morning came with rain over all of the harbour",
    ],
}


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind, lines in TABLE.items() for line in lines])
def test_a_line(kind: SceneLabel, line: str) -> None:
    assert scene_label(line) == kind
