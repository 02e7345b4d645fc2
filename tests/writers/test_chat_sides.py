"""Turns of a chat stand on the side of whoever speaks; where more than two do, their names tell them apart."""

from __future__ import annotations

import pytest

from converter.document.model import Paragraph, Speech, Text
from converter.writers.chat_sides import sides, speaker_key


def turn(name: str) -> Speech:
    return Speech((Text(name),), (Paragraph((Text("hello"),)),))


@pytest.mark.parametrize(
    ("names", "taken"),
    [
        (["ann:", "Brandt:", "Ann:"], {"ann": "side-a", "brandt": "side-b"}),
        (["[21:04] Ann:", "[21:05] brandt:", "[21:09] Ann:"], {"ann": "side-a", "brandt": "side-b"}),
        (["9:04 pm - Ann:", "9:05 pm - Brandt:"], {"ann": "side-a", "brandt": "side-b"}),
        (["14/06/2019, 18:03 - Ann:", "<Brandt>"], {"ann": "side-a", "brandt": "side-b"}),
        (["Ann:", "Ann:"], {}),
        (["Ann:", "Brandt:", "Ness:"], {}),
    ],
)
def test_each_of_two_has_one(names: list[str], taken: dict[str, str]) -> None:
    assert sides([turn(name) for name in names]) == taken


def test_whoever_speaks_twice_stays_where_he_was() -> None:
    turns = [turn(name) for name in ("Ann:", "Brandt:", "Brandt:", "Ann:")]
    assert [sides(turns)[speaker_key(t)] for t in turns] == ["side-a", "side-b", "side-b", "side-a"]
