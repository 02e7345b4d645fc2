"""Which revision a file's name says that it is."""

from __future__ import annotations

import pytest

from converter.recognisers.metadata.versions import EARLY, FINAL, date_in, version_of

NAMES = {
    "salt road": 0,
    "salt road 2": 0,
    "salt road (1)": 0,
    "salt road v2": 2,
    "salt_road_v12": 12,
    "salt-road-rev3": 3,
    "salt road revised": 1,
    "salt road (draft)": EARLY,
    "salt road old": EARLY,
    "salt_road_final": FINAL,
    "salt_road_final2": FINAL + 2,
    "salt road final draft 3": FINAL,
    "the final empire": 0,
    "salt road (edited by Jo)": 1,
    "salt road (rev 3, Jo)": 3,
    "salt road (from Jo)": 0,
    "salt road final v2": FINAL + 2,
    "salt road FINAL final": FINAL + 100,
    "salt road FINAL final (edited by Jo)": FINAL + 101,
    "salzstraße überarbeitet 2": 2,
    "salzstraße entwurf": EARLY,
    "route du sel brouillon": EARLY,
}


@pytest.mark.parametrize("stem", NAMES)
def test_version(stem: str) -> None:
    assert version_of(stem) == NAMES[stem]


def test_a_day_in_a_name() -> None:
    assert date_in("salt 2024-05-31") == date_in("20240531_salt") == "2024-05-31"
    assert date_in("salt 123456789") == date_in("salt 2024") == ""
