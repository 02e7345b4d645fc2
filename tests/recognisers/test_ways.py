"""The words of links, and where they lead: in `ways.tsv`, read by an editor.

"beside": to the page before or after this one; "near": to another page of the work or the site.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.recognisers.lines.ways import leads_back_to_site, leads_beside, leads_nearby, names_home

TABLE = [row.split("\t", 1) for row in (Path(__file__).parent / "ways.tsv").read_text("utf-8").split("\n") if row]


@pytest.mark.parametrize(("kind", "words"), TABLE)
def test_the_words_of_a_link(kind: str, words: str) -> None:
    assert (leads_beside(words), leads_nearby(words)) == (kind == "beside", kind != "text")


def test_home() -> None:
    named = ("Home", "HOMEPAGE", "Startseite", "Accueil", "目录", "top", "Home of the Lamp", "The Tin Whistle", "")
    assert [n for n in named if names_home(n)] == ["Home", "HOMEPAGE", "Startseite", "Accueil", "目录", "top"]


def test_a_way_back_to_a_homepage() -> None:
    said = (
        "Return to my fiction page",
        "Click here to go back to the index",
        "back to the lamp room",
        "Back to page 3",
    )
    assert [s for s in said if leads_back_to_site(s)] == list(said[:2])
