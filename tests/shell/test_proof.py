"""The proof that no word is lost: losses are found wherever they are made, and nothing else is called one."""

from __future__ import annotations

import io
import random
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.alignment import gaps, letters, pieces
from converter.contracts import Omission, Source
from converter.errors import ProofError
from converter.model import Book, Chapter, Metadata, Note, Origin, Paragraph, SceneBreak, Text
from converter.pipeline import Reading, examined, understand
from converter.proof import epub_text, prove_epub, prove_pdf, prove_reading
from converter.settings import Settings
from converter.themes import load_theme
from converter.writers import writer_for

HERE = Origin("story.txt", 1)
TEXT = "The lamp went out at nine and nobody on the pier could say who had lit it in the first place before the rain"


def book(*paragraphs: str) -> Book:
    metadata = Metadata(
        title="The Salt Road", language="en", identifier="urn:uuid:" + "0" * 8 + "-0000-5000-8000-" + "0" * 12
    )
    return Book(metadata, (Chapter(tuple(Paragraph((Text(p),)) for p in paragraphs)),))


def test_equal_texts_prove_nothing_lost() -> None:
    assert prove_reading(TEXT, (), book(TEXT)) == ()


@pytest.mark.parametrize(
    "changed",
    [
        TEXT.replace("nine", "Nine"),
        TEXT.replace(" and", ", and—"),
        TEXT.replace("nobody", "no-\nbody"),
        TEXT.replace("first place", "ﬁrst\n\n  place"),
        TEXT.replace("before the rain", "be-\nfore the ra-\nin"),
        TEXT.replace("could say", "could * * * say"),
    ],
)
def test_what_is_no_loss(changed: str) -> None:
    assert prove_reading(changed, (), book(TEXT)) == ()


def test_a_lost_word_is_named_with_its_place() -> None:
    with pytest.raises(ProofError, match=r"1 word would be lost: “nobody” \(after “lamp went out at nine and”\)"):
        prove_reading(TEXT, (), book(TEXT.replace("nobody ", "")))


@pytest.mark.parametrize("at", [0, 7, 21])
def test_a_word_lost_anywhere_is_found(at: int) -> None:
    words = TEXT.split()
    with pytest.raises(ProofError, match=words[at]):
        prove_reading(TEXT, (), book(" ".join(words[:at] + words[at + 1 :])))


def test_an_omission_explains_its_words_once() -> None:
    page = f"Next chapter {TEXT} Next chapter"
    once = (Omission("furniture", "Next chapter", HERE),)
    assert prove_reading(page, once * 2, book(TEXT)) == ()
    with pytest.raises(ProofError):
        prove_reading(page, once, book(TEXT))


def test_an_omission_that_begins_like_what_follows() -> None:
    page = f"The end of the page. The end of all things. {TEXT}"
    kept = f"The end of all things. {TEXT}"
    assert prove_reading(page, (Omission("furniture", "The end of the page.", HERE),), book(kept)) == ()


def test_a_loss_does_not_hide_behind_a_long_omission() -> None:
    """Words that also stand in an omission are lost all the same when they stand elsewhere in the source."""
    licence = "this is a licence and it says that nobody on the pier may say who had lit it"
    page = f"{licence} {TEXT}"
    lost = TEXT.replace("nobody on the pier could say ", "")
    with pytest.raises(ProofError):
        prove_reading(page, (Omission("licence", licence, HERE),), book(lost))


def test_notes_may_stand_where_they_are_cited() -> None:
    note = "A lamp of the old kind with a wick."
    source = f"{TEXT} [1]\nAnd more of it came after that.\n[1] {note}"
    chapter = Chapter(
        (
            Paragraph((Text(TEXT), Note((Paragraph((Text(note),)),), "1"))),
            Paragraph((Text("And more of it came after that."),)),
        )
    )
    marks = (Omission("mark", "1", HERE), Omission("mark", "1", HERE))
    (told,) = prove_reading(source, marks, Book(Metadata(), (chapter,)))
    assert told.code == "proof-moved"


def test_words_that_are_too_many_are_told() -> None:
    (told,) = prove_reading(TEXT, (), book(TEXT, "and once again"))
    assert told.code == "proof-added"
    assert "and once again" in told.message


def test_scripts_without_spaces() -> None:
    source = "第一章\n灯が九時に消えた。\n誰も知らない。"
    assert prove_reading(source, (), book("第一章", "灯が九時に消えた。誰も知らない。")) == ()
    with pytest.raises(ProofError):
        prove_reading(source, (), book("第一章", "灯が九時に消えた。誰も知ない。"))


