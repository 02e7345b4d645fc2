"""Every sample is opened by two reading engines, MuPDF and foliate-js, and what they find is what the model has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pymupdf
import pytest

from converter.checker.epub import DEVICES, check_epub
from converter.document.model import Book
from converter.writers.contents import contents
from converter.writers.xhtml import rendering_for
from tests.checkers.foliate import read_books
from tests.checkers.samples import samples, written
from tests.writers.feature_book import theme
from tests.writers.reading import X, chapter_roots, epub_units, model_notes, model_units, package, spine

DRAWN = set("•○◦▪0123456789.")  # what MuPDF draws before the items of a list
BLOCKS_APART = ("ul", "ol", "table")  # their text comes with what is drawn, or in another order


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Book]:
    return written(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="module")
def seen(books: dict[Path, Book]) -> dict[Path, dict[str, Any]]:
    found = read_books({path: [] for path in books})
    return {Path(one["book"]): one for one in found}


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad\u200b-]", "", text)


def entries(book: Book) -> list[str]:
    def names(of: Any) -> Iterator[str]:
        for entry in of:
            yield entry.name
            yield from names(entry.children)

    return list(names(contents(book, rendering_for(book, theme(), "epub"))))


def shown(root: ElementTree.Element) -> str:
    body = root.find(f"{X}body")
    assert body is not None
    return "".join(body.itertext())


def test_there_are_all_samples(books: dict[Path, Book]) -> None:
    assert len(books) == len(samples()) > 100
    assert {name.partition(":")[0] for name in samples()} >= {"own", "story", "page"}


def test_the_words_of_every_sample_are_those_of_the_model(books: dict[Path, Book]) -> None:
    for path, book in books.items():
        assert epub_units(path.read_bytes()) == model_units(book), path.stem


def test_our_own_checks_find_nothing_for_any_device(books: dict[Path, Book]) -> None:
    for path in books:
        told = [f for f in check_epub(path.read_bytes(), DEVICES) if f.code != "kindle-cover-size"]  # a page's own
        assert told == [], path.stem


def test_mupdf_reads_every_sample(books: dict[Path, Book]) -> None:
    for path, book in books.items():
        data = path.read_bytes()
        opened = pymupdf.open("epub", data)
        opened.layout(width=420, height=595, fontsize=11)
        assert [entry[1] for entry in opened.get_toc()] == entries(book), path.stem
        assert opened.metadata["title"] == " ".join(book.metadata.title.split())
        assert opened.chapter_page_count(0) == len(opened[(0, 0)].get_image_info()) == 1, path.stem  # the cover
        roots = dict(chapter_roots(data))
        for number, name in enumerate(spine(data)):
            if name not in roots:
                continue
            pages = [opened[(number, page)] for page in range(opened.chapter_page_count(number))]
            want, have = squeezed(shown(roots[name])), squeezed("".join(page.get_text() for page in pages))
            links = sum(1 for a in roots[name].iter(f"{X}a"))
            assert sum(len(page.get_links()) for page in pages) >= links, (path.stem, name)
            if any(roots[name].find(f".//{X}{tag}") is not None for tag in BLOCKS_APART):
                assert not Counter(want) - Counter(have), (path.stem, name)
                assert set(Counter(have) - Counter(want)) <= DRAWN, (path.stem, name)
            else:
                assert have == want, (path.stem, name)


def test_foliate_reads_every_sample(books: dict[Path, Book], seen: dict[Path, dict[str, Any]]) -> None:
    def labels(of: list[dict[str, Any]]) -> Iterator[str]:
        for entry in of:
            yield entry["label"]
            yield from labels(entry["children"])

    for path, book in books.items():
        data, found = path.read_bytes(), seen[path]
        names = [name.rpartition("/")[2] for name in spine(data)]
        assert found["errors"] == [], path.stem
        assert list(labels(found["toc"])) == entries(book), path.stem
        marks = [mark["type"][0] for mark in found["landmarks"]]
        assert marks == ["cover", "titlepage", *(["toc"] if "contents.xhtml" in names else []), "bodymatter"], path.stem
        assert found["cover"]["size"] == len(book.cover.data if book.cover else b""), path.stem
        assert found["metadata"]["title"] == " ".join(book.metadata.title.split())
        people = found["metadata"].get("author", [])
        names_of = [p["name"] for p in (people if isinstance(people, list) else [people])]
        assert names_of == list(book.metadata.authors), path.stem
        assert found["dir"] == package(data).find("{*}spine").get("page-progression-direction"), path.stem  # type: ignore[union-attr]
        roots = dict(chapter_roots(data))
        assert [section["id"] for section in found["sections"]] == spine(data)
        for section in found["sections"]:
            assert all(link["lands"] for link in section["links"]), (path.stem, section["id"])
            if section["id"] in roots:
                assert section["text"] == shown(roots[section["id"]]), (path.stem, section["id"])
                assert section["first"] in ("h1", ""), (path.stem, section["id"])
        cited = sum(link["note"] for section in found["sections"] for link in section["links"])
        told = sum(len(section["notes"]) for section in found["sections"])
        assert cited == told == model_notes(book), path.stem
