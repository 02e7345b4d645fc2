"""Many doubts of one cause are one doubt with a count and the first places; slips of their own stay single."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from converter.build.pipeline import examined, understand
from converter.build.settings import Settings
from converter.document.contracts import Source
from converter.document.findings.chapters import ChapterEmpty
from converter.document.findings.heap import Heap, Heaped
from converter.document.findings.union import Finding
from converter.document.findings.words import NameMixed, SpaceStray
from converter.document.model import Book, Chapter, Metadata, Origin, Paragraph, Text
from converter.reports.heaps import HEAPS, gathered
from tests.shell.running import chapbook
from tests.test_findings import SAID

PLAIN = "The lamp went out at nine, and nobody on the pier could say who had lit it in the first place."
HEAD = "Title: The Salt Road\nAuthor: Ada Thorn\n\n"


def told(text: str, code: str) -> list[Finding]:
    source = Source("story.txt", text.encode(), ".txt")
    return [d for d in examined(understand([source], Settings())).findings if d.code == code]


def numbered(n: int) -> str:
    return f"{PLAIN} That was hour {n} of the long night."


def test_headings_doubted_for_one_reason_are_one_doubt() -> None:
    titles = ["Low Water", "The Salt Market", "Nine Bells", "A Debt of Plums", "Home by Candlelight"]
    story = "".join(f"\n\n\n{title}\n\n{numbered(n)}\n\n{PLAIN}\n" for n, title in enumerate(titles))
    (doubt,) = told(HEAD + story, "heading-doubt")
    assert doubt.message.startswith("5 headings were taken for one doubtful reason (one of a series of short lines")
    assert doubt.message.endswith("; first in lines 7, 15, 23")
    assert doubt.origin == Origin("story.txt", 7)


def test_two_doubtful_headings_are_named_each() -> None:
    story = "".join(f"{n}.\n\n{numbered(n)}\n\n{PLAIN}\n\n" for n in (1, 2))
    assert [d.message.split("”")[0] for d in told(HEAD + story, "heading-doubt")] == ["“1.", "“2."]


def test_signs_of_another_system_are_one_doubt() -> None:
    marked = [f"Odile said *nothing* about lamp {n}. {PLAIN}" for n in range(30)]
    story = "\n\n".join([*marked, *(f"*Odile went home in hour {n}. {PLAIN}" for n in range(12))])
    (doubt,) = told(HEAD + story, "emphasis-open")
    assert "“*” opens emphasis 12 times" in doubt.message
    slips = told(HEAD + "\n\n".join([*marked, f"*Odile went home. {PLAIN}"]), "emphasis-open")
    assert [d.message[:20] for d in slips] == ["“*” opens emphasis t"]


def speech(n: int, closed: bool) -> str:
    return f"“The lamp is out again,{'”' if closed else ''} said Odile in hour {n}.\n\n{PLAIN}"


def test_quotation_marks_of_another_system_are_one_doubt() -> None:
    (doubt,) = told(HEAD + "\n\n".join(speech(n, n % 2 == 0) for n in range(40)), "quotes-unbalanced")
    assert "in 20 of 40 paragraphs" in doubt.message
    assert "lines 8, 16, 24" in doubt.message


def test_a_few_slips_in_a_long_text_stay_single() -> None:
    slips = told(HEAD + "\n\n".join(speech(n, n % 12 > 0) for n in range(120)), "quotes-unbalanced")
    assert len(slips) == 10
    assert all("opened and not closed" in d.message for d in slips)


def test_lines_taken_for_paragraphs_are_one_doubt() -> None:
    story = "\n\n".join(f"{numbered(n)} The lamp went out and nobody\n\nof them had lit it. {PLAIN}" for n in range(10))
    (doubt,) = told(HEAD + story, "sentence-broken")
    assert "10 of 20 paragraphs" in doubt.message


def test_a_broken_sentence_is_quoted_in_whole_words() -> None:
    cut = (
        f"The glazier of Half Moon Street went home, and nobody\n\nremembered afterwards whether he had waited. {PLAIN}"
    )
    (doubt,) = told(HEAD + cut, "sentence-broken")
    assert "“Street went home, and nobody | remembered afterwards whether”" in doubt.message


def test_a_word_that_is_doubled_on_purpose_is_one_doubt() -> None:
    story = "\n\n".join(f"The gulls cried mine mine in hour {n}. {PLAIN}" for n in range(5))
    (doubt,) = told(f"{HEAD}{story}\n\nNobody had had the the key.", "word-doubled")[:1]
    assert "“mine mine” stands there 5 times" in doubt.message
    assert len(told(f"{HEAD}{story}\n\nNobody had the the key.", "word-doubled")) == 2


def test_a_list_taken_for_chapters_is_one_doubt() -> None:
    book = Book(Metadata(), tuple(Chapter((), (Text(f"Chapter {n}"),)) for n in range(6)))
    found = [ChapterEmpty(str(n), Origin("story.txt", n)) for n in range(6)]
    (doubt,) = gathered(found, book)
    assert doubt.message.startswith("nothing stands under 6 of 6 headings")


def test_everything_else_stays_as_it_is_and_in_its_place() -> None:
    book = Book(Metadata(), (Chapter((Paragraph((Text(PLAIN),)),)),))
    strays = [SpaceStray(",", str(n), Origin(f"{n % 2}.txt", n + 1)) for n in range(9)]
    names = [NameMixed("Kathrine", 1, "Katherine", 9, str(n)) for n in range(30)]
    found = gathered([names[0], *strays, *names[1:]], book)
    assert [d.code for d in found] == ["name-mixed", "space-stray", *["name-mixed"] * 29]
    assert found[1].message.endswith("; first in 0.txt:1, 1.txt:2, 0.txt:3")
    assert gathered(names, book) == tuple(names)


def test_every_heap_can_be_told() -> None:
    book = Book(Metadata(), (Chapter((Paragraph((Text("“No"),)),)),))
    singles = {type(found.first): found.first for found, _ in SAID if isinstance(found, Heap)}
    assert set(HEAPS) == set(get_args(Heaped)) == set(singles)
    for kind, rule in HEAPS.items():
        (one,) = gathered([replace(singles[kind]) for _ in range(rule.least)], book)
        assert isinstance(one, Heap)
        assert str(rule.least) in one.message
        assert len(gathered([singles[kind]] * (rule.least - 1), book)) == rule.least - 1


@pytest.mark.slow
def test_convert_counts_a_heap_once(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "story.txt").write_text(HEAD + "\n\n".join(speech(n, n % 2 == 0) for n in range(40)), "utf-8")
    run = chapbook("story.txt", "-t", "epub", "-v", cwd=tmp_path)
    assert "1 doubt\n" in run.out
    assert run.err.count("quotes-unbalanced") == 1