words_of_story = st.lists(st.sampled_from("a b c d e the sea lamp 7 né".split()), max_size=40)


@given(words_of_story, words_of_story)
def test_gaps_account_for_every_word(a: list[str], b: list[str]) -> None:
    """What is outside the gaps is the same in both, letter by letter."""
    found = list(gaps(a, b))

    def outside(words: list[str], spans: list[tuple[int, int]]) -> str:
        inside = {i for start, end in spans for i in range(start, end)}
        return letters(w for i, w in enumerate(words) if i not in inside)

    assert outside(a, [(g.start, g.end) for g in found]) == outside(b, [(g.other, g.other_end) for g in found])


@given(words_of_story, st.data())
def test_a_removed_run_is_found(words: list[str], data: st.DataObject) -> None:
    words = [f"{w}{i}" for i, w in enumerate(words)]
    if not words:
        return
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    lost = [w for g in gaps(words, words[:start] + words[end:]) for w in words[g.start : g.end]]
    assert lost == words[start:end]


def test_a_serial_of_three_hundred_thousand_words_with_a_thousand_losses_is_aligned_exactly() -> None:
    random_ = random.Random(4)
    source = [f"w{random_.randrange(5000)}" for _ in range(300_000)]
    lost = set(random_.sample(range(300_000), 1000))
    kept = [w for i, w in enumerate(source) if i not in lost]
    missing, extra = Counter[str](), Counter[str]()
    for gap in gaps(source, kept):
        missing.update(source[gap.start : gap.end])
        extra.update(kept[gap.other : gap.other_end])
    assert missing - extra == Counter(source[i] for i in lost)
    assert extra.total() < 20  # words between two losses that stand close together


def test_pieces_are_words_and_single_signs() -> None:
    assert pieces("don’t stop_now 第九 x") == ["don", "t", "stop", "now", "第", "九", "x"]


# ---------------------------------------------------------------------------------------------------- the EPUB


def story() -> Reading:
    text = Path("tests/shell/proof_story.txt").read_bytes()
    return examined(understand([Source("proof_story.txt", text, ".txt")], Settings()))


def rewrite(data: bytes, old: bytes, new: bytes) -> bytes:
    """The EPUB with some bytes of its documents replaced."""
    out = io.BytesIO()
    hits = 0
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name.endswith(".xhtml") and b"titlepage" not in content:
                hits += content.count(old)
                content = content.replace(old, new)
            after.writestr(name, content)
    assert hits
    return out.getvalue()


@pytest.mark.parametrize("format_name", ["epub", "kepub"])
def test_a_finished_book_is_proved(format_name: str) -> None:
    made = story().book
    prove_epub(made, writer_for(format_name)(made, load_theme("classic")))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"gulls", b""),
        (b"gulls", b"gu lls"),
        (b"the road", b"theroad"),
        (b"a wick", b"wick"),
        (b"salt pans", b"salt pans pans"),
    ],
)
def test_a_damaged_book_is_refused(old: bytes, new: bytes) -> None:
    made = story().book
    data = writer_for("epub")(made, load_theme("classic"))
    with pytest.raises(ProofError):
        prove_epub(made, rewrite(data, old, new))


def test_the_text_of_a_book_has_its_notes_apart() -> None:
    made = story().book
    running, notes = epub_text(writer_for("epub")(made, load_theme("classic")))
    assert "gulls" in running
    assert "wick" not in running
    assert "wick" in notes


def test_a_book_that_lacks_a_chapter_is_refused() -> None:
    made = story().book
    data = writer_for("epub")(replace(made, chapters=made.chapters[:-1]), load_theme("classic"))
    with pytest.raises(ProofError):
        prove_epub(made, data)


# ----------------------------------------------------------------------------------------------------- the PDF


def test_a_pdf_is_proved_and_a_lacking_one_refused() -> None:
    from converter.writers.pdf import write_pdf

    made = story().book
    assert any(isinstance(b, SceneBreak) for c in made.chapters for b in c.blocks)
    data = write_pdf(made, load_theme("classic"), "a5")
    prove_pdf(made, data)
    more = replace(made, chapters=(*made.chapters, Chapter((Paragraph((Text("Nobody printed this sentence."),)),))))
    with pytest.raises(ProofError, match="printed this sentence"):
        prove_pdf(more, data)
