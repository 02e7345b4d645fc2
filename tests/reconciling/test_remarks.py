"""A copy that somebody read and wrote his comments into is not the story's newest text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.heaps import Told, told
from converter.recognisers.lines.remarks import remarks_in
from tests.reconciling import book_of, kept_from, words_in, words_of

SALT = told(61, 4, 150, title="The Salt Road")
WHOLE = words_in([t for heading, paragraphs in SALT.chapters for t in (heading, *paragraphs)])
LATER = {"salt.txt": 1e9, "salt read.txt": 1e9 + 86_400}


def _remarked(story: Told, *remarks: str) -> Told:
    """The story with these remarks behind paragraphs of each chapter, the last one behind its end."""
    chapters = []
    for heading, paragraphs in story.chapters:
        own = [f"{p} {remark}" for p, remark in zip(paragraphs, remarks, strict=False)]
        rest = [*own, *paragraphs[len(own) :]]
        chapters.append((heading, (*rest[:-1], f"{rest[-1]} {remarks[-1]}")))
    return replace(story, chapters=tuple(chapters))


LONG = "and I would cut this whole passage, since she said the very same thing on the bridge, and twice at that, before"
REMARKS = {
    "initials": ("[MK: comma]", "[MK - love this!!]", f"[MK: {LONG}]"),
    "words": ("(Comment: why?)", "[Note: she was older in chapter two]", f"(Comment: {LONG})"),
    "angles": ("<<check the year>>", "<<so?>>", f"<<{LONG}>>"),
    "tasks": ("TODO: the ferry", "FIXME names", "[TODO find out when the mill burned]"),
    "other languages": ("[Kommentar: warum?]", "(à vérifier : l'année)", "[вопрос: кто это?]"),
}


@pytest.mark.parametrize("remarks", REMARKS.values(), ids=REMARKS)
@pytest.mark.parametrize("dated", [False, True])
def test_the_clean_copy_is_the_text_and_the_one_with_comments_is_told(remarks: tuple[str, ...], *, dated: bool) -> None:
    read = _remarked(replace(SALT, updated="2024-01-01" if dated else ""), *remarks)
    made = book_of({"salt.txt": SALT.text(), "salt read.txt": read.text()}, LATER)
    assert words_of(made) == WHOLE
    assert [d.file for d in made.result.doubts if d.code == "copy-remarks"] == ["salt read.txt"]
    assert {o.reason for c in made.result.chapters for o in c.others} == {
        "is without the comments of a reader that this one holds"
    }


def test_what_the_author_rewrote_beside_the_comments_is_shown_and_told() -> None:
    read = _remarked(SALT.revised(0.1, 5, 3), *REMARKS["initials"])
    made = book_of({"salt.txt": SALT.text(), "salt read.txt": read.text()}, LATER)
    assert words_of(made) == WHOLE
    assert [d.chapter for d in made.result.doubts if d.code == "copy-version"] == ["Chapter 3"]
    assert made.result.chapters[2].others[0].passages


def test_a_whole_chapter_with_comments_is_kept_where_the_other_is_cut_off_and_told() -> None:
    read = _remarked(SALT, *REMARKS["initials"])
    made = book_of({"salt.txt": SALT.cut(4, 0.4).text(), "salt read.txt": read.text()}, LATER)
    assert kept_from(made) == ["salt.txt"] * 3 + ["salt read.txt"]
    assert "Chapter 4" in [d.chapter for d in made.result.doubts if d.code == "copy-version"]


def test_brackets_that_both_have_are_the_story_s() -> None:
    story = _remarked(SALT, "[MK: out of paper. Send more.]", "[KM: sent.]")
    new = replace(story.revised(0.1, 6), updated="2024-01-01")
    made = book_of({"old.txt": replace(story, updated="2020-01-01").text(), "new.txt": new.text()})
    assert set(kept_from(made)) == {"new.txt"}
    assert not [d for d in made.result.doubts if d.code == "copy-remarks"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He sat. [MK: comma] Then (Comment: why?) and <<check>> on.", ["[MK: comma]", "(Comment: why?)", "<<check>>"]),
        ("Off.\nTODO: the ferry\nOn.", ["TODO: the ferry"]),
        ("It was late (so - he thought), (or: early) [sic] and (commentary aside) he left. «Да» a < b", []),
        ("Mr Foxtrot wrote XXXL on it.", []),
    ],
)
def test_remarks_by_their_marks(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in remarks_in(text)] == found


@pytest.mark.parametrize(
    "remarks", [REMARKS["initials"], REMARKS["words"], ("so",)], ids=["initials", "words", "a word"]
)
def test_only_the_draft_that_was_written_anew_has_hardly_a_word_in_common(remarks: tuple[str, ...]) -> None:
    """The copy with comments, or with another word, has nearly all of them."""
    first = replace(SALT, chapters=(("Chapter 1", told(62, 1, 90).chapters[0][1]), *SALT.chapters[1:]))
    read = _remarked(SALT, *remarks)
    files = {"salt draft 1.txt": first, "salt draft 2.txt": SALT, "salt draft 2 - read.txt": read}
    made = book_of({name: story.text() for name, story in files.items()})
    anew = [d for d in made.result.doubts if d.code == "copy-version" and "hardly a word" in d.why]
    assert {d.other for d in anew} <= {"salt draft 1.txt"}
