"""A copy whose letters were lost, or misread, never takes the place of a clean one, however new; reasons said are true."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest

from benchmarks.heaps import Told, told
from converter.reconciling.letters import Losses, losses
from tests.reconciling import book_of, kept_from, words_in, words_of

DAYS = {"bad.txt": 1e9 + 9 * 86_400, "good.txt": 1e9}


def _spoken(story: Told) -> Told:
    """The story with names and signs that ASCII has not."""
    looks = str.maketrans({"a": "ä", "e": "é", "o": "ö"})
    chapters = []
    for n, (heading, paragraphs) in enumerate(story.chapters):
        random_ = random.Random(n)
        own = tuple(
            " ".join(w.translate(looks) if random_.random() < 0.1 else w for w in p.split()) for p in paragraphs
        )
        chapters.append((heading, own))
    return replace(story, title="Zoë’s Café", author="Renée Müller", chapters=tuple(chapters))


GOOD = _spoken(told(71, 4, 130))
WHOLE = words_in([t for heading, paragraphs in GOOD.chapters for t in (heading, *paragraphs)])
BAD = {
    "question marks": lambda text: text.encode("ascii", "replace"),
    "of each byte": lambda text: re.sub(rb"[\x80-\xff]", b"?", text.encode()),
    "signs for what can't be read": lambda text: "".join(c if ord(c) < 128 else "\ufffd" for c in text).encode(),
    "gone": lambda text: text.encode("ascii", "ignore"),
}


@pytest.mark.parametrize("dated", [False, True])
@pytest.mark.parametrize("damage", BAD)
def test_a_copy_with_letters_lost_is_the_worse_one_however_new(damage: str, *, dated: bool) -> None:
    good = replace(GOOD, updated="2019-01-01" if dated else "")
    bad = replace(GOOD, updated="2024-01-01" if dated else "")
    made = book_of({"bad.txt": BAD[damage](bad.text()), "good.txt": good.text()}, DAYS)
    assert set(kept_from(made)) == {"good.txt"}
    assert words_of(made) == WHOLE
    assert made.reading.book.metadata.title == "Zoë’s Café"
    assert made.reading.book.metadata.authors == ("Renée Müller",)
    assert {o.reason for c in made.result.chapters for o in c.others} == {
        "can be read, and letters of this one are lost"
    }


def test_a_chapter_that_was_rewritten_in_the_damaged_copy_is_told() -> None:
    bad = replace(GOOD.revised(0.3, 3, 2), updated="2024-01-01").text().encode("ascii", "replace")
    made = book_of({"bad.txt": bad, "good.txt": replace(GOOD, updated="2019-01-01").text()}, DAYS)
    assert kept_from(made) == ["good.txt", "bad.txt", "good.txt", "good.txt"]
    assert [(d.chapter, d.why) for d in made.result.doubts if d.code == "copy-version"] == [
        ("Chapter 2", "can be read where letters of the one kept are lost")
    ]


def test_a_name_that_the_author_writes_without_its_accent_is_no_loss() -> None:
    old = "\n".join(f"Zoë came in at {n}, and Zoë left." for n in range(40))
    assert losses(old, old.replace("ë", "e")).worse == 0
    assert losses("“Zoë—so…”", '"Zoë-so..."') == Losses()
    assert losses("Zoë ate caf\ufffd", "Zo? ate café").worse == 0


def test_words_that_are_nowhere_else_are_a_scanner_s() -> None:
    salt = told(72, 4, 120, title="Salt")
    often = "The ferry was late, and men stood on the weir with bread; the ferry was theirs, and the bread was for the weir."
    salt = replace(salt, chapters=tuple((h, (*p, often)) for h, p in salt.chapters))
    wrong = {
        "ferry": iter(("feny", "feiry", "ferny")),
        "bread": iter(("brea", "breail")),
        "weir": iter(("weii", "veir")),
    }
    spoiled = tuple(
        (h, tuple(re.sub("ferry|bread|weir", lambda m: next(wrong[m[0]], m[0]), t) for t in p))
        for h, p in salt.chapters
    )
    files = {"salt final.txt": replace(salt, chapters=spoiled).text(), "salt.txt": salt.text()}
    assert set(kept_from(book_of(files, {"salt final.txt": 2e9, "salt.txt": 1e9}))[:2]) == {"salt.txt"}


def test_of_three_copies_each_better_than_the_next_the_reason_said_is_true() -> None:
    """The clean one beats the scan, the scan the one with the older name: never "saved later" of what is older."""
    clean = told(73, 3, 120, title="Salt")
    scan = replace(clean, chapters=tuple((h, tuple(p.replace("m", "rn") for p in ps)) for h, ps in clean.chapters))
    files = {"a.txt": clean.text(), "b.txt": clean.revised(0.15, 4).text(), "c v2.txt": scan.text()}
    saved = {"a.txt": 1e9, "b.txt": 1e9 + 86_400 * 9, "c v2.txt": 1e9 + 86_400 * 5}
    made = book_of(files, saved)
    for chapter in made.result.chapters:
        for other in chapter.others:
            if other.reason == "was saved later":
                assert saved[chapter.file] > saved[other.file]
