"""Interactive stories as Twine publishes them: passages with their names as headings, links as words that lead on."""

from __future__ import annotations

import re
from html import escape

import pytest

from tests.pages.making import left_out, page, read, shown, text

TOLD = "Odile stood before the mill, and the door was shut."


def twine(*passages: tuple[str, str]) -> bytes:
    told = "".join(
        f'<tw-passagedata pid="{n}" name="{escape(name)}" tags="" position="9,9">{escape(said)}</tw-passagedata>'
        for n, (name, said) in enumerate(passages, 1)
    )
    code = '<style role="stylesheet">p { margin: 0 }</style><script role="script">window.lamp = 1;</script>'
    story = f'<tw-storydata name="The Mill" startnode="1" format="Harlowe" hidden>{code}{told}</tw-storydata>'
    return page(f"<tw-story></tw-story>{story}<script>run();</script>", "<title>The Mill</title>")


def test_each_passage_stands_under_its_name() -> None:
    parsed = read(twine(("Start", f"{TOLD}\n\n“Who’s there?” she asked."), ("The “back” door", "Nobody came.")))
    assert parsed.book.metadata.title == "The Mill"
    assert shown(parsed) == [
        "# [chapter] Start", f"p {TOLD}", "p “Who’s there?” she asked.", "# [chapter] The “back” door", "p Nobody came.",
    ]  # fmt: skip
    assert [f.code for f in parsed.findings if f.severity == "doubt"] == ["page-played"]


@pytest.mark.parametrize(
    ("link", "words", "aside"),
    [
        ("[[Go down->Stairs]]", "Go down", "->Stairs]]"),
        ("[[Stairs<-Hinunter]]", "Hinunter", "Stairs<-"),
        ("[[Descendre|Stairs]]", "Descendre", "|Stairs]]"),
        ("[[Stairs]]", "Stairs", ""),
        ("[[Go down|Stairs][$lamp to 1]]", "Go down", "|Stairs][$lamp to 1]]"),
    ],
)
def test_a_link_is_the_words_that_are_read(link: str, words: str, aside: str) -> None:
    parsed = read(twine(("Start", f"{TOLD} {link}, or not."), ("Stairs", "The well was dry.")))
    assert f"{TOLD} {words}, or not." in text(parsed)
    assert left_out(parsed) == ([("where a link leads", aside)] if aside else [])


def test_links_lead_to_their_passages() -> None:
    """Whichever passage stands first."""
    book = repr(read(twine(("Start", f"{TOLD}\n[[Down->The Stairs]]"), ("The Stairs", "Dry. [[Up->Start]]"))).book)
    targets, places = re.findall(r"Link\(target='#(at-\w+)'", book), re.findall(r"Anchor\(key='(at-\w+)'", book)
    assert targets == places[::-1]
    assert len(set(places)) == 2


def test_a_link_to_no_passage_is_words() -> None:
    assert "Link(" not in repr(read(twine(("Start", f"{TOLD} [[Down->Nowhere]]"))).book)


@pytest.mark.parametrize("said", ["He wrote [[sic]] on it.", "a [[b->c]] d"])
def test_other_pages_keep_such_signs(said: str) -> None:
    assert said in text(read(page(f"<p>{TOLD}</p><p>{escape(said)}</p>")))
