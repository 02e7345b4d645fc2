"""One book of several copies: all chapters, in order, each in its newest whole version; all others are named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.heaps import Told, told
from converter.build.joined import joined
from converter.document.contracts import Reading
from converter.document.findings.works import StoryPart
from converter.document.model import Book, Chapter, Image, Inline, Link, Metadata, Origin, Paragraph, Resource, Text
from converter.document.traversal import pictures_in
from converter.document.words import chapter_name
from converter.reconciling.copies import copy_of
from tests.reconciling import book_of, headings, kept_from, read, with_turns_of_phrase, words_in, words_of

SALT = told(1, 8, 150, title="The Salt Road")
EIGHT = [f"Chapter {n}" for n in range(1, 9)]


def _whole(story: Told) -> list[str]:
    return words_in([text for heading, paragraphs in story.chapters for text in (heading, *paragraphs)])


@pytest.mark.parametrize(("whole", "said"), [(8, []), (11, [(11, 8)])])
def test_that_a_copy_lacks_chapters_is_told_where_the_book_lacks_them(whole: int, said: list[tuple[int, int]]) -> None:
    copies, readings = read({"a.txt": SALT.part(1, 5).text(), "b.txt": SALT.part(4, 8).text()})
    parts = [
        replace(r, findings=(*r.findings, StoryPart(whole, 5, scope="together", origin=Origin(c.file, 1))))
        for c, r in zip(copies, readings, strict=True)
    ]
    found = joined(copies, parts).reading.findings
    assert [(f.whole, f.here) for f in found if isinstance(f, StoryPart)] == said


def test_a_chapter_missing_here_and_another_there() -> None:
    made = book_of({"a.txt": SALT.without(3).text(), "b.txt": SALT.without(6, 7).text()})
    assert headings(made) == EIGHT
    assert words_of(made) == _whole(SALT)
    assert [made.result.chapters[n].file for n in (2, 5, 6)] == ["b.txt", "a.txt", "a.txt"]


@pytest.mark.parametrize("numbered", [True, False], ids=["numbered", "named"])
def test_ranges_that_overlap(numbered: bool) -> None:
    words = "Lantern Harbour Gulls Ferry Kettle Orchard Winter Bells".split()
    chapters = tuple((h if numbered else f"The {w}", p) for (h, p), w in zip(SALT.chapters, words, strict=True))
    story = replace(SALT, chapters=chapters)
    made = book_of({"late.txt": story.part(4, 8).text(), "early.txt": story.part(1, 5).text()})
    assert headings(made) == [h for h, _ in chapters]
    assert words_of(made) == _whole(story)
    assert not made.result.doubts or {d.code for d in made.result.doubts} == {"copy-version"}


def test_chapters_as_files_of_their_own_beside_the_whole() -> None:
    bare = replace(SALT, title="", author="")
    files = {f"{n:02}.txt": bare.part(n, n).text() for n in range(1, 9)}
    made = book_of({**files, "whole.txt": SALT.without(2, 5).text()})
    assert headings(made) == EIGHT
    assert words_of(made) == _whole(SALT)
    assert made.reading.book.metadata.title == "The Salt Road"


def test_the_newest_by_its_date_whatever_the_order_of_the_files() -> None:
    old = SALT.revised(0.2, 4, 2, 5, updated="2020-01-01")
    new = replace(SALT, updated="2024-02-03")
    for files in ({"a.txt": old.text(), "b.txt": new.text()}, {"b.txt": new.text(), "a.txt": old.text()}):
        made = book_of(files)
        assert words_of(made) == _whole(SALT)
        assert set(kept_from(made)) == {"b.txt"}
        assert [c.name for c in made.result.chapters if any(o.passages for o in c.others)] == ["Chapter 2", "Chapter 5"]
        assert not [d for d in made.result.doubts if d.code == "copy-version"]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("salt.txt", "salt v2.txt"),
        ("salt-draft.txt", "salt.txt"),
        ("salt_rev3.txt", "salt_final.txt"),
        ("salt 2020-05-06.txt", "salt 2021-01-02.txt"),
    ],
)
def test_the_newest_by_its_name(older: str, newer: str) -> None:
    files = {older: SALT.revised(0.2, 4, 3).text(), newer: SALT.text()}
    made = book_of(files)
    assert words_of(made) == _whole(SALT)
    assert {o.reason for o in made.result.chapters[2].others} <= {"is newer by its name", "is newer by its date"}
    assert not [d for d in made.result.doubts if d.code == "copy-version"]


def test_an_undated_copy_is_as_new_as_the_one_whose_other_chapters_it_has() -> None:
    old = SALT.revised(0.2, 4, updated="2020-01-01")
    files = {"old.txt": old.text(), "new.txt": replace(SALT.without(7), updated="2024-01-01").text()}
    made = book_of({**files, "page.html": SALT.part(5, 8).page()})
    assert words_of(made) == _whole(SALT)
    assert [o.reason for o in made.result.chapters[6].others] == ["is of a newer revision, by its other chapters"]
    assert made.result.doubts == ()


def test_saved_later_is_believed_and_told() -> None:
    files = {"a.txt": SALT.revised(0.2, 4, 3).text(), "b.txt": SALT.text()}
    made = book_of(files, {"a.txt": 1e9, "b.txt": 1e9 + 86_400})
    assert words_of(made) == _whole(SALT)
    assert [d.chapter for d in made.result.doubts if d.code == "copy-version"] == ["Chapter 3"]


def test_where_nothing_tells_one_revision_is_kept_together_and_each_chapter_told() -> None:
    made = book_of({"a.txt": SALT.text(), "b.txt": SALT.part(2, 7).revised(0.2, 4).text()})
    assert set(kept_from(made)) == {"a.txt"}
    assert [d.chapter for d in made.result.doubts] == EIGHT[1:7]


def test_a_copy_that_was_cut_off_is_not_kept_though_it_is_newer() -> None:
    cut = replace(SALT.cut(4, 0.4), updated="2024-02-03")
    made = book_of({"cut.txt": cut.text(), "whole.txt": replace(SALT, updated="2020-01-01").text()})
    assert words_of(made) == _whole(SALT)
    fourth = made.result.chapters[3]
    assert (fourth.file, [o.reason for o in fourth.others]) == ("whole.txt", ["is whole, and this one is cut off"])
    assert [d.chapter for d in made.result.doubts if d.code == "copy-version"] == ["Chapter 4"]


def test_a_newer_version_that_lacks_much_is_told() -> None:
    old = SALT.revised(0.2, 4, 3, updated="2020-01-01")
    heading, paragraphs = SALT.chapters[2]
    short = replace(SALT, updated="2024-01-01").without(3)
    short = replace(
        short, chapters=(*short.chapters[:2], (heading, paragraphs[: len(paragraphs) // 2]), *short.chapters[2:])
    )
    made = book_of({"old.txt": old.text(), "new.txt": short.text()})
    assert made.result.chapters[2].file == "new.txt"
    assert [d.chapter for d in made.result.doubts if d.code == "copy-version"] == ["Chapter 3"]


def test_lost_letters_make_a_copy_the_worse_one() -> None:
    chapters = tuple((h, tuple(p.replace("ea", "é") for p in ps)) for h, ps in SALT.chapters)
    good = replace(SALT, chapters=chapters)
    lost = replace(good, chapters=tuple((h, tuple(p.replace("é", "\ufffd") for p in ps)) for h, ps in chapters))
    made = book_of({"salt v2.txt": lost.text(), "salt.txt": good.text()})
    assert set(kept_from(made)) == {"salt.txt"}


def test_the_same_words_with_italics_are_kept() -> None:
    page = SALT.page().replace("<p>", "<p><i>Listen:</i> ")
    plain = replace(SALT, chapters=tuple((h, tuple(f"Listen: {p}" for p in ps)) for h, ps in SALT.chapters))
    made = book_of({"a.txt": plain.text(), "b.html": page})
    assert set(kept_from(made)) == {"b.html"}


def test_an_older_revision_with_other_headings() -> None:
    renamed = tuple((f"Day {n}", c[1]) for n, c in enumerate(SALT.chapters, 1))
    old = replace(SALT.revised(0.1, 3), updated="2019-01-01")
    old = replace(old, chapters=tuple((h, c[1]) for (h, _), c in zip(renamed, old.chapters, strict=True)))
    made = book_of({"old.txt": old.text(), "new.txt": replace(SALT, updated="2023-01-01").text()})
    assert headings(made) == EIGHT
    assert words_of(made) == _whole(SALT)


def test_a_text_without_chapters_is_divided_like_the_other_copy() -> None:
    made = book_of({"flat.txt": SALT.undivided(), "some.txt": SALT.without(4).text()})
    assert headings(made)[:3] == EIGHT[:3]
    assert headings(made)[-4:] == EIGHT[-4:]
    assert words_of(made) == [
        w for n, c in enumerate(SALT.chapters, 1) for w in words_in(([c[0]] if n != 4 else []) + list(c[1]))
    ]


@pytest.mark.parametrize("first", ["split.txt", "joined.txt"])
def test_the_numbers_go_on_where_a_copy_has_a_chapter_in_two(first: str) -> None:
    whole = SALT.part(1, 6)
    chapters = [(c[1], c[1]) if n != 3 else (c[1][:1], c[1][1:]) for n, c in enumerate(whole.chapters, 1)]
    parts = [p for n, pair in enumerate(chapters, 1) for p in (pair if n == 3 else pair[:1])]
    files = {
        "split.txt": replace(SALT, chapters=tuple((f"Chapter {n}", p) for n, p in enumerate(parts, 1))).text(),
        "joined.txt": whole.without(1).text(),
    }
    files["plain.txt"] = whole.without(2).text()
    names = sorted(files, key=lambda n: n != first)
    made = book_of({name: files[name] for name in names}, {name: 1e9 + n * 86_400 for n, name in enumerate(names)})
    assert headings(made) == EIGHT[:7]
    assert {c.name for c in made.result.chapters} <= set(EIGHT[:7])


@pytest.mark.parametrize("undivided", [False, True])
def test_a_chapter_that_only_a_joined_one_holds_is_not_lost(*, undivided: bool) -> None:
    """The newer copy has the first of the two, and lacks the second, by its numbers."""
    older = SALT.revised(0.1, 4, 1, 2)
    (_, first), (_, second), *rest = older.chapters
    joined_ = replace(older, chapters=(("Chapters 1-2", (*first, *second)), *rest), updated="2018-01-01")
    newer = replace(SALT.without(2), updated="2020-01-01")
    made = book_of({"two.txt": joined_.undivided() if undivided else joined_.text(), "one.txt": newer.text()})
    story = replace(SALT, chapters=(SALT.chapters[0], ("", second), *SALT.chapters[2:]))
    assert words_of(made) == _whole(story)


def test_a_chapter_that_was_put_in_later_moves_the_numbers() -> None:
    first = replace(SALT.without(4), updated="2020-01-01")
    first = replace(first, chapters=tuple((f"Chapter {n}", c[1]) for n, c in enumerate(first.chapters, 1)))
    made = book_of({"first.txt": first.text(), "second.txt": replace(SALT, updated="2022-01-01").text()})
    assert headings(made) == EIGHT
    assert words_of(made) == _whole(SALT)


def test_a_chapter_written_anew_is_one_chapter_and_told() -> None:
    other = told(50, 8, 150)
    chapters = (*SALT.chapters[:3], ("Chapter 4", other.chapters[3][1]), *SALT.chapters[4:])
    old = replace(SALT, chapters=chapters, updated="2020-01-01")
    made = book_of({"old.txt": old.text(), "new.txt": replace(SALT, updated="2022-01-01").text()})
    assert headings(made) == EIGHT
    assert words_of(made) == _whole(SALT)
    assert [d.chapter for d in made.result.doubts] == ["Chapter 4"]


def test_another_order_is_told_and_the_fuller_copy_has_its_way() -> None:
    c = SALT.chapters
    bare = replace(
        SALT,
        chapters=tuple((f"The {w}", p) for (_, p), w in zip(c, "Ash Bay Cod Dew Elm Fog Gum Hay".split(), strict=True)),
    )
    turned = replace(bare, chapters=(*bare.chapters[:2], bare.chapters[4], bare.chapters[2], bare.chapters[3]))
    made = book_of({"a.txt": bare.text(), "b.txt": turned.text()})
    assert headings(made) == [h for h, _ in bare.chapters]
    assert [d.code for d in made.result.doubts if d.code == "copy-order"] == ["copy-order"]


@pytest.mark.parametrize("older", ["salt v1.txt", "a.txt"])
def test_the_newest_order_is_kept_where_no_chapter_is_lacking(older: str) -> None:
    """The older copy has more words, and its chapters the other way round."""
    c = [paragraphs for _, paragraphs in SALT.chapters]
    swapped = [*c[:2], c[3], c[2], *c[4:]]
    new = replace(SALT, chapters=tuple((f"Chapter {n}", p) for n, p in enumerate(swapped, 1)))
    old = replace(SALT, chapters=(*SALT.chapters[:7], (EIGHT[7], (*c[7], "And so it went on, for years and years."))))
    made = book_of({older: old.text(), "salt v2.txt": new.text()}, {older: 1e9, "salt v2.txt": 1e9 + 86_400})
    words = words_of(made)
    assert words[: len(_whole(new.part(1, 7)))] == _whole(new.part(1, 7))
    assert headings(made) == EIGHT
    assert [d.code for d in made.result.doubts if d.code == "copy-order"] == ["copy-order"]


def test_parts_keep_their_chapters() -> None:
    c = SALT.chapters
    parted = f"{SALT.head()}\n\nPart One\n\n" + "\n\n".join(
        ("Part Two\n\n" if n == 5 else "") + f"{h}\n\n" + "\n\n".join(p) for n, (h, p) in enumerate(c, 1) if n != 6
    )
    made = book_of({"parted.txt": parted, "flat.txt": SALT.part(3, 8).text()})
    book = made.reading.book
    assert [chapter_name(p) for p in book.chapters] == ["Part One", "Part Two"]
    assert [[chapter_name(c) for c in p.children] for p in book.chapters] == [EIGHT[:4], EIGHT[4:]]


def test_titles_that_differ_are_told() -> None:
    other = replace(SALT, title="The Road of Salt", updated="2019-01-01")
    made = book_of({"a.txt": replace(SALT, updated="2020-01-01").text(), "b.txt": other.text()})
    assert made.reading.book.metadata.title == "The Salt Road"
    assert [d.names for d in made.result.doubts if d.code == "copy-names"] == [("The Salt Road", "The Road of Salt")]


def test_each_chapter_that_is_not_kept_is_an_omission_with_its_place_and_reason() -> None:
    old = SALT.part(1, 3).revised(0.2, 4, updated="2020-01-01")
    made = book_of({"old.txt": old.text(), "new.txt": replace(SALT, updated="2022-01-01").text()})
    named = [o for o in made.reading.omissions if "another version" in o.rule]
    assert [(o.origin.source, o.text.splitlines()[0]) for o in named] == [("old.txt", n) for n in EIGHT[:3]]
    assert all("new.txt" in o.rule and "is newer by its date" in o.rule for o in named)
    lines = old.text().splitlines()
    assert [lines[o.origin.line - 1] for o in named] == EIGHT[:3]


def test_pictures_and_links_of_two_files_do_not_meet() -> None:
    def chapter(number: int, *more: Inline) -> Chapter:
        text = " ".join(SALT.chapters[number - 1][1])
        return Chapter((Paragraph((Text(text), *more)),), label=(Text(f"Chapter {number}"),), number=number)

    picture = Image("image-1.png")
    one = Book(Metadata(), (chapter(1, picture), chapter(2)), (Resource("image-1.png", "image/png", b"one"),))
    link = Link("#chapter-2", (Text("as told before"),))  # to the second of this file, the third of the story
    other = Book(
        Metadata(), (chapter(2), chapter(3, picture), chapter(4, link)), (Resource("image-1.png", "image/png", b"two"),)
    )
    copies = [copy_of(book, name, name) for name, book in (("a", one), ("b", other))]
    made = joined(copies, [Reading(one, ()), Reading(other, ())]).reading.book
    assert [chapter_name(c) for c in made.chapters] == EIGHT[:4]
    shown = {r.name: r.data for r in made.resources}
    assert [shown[name] for name in (*pictures_in(made.chapters[:1]), *pictures_in(made.chapters[2:3]))] == [
        b"one",
        b"two",
    ]
    assert "target='#chapter-3'" in repr(made.chapters[3])


def test_a_chapter_that_shares_turns_of_phrase_with_another_is_a_chapter_of_its_own() -> None:
    story = with_turns_of_phrase(told(3, 8, 380, title="The Salt Road"))
    files = {
        "early.txt": story.part(1, 5).text(),
        "older.txt": story.part(1, 6).text(),
        "middle.txt": story.part(4, 7).text(),
        "without five.txt": story.without(5).text(),
    }
    made = book_of(files)
    assert headings(made) == EIGHT
    assert words_of(made) == _whole(story)
    assert not any(o.passages for c in made.result.chapters for o in c.others)


def test_a_revised_chapter_whose_number_moved_is_still_that_chapter() -> None:
    first = SALT.without(4).revised(0.35, 9, updated="2020-01-01")
    first = replace(first, chapters=tuple((f"Chapter {n}", c[1]) for n, c in enumerate(first.chapters, 1)))
    made = book_of({"first.txt": first.text(), "second.txt": replace(SALT, updated="2022-01-01").text()})
    assert headings(made) == EIGHT
    assert words_of(made) == _whole(SALT)


@pytest.mark.parametrize("headed", [True, False], ids=["headed", "bare"])
def test_no_chapter_is_lost_over_a_note_that_all_of_them_have(headed: bool) -> None:
    note = told(90_002, 1, 120).chapters[0][1]
    noted = replace(SALT, chapters=tuple((h, (*p, *note)) for h, p in SALT.chapters))
    bare = replace(noted, title="", author="")
    one = [bare.part(n, n).text() if headed else "\n\n".join(bare.chapters[n - 1][1]) for n in range(1, 9)]
    made = book_of({"Salt.txt": noted.part(1, 4).text(), **{f"Salt ch{n}.txt": t for n, t in enumerate(one, 1)}})
    assert len(made.result.chapters) == 8
    body = [word for word in words_of(made) if word]
    for _, paragraphs in SALT.chapters:
        for text in paragraphs:
            assert all(word in body for word in words_in([text]))
    assert [c.file for c in made.result.chapters][4:] == [f"Salt ch{n}.txt" for n in range(5, 9)]


def test_revisions_of_chapters_with_one_note_are_still_versions() -> None:
    note = told(90_002, 1, 120).chapters[0][1]
    noted = replace(SALT, chapters=tuple((h, (*p, *note)) for h, p in SALT.chapters))
    made = book_of(
        {
            "a.txt": replace(noted.revised(0.3, 4), updated="2020-01-01").text(),
            "b.txt": replace(noted.revised(0.3, 5), updated="2021-01-01").text(),
            "c.txt": replace(noted, updated="2024-01-01").text(),
        }
    )
    assert headings(made) == EIGHT
    assert set(kept_from(made)) == {"c.txt"}


@pytest.mark.parametrize("vertical", [True, False])
def test_a_book_of_copies_in_columns_is_in_columns(vertical: bool) -> None:
    copies, readings = read({"a.txt": SALT.without(3).text(), "b.txt": SALT.without(6, 7).text()})
    readings = [replace(one, book=replace(one.book, vertical=vertical)) for one in readings]
    assert joined(copies, readings).reading.book.vertical == vertical
