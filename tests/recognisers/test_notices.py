"""The first words of a page of few words, and what the page is instead of a story: in `notices.tsv`, read by an editor.

The first column is a word of the message that a person gets, or "-" for none.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.recognisers.lines.notices import (
    asks_for_consent,
    is_loading,
    notice,
    replaces_text,
    says_gone,
    says_not_loaded,
    titles_log_in,
)

TABLE = [row.split("\t", 1) for row in (Path(__file__).parent / "notices.tsv").read_text("utf-8").split("\n") if row]


@pytest.mark.parametrize(("what", "text"), TABLE)
def test_a_notice(what: str, text: str) -> None:
    said = notice(text)
    assert (said is not None and what in said.message) == (what != "-"), said


def test_consent() -> None:
    assert asks_for_consent("If you proceed you have agreed that you are willing to see such content.")
    assert not asks_for_consent("If you proceed, you will see the lamp, and be willing to stay.")


def test_loading() -> None:
    said = (
        "Loading...",
        "Now loading",
        "Please wait.",
        "Wird geladen …",
        "加载中",
        "They were loading",
        "Loading the boat took all day",
    )
    assert [s for s in said if is_loading(s)] == list(said[:5])


def test_a_story_that_was_taken_back() -> None:
    said = (
        "This story has been suspended.",
        "Cette fanfiction est suspendue!",
        "本书已下架",
        "To opowiadanie zostało usunięte",
    )
    told = ("This story", "His licence has been suspended.", "The story is about a girl", "suspended", ". . .", "- -")
    assert [line for line in (*said, *told) if says_gone(line)] == list(said)


def test_a_page_for_logging_in() -> None:
    titles = ("Log in", "Sign in to Tales", "Anmelden | Tales", "登录")
    others = ("Logging the forest", "Signs", "The Log", "Inlog")
    assert [line for line in (*titles, *others) if titles_log_in(line)] == list(titles)


def test_a_text_that_was_not_loaded() -> None:
    said = ("Chapter failed to load", "内容加载失败！请刷新或更换浏览器", "Das Kapitel konnte nicht geladen werden.")
    told = ("The gun failed to load twice.", "Chapter one", "He could not load the boat", ". . .")
    assert [line for line in (*said, *told) if says_not_loaded(line)] == list(said)


def test_a_note_in_place_of_a_chapter() -> None:
    said = (
        "Chapters 1 to 30 have been removed, since the book is out on Kindle Unlimited. Thank you all!",
        "This chapter was taken down.",
        "Book One is stubbed now. You can buy it as an ebook or a paperback wherever there are books, and I hope that "
        "you do; the exclusive contract runs for ninety days, and then we shall see. Thank you for reading!",
        "Dieses Kapitel wurde entfernt, weil das Buch bei einem Verlag erscheint.",
        "Ce chapitre a été retiré : le livre est en vente en librairie.",
        "Este capítulo ha sido eliminado por contrato con la editorial.",
    )
    told = (
        "The bridge had been removed in the night, and nobody would say by whom.",
        "He read one chapter, put out the lamp and slept.",
        "She had removed her gloves before she opened the book. " * 12,
        f"This chapter was taken down for publication. {'And yet the ferry went on across the water. ' * 20}",
    )
    assert [text for text in (*said, *told) if replaces_text(text)] == list(said)
