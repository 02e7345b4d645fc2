"""Short texts that look like lists and are told: in doubt a file is a story."""

from __future__ import annotations

import pytest

from converter.folders.kinds import no_story
from tests.folders import told

POINTS = "- the aunt did it\n- cut the last line\n- move the fire\n- names: Hedda, Odile\n"
RECIPE = "200 g lentils\n1 onion\n2 carrots\n1 l stock\n"


@pytest.mark.parametrize(
    "text",
    [
        "- Where is she?\n- Gone.\n- Gone where?\n- To the mill, they say.\n",
        "The Quay\n\n– Wo ist sie?\n– Fort.\n– Wohin?\n– Zur Mühle, heißt es.\n",
        "Salt on the road\nrain on the weir\nno one is owed\nno one is here\n",
        "1 crow for sorrow\n2 for mirth\n3 for a wedding\n4 for a birth\n",
        "1. Hedda came home at last.\n2. The lamp was lit.\n3. Nobody spoke.\n4. The rain went on.\n",
        f"{RECIPE}\n{told('soup', 8)}",
        f"{POINTS}\n{told('aunt', 3)}",
        POINTS * 40 + told("behind what is seen at first"),
    ],
)
def test_what_may_be_told_is_a_story(text: str) -> None:
    assert not no_story("quay.txt", text.encode()[:4096])


@pytest.mark.parametrize(("text", "what"), [(POINTS, "a list of points"), (RECIPE, "a recipe")])
def test_what_is_surely_a_list_is_none(text: str, what: str) -> None:
    assert no_story("quay.txt", text.encode()) == what
