"""Which files of a heap are copies of one story, and which only look like it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.heaps import heap, told
from tests.reconciling import heap_of, names, with_turns_of_phrase

SALT = told(1, title="The Salt Road")
SEA = told(2, title="The Glass Sea")
NOTE = ("Author's Note", told(90_001, 1, 120).chapters[0][1])


@pytest.mark.parametrize(
    "other",
    [
        SALT.part(1, 5).text(),
        SALT.text().encode("utf-16"),
        SALT.text().replace("“", '"').encode("cp1252", "replace"),
        SALT.page(),
        SALT.undivided(),
        SALT.part(4, 4).text(),
        replace(SALT.part(7, 7), title="", author="").text(),
        SALT.cut(3, 0.3).text(),
        SALT.revised(0.4, 5).text(),
        replace(
            SALT, chapters=tuple((f"The {n}", c[1]) for n, c in zip("ABCDEFGHIJ", SALT.chapters, strict=True))
        ).text(),
        replace(SALT, title="Another Name Altogether").text(),
    ],
    ids="half utf-16 cp1252 page undivided one-chapter one-bare-chapter cut-off revised other-headings retitled".split(),
)
def test_a_copy_is_known_again(other: str | bytes) -> None:
    ending = ".html" if isinstance(other, str) and other.startswith("<!") else ".txt"
    files = {"a.txt": SALT.text(), f"renamed (1){ending}": other, "c.txt": SEA.text()}
    found = heap_of(files)
    assert names(found, files) == [["a.txt", f"renamed (1){ending}"]]
    assert found.alone == (2,)


def test_ranges_that_overlap_in_one_chapter_are_one_story() -> None:
    files = {"a.txt": SALT.part(1, 6).text(), "b.txt": SALT.part(6, 10).text()}
    assert names(heap_of(files), files) == [["a.txt", "b.txt"]]


def test_files_without_a_head_are_told_by_their_chapters_alone() -> None:
    bare = [replace(story, title="", author="") for story in (SALT, SEA)]
    files = {"1.txt": bare[0].part(1, 6).text(), "2.txt": bare[1].text(), "3.txt": bare[0].part(6, 10).text()}
    assert names(heap_of(files), files) == [["1.txt", "3.txt"]]


@pytest.mark.parametrize("named", [True, False], ids=["titled", "untitled"])
def test_a_note_or_a_prologue_in_two_stories_joins_nobody(named: bool) -> None:
    stories = [replace(s, chapters=(NOTE, *s.chapters)) for s in (SALT, SEA)]
    if not named:
        stories = [replace(s, title="", author="") for s in stories]
    files = {f"{n}.txt": s.text() for n, s in enumerate(stories)}
    assert heap_of(files).groups == ()


def test_a_note_inside_two_short_stories_joins_nobody() -> None:
    note = NOTE[1]
    files = {
        f"{n}.txt": "\n\n".join((*note, *(p for _, c in s.part(1, 3).chapters for p in c)))
        for n, s in enumerate((SALT, SEA))
    }
    assert heap_of(files).groups == ()


@pytest.mark.parametrize("others", [0, 1, 2])
def test_two_versions_are_one_story_whatever_retellings_are_there(others: int) -> None:
    common = SEA.part(1, 2).chapters
    versions = {}
    for title, number in (("The Fox Bride", 11), ("The Fox Groom", 12)):
        own, new = told(number, 3).chapters, told(number + 10, 2).chapters
        versions[f"{title}.txt"] = replace(SALT, title=title, chapters=(*common, *own)).text()
        versions[f"{title} v2.txt"] = replace(SALT, title=title, chapters=(*common, *new, own[2])).text()
    files = dict(list(versions.items())[: 2 + others])
    pairs = [["The Fox Bride.txt", "The Fox Bride v2.txt"], ["The Fox Groom.txt", "The Fox Groom v2.txt"]]
    assert names(heap_of(files), files) == pairs[: 1 + others // 2]


def test_the_note_as_a_file_of_its_own_joins_nobody() -> None:
    stories = [replace(s, chapters=(NOTE, *s.chapters), title="", author="") for s in (SALT, SEA, told(3), told(4))]
    files = {"note.txt": "\n\n".join(NOTE[1])} | {f"{n}.txt": s.text() for n, s in enumerate(stories)}
    assert [g for g in names(heap_of(files), files) if len(g) > 2] == []


def test_a_story_and_its_translation_are_two() -> None:
    from pathlib import Path

    stories = Path(__file__).parents[2] / "stories"
    files = {"a.txt": (stories / "le-facteur-des-absents.txt").read_text("utf-8"), "b.txt": SALT.text()}
    files["c.txt"] = (stories / "das-zimmer-der-verspaeteten-zuege.txt").read_text("utf-8")
    assert heap_of(files).groups == ()


def test_a_story_and_its_sequel_that_begins_with_its_last_chapter_are_two() -> None:
    sequel = told(6, title="The Salt Road II")
    sequel = replace(sequel, chapters=(("Prologue", SALT.chapters[-1][1]), *sequel.chapters))
    for first, second in ((SALT, sequel), *[(replace(SALT, title=""), replace(sequel, title=""))]):
        assert heap_of({"one.txt": first.text(), "two.txt": second.text()}).groups == ()


def test_a_collection_joins_none_of_its_stories() -> None:
    both = replace(SALT, title="", chapters=(*SALT.chapters, *SEA.chapters))
    files = {
        "all.txt": both.text(),
        "salt.txt": SALT.text(),
        "salt 2.txt": SALT.part(1, 8).text(),
        "sea.txt": SEA.text(),
    }
    found = heap_of(files)
    assert names(found, files) == [["salt.txt", "salt 2.txt"]]
    assert [d.code for d in found.doubts] == ["copy-collection"]
    assert "salt.txt" in found.doubts[0].message or "salt 2.txt" in found.doubts[0].message


def test_stories_that_share_much_and_stay_apart_are_told() -> None:
    other = replace(SEA, chapters=(*SALT.chapters[:4], *SEA.chapters[4:]))
    found = heap_of({"a.txt": SALT.text(), "b.txt": other.text()})
    assert found.groups == ()
    assert [d.code for d in found.doubts] == ["copy-apart"]


def test_the_chapters_of_one_work_by_their_names_follow_one_that_was_found() -> None:
    from converter.reconciling.groups import grouped
    from tests.reconciling import read

    bare = replace(SALT, title="", author="")
    files = {"whole.txt": SALT.part(1, 5).text()} | {f"ch{n}.txt": bare.part(n, n).text() for n in range(4, 9)}
    copies, _ = read(files)
    family = list(range(1, 6))
    assert grouped(copies).groups == ((0, 1, 2),)
    assert grouped(copies, [family]).groups == ((0, 1, 2, 3, 4, 5),)
    assert grouped(copies[3:], [[0, 1, 2]]).groups == ()


@pytest.mark.slow
@pytest.mark.parametrize("heads", [True, False], ids=["titled", "untitled"])
def test_a_heap_of_copies_is_sorted_out(heads: bool) -> None:
    files = list(heap(12, 200, heads=heads))
    found = heap_of({file.name: file.data for file in files})
    stories = [sorted({files[place].story for place in group}) for group in found.groups]
    assert sorted(stories) == [[n] for n in range(12)]
    assert sum(map(len, found.groups)) == len(files)


def test_names_that_only_look_like_chapters_join_no_stories() -> None:
    from converter.reconciling.groups import grouped
    from tests.reconciling import read

    bare = [replace(story, title="", author="") for story in (SALT, SEA, told(3, 3))]
    files = {f"page {n}.txt": story.part(1, 3).text() for n, story in enumerate(bare)}
    files |= {"salt.txt": SALT.text(), "sea.txt": SEA.text()}
    assert grouped(read(files)[0], [[0, 1, 2]]).groups == ((0, 3), (1, 4))


def test_stories_that_share_turns_of_phrase_are_no_copies() -> None:
    one, other = (with_turns_of_phrase(told(seed, 1, 380, title=f"Story {seed}")) for seed in (21, 22))
    part = replace(with_turns_of_phrase(told(23, 8, 380, title="The Salt Road")), author="")
    files = {"one.txt": one.undivided(), "other.txt": other.undivided(), "all.txt": part.text()}
    files["end.html"] = part.part(7, 8).page()
    found = heap_of(files)
    assert names(found, files) == [["all.txt", "end.html"]]
    assert found.doubts == ()


TITLES = ("Arrival", "The Long Walk", "Home", "Low Tide", "A Letter", "Rope")
NAMES = {
    "words": TITLES,
    "numbers": [f"Salt ch{n}" for n in range(1, 7)],
    "days": [f"2020-01-0{n}" for n in range(1, 7)],
}


@pytest.mark.parametrize("named", list(NAMES))
@pytest.mark.parametrize("noted", [90, 220, 400], ids=["note", "longer than the story", "far longer"])
@pytest.mark.parametrize("at", ["above", "below", "both"])
def test_chapters_with_one_note_are_no_versions_of_each_other(named: str, noted: int, at: str) -> None:
    note = told(90_002, 1, noted).chapters[0][1]
    above, below = note if at != "below" else (), note if at == "below" else ()
    box = told(90_003, 1, noted // 3).chapters[0][1] if at == "both" else ()
    chapters = [p for _, p in told(31, 6, 150).chapters]
    texts = ["\n\n".join((*above, *its, *below, *box)) for its in chapters]
    files = {f"{name}.txt": text for name, text in zip(NAMES[named], texts, strict=True)}
    assert heap_of(files).groups == ()


def test_two_chapters_of_other_names_that_share_a_note_are_two() -> None:
    note = told(90_002, 1, 220).chapters[0][1]
    one, other = ("\n\n".join((*note, *its)) for _, its in told(31, 2, 150).chapters)
    assert heap_of({"Arrival.txt": one, "Home.txt": other}).groups == ()
    drafts = {"Arrival.txt": one, "Arrival new ending.txt": other}
    assert names(heap_of(drafts), drafts) == [list(drafts)]


def test_a_story_of_other_names_with_an_end_of_its_own_is_one() -> None:
    paragraphs = [*told(31, 1, 600).chapters[0][1]]
    ends = [told(n, 1, 60).chapters[0][1] for n in (41, 42, 43)]
    files = {f"{name}.txt": "\n\n".join((*paragraphs, *end)) for name, end in zip(TITLES, ends, strict=False)}
    assert names(heap_of(files), files) == [list(files)]


@pytest.mark.parametrize("noted", [220, 600])
def test_numbers_in_names_part_two_chapters_with_one_note(noted: int) -> None:
    note = told(90_002, 1, noted).chapters[0][1]
    one, other = ("\n\n".join((*note[:3], *paragraphs, *note[3:])) for _, paragraphs in told(31, 2, 150).chapters)
    assert heap_of({"Salt ch5.txt": one, "Salt ch6.txt": other}).groups == ()
    copies = {"Salt ch5.txt": one, "Salt ch5 (1).txt": one.replace("the", "that", 2), "Salt 2020-01-02.txt": one}
    assert names(heap_of(copies), copies) == [list(copies)]


@pytest.mark.parametrize("left_out", [None, "Salt.txt", "Salt v2.txt", "Tide.txt", "Tide v2.txt"])
def test_the_verdict_on_two_files_is_the_same_whatever_lies_beside_them(left_out: str | None) -> None:
    salt, tide = (with_turns_of_phrase(told(n, 4, 120, title=t)) for n, t in ((31, "Salt Bride"), (32, "Salt Groom")))
    prologue = ("Prologue", told(33, 1, 120).chapters[0][1])
    files = {}
    for name, story in (("Salt", salt), ("Tide", tide)):
        whole = replace(story, chapters=(prologue, *story.chapters))
        files |= {f"{name}.txt": whole.text(), f"{name} v2.txt": whole.revised(0.1, 5, 3).text()}
    files.pop(left_out or "", None)
    pairs = [["Salt.txt", "Salt v2.txt"], ["Tide.txt", "Tide v2.txt"]]
    assert names(heap_of(files), files) == [pair for pair in pairs if left_out not in pair]
