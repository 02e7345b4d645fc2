"""Word documents in folders: stories like texts, whose words are looked at; the same story as a text is known again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.folders import books, folder_tree, lay, others, stories_of, told
from tests.packed.documents import Document, p


def written(text: str, italic: str = "") -> bytes:
    """A document of the paragraphs of a text, with one in italics behind them."""
    paragraphs = "".join(map(p, filter(None, text.split("\n"))))
    look = f"<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>{italic}</w:t></w:r></w:p>" if italic else ""
    return Document(paragraphs + look).data()


def test_documents_are_chapters_of_one_book(tmp_path: Path) -> None:
    names = [f"Weir - Chapter {n}.docx" for n in (1, 2, 3)]
    lay(tmp_path, {name: written(f"Chapter {n}\n\n{told(name)}") for n, name in enumerate(names, 1)})
    assert books(tmp_path) == {tuple(names)}


def test_documents_of_their_own_are_books(tmp_path: Path) -> None:
    lay(tmp_path, {"The Weir.docx": written(told("weir")), "Salt.docx": written(told("salt")), "Ash.txt": told("ash")})
    assert books(tmp_path) == {("The Weir.docx",), ("Salt.docx",), ("Ash.txt",)}


@pytest.mark.parametrize("other", ["Salt.docx", "the salt road (final).docx"])
def test_the_same_story_in_another_format_is_made_once_with_its_italics(tmp_path: Path, other: str) -> None:
    text = told("salt", 60) + "\nNobody slept that night but the mules."
    lay(tmp_path, {
        "Salt.txt": text,
        other: written(told("salt", 60), "Nobody slept that night but the mules."),
    })  # fmt: skip
    assert books(tmp_path) == {(other,)}
    (story,) = stories_of(folder_tree(tmp_path))
    assert story.book
    (twin,) = story.book.twins
    assert twin.name == "Salt.txt"
    assert "in another format" in twin.why


def test_a_list_in_a_document_is_no_story(tmp_path: Path) -> None:
    lay(tmp_path, {
        "Weir.docx": written(told("weir")),
        "passwords.docx": written("bank: Gulls99x\nmail: t1deline\nlibrary 44: weir-lock7\nforum: saltRoad3"),
    })  # fmt: skip
    assert books(tmp_path) == {("Weir.docx",)}
    assert "passwords" in others(folder_tree(tmp_path))["passwords.docx"].why


def test_a_damaged_document_is_a_story_until_it_is_read(tmp_path: Path) -> None:
    lay(tmp_path, {"Weir.docx": b"PK\x03\x04 half", "Salt.txt": told("salt")})
    assert books(tmp_path) == {("Weir.docx",), ("Salt.txt",)}
