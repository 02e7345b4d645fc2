"""The proof that no word is lost: losses are found wherever they are made, and nothing else is called one."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.build.pipeline import examined, understand
from converter.build.settings import Settings
from converter.document.alignment import gaps, letters, proof_words
from converter.document.contracts import Insertion, Omission, Parsed, Reading, Source, SourceKind, SourceText, Theme
from converter.document.errors import ProofError
from converter.document.model import Book, Chapter, Inlines, Metadata, Note, Origin, Paragraph, SceneBreak, Text
from converter.document.text_units import map_book, map_chapter
from converter.document.traversal import UnitKind
from converter.document.words import book_text, plain_text
from converter.parsers.text.lines.layout import RowGroup
from converter.proof import Fault, balance, damage, epub_text, prove_epub, prove_parsed, prove_pdf, with_spans
from converter.proof.witness import Witness, words_of_file
from converter.themes import load_theme
from converter.writers.epub import write_epub
from converter.writers.kepub import write_kepub

HERE_LIES = Path(__file__).parent
HERE = Origin("story.txt", 1)
TEXT = "The lamp went out at nine and nobody on the pier could say who had lit it in the first place before the rain"


def book(*paragraphs: str) -> Book:
    metadata = Metadata(
        title="The Salt Road", language="en", identifier="urn:uuid:" + "0" * 8 + "-0000-5000-8000-" + "0" * 12
    )
    return Book(metadata, (Chapter(tuple(Paragraph((Text(p),)) for p in paragraphs)),))


def faults(source: str, made: Book, *omissions: Omission, kind: SourceKind = "text") -> list[Fault]:
    return list(balance(Parsed(made, (SourceText("story.txt", source, kind),), omissions=omissions)).faults)


def kinds(source: str, *paragraphs: str, kind: SourceKind = "text") -> list[str]:
    return [f.kind for f in faults(source, book(*paragraphs), kind=kind)]


def test_equal_texts_balance() -> None:
    assert kinds(TEXT, TEXT) == []


@pytest.mark.parametrize(
    "changed",
    [
        TEXT.replace("nine", "Nine"),
        TEXT.replace(" and", ", and—"),
        TEXT.replace("nobody", "no-\nbody"),
        TEXT.replace("nobody", "no-  \n   body"),
        TEXT.replace("nobody", "_no_body"),
        TEXT.replace("nobody", "no\u200bbody"),
        TEXT.replace("first place", "ﬁrst\n\n  place"),
        TEXT.replace("before the rain", "be-\nfore the ra-\nin"),
        TEXT.replace("could say", "could * * * say"),
    ],
)
def test_what_is_no_loss(changed: str) -> None:
    assert kinds(changed, TEXT) == []


@pytest.mark.parametrize(
    ("there", "here", "kind"),
    [
        ("nobody ", "", "lost"),
        ("nobody", "nobody nobody", "added"),
        ("on the pier", "onthe pier", "joined"),
        ("nobody", "no body", "parted"),
        ("nobody", "n o b o d y", "parted"),
        ("nine and", "nineand", "joined"),
    ],
)
def test_each_kind_of_damage_is_named(there: str, here: str, kind: str) -> None:
    assert kinds(TEXT, TEXT.replace(there, here)) == [kind]


def test_words_joined_over_a_full_stop_are_damage() -> None:
    assert kinds("said the Dodo. “Do so,” said he", "said the Dodo so,” said he") != []
    assert kinds("cried the Dodo, “so said he”", "cried the Dodoso said he") == ["joined"]


def test_a_lost_word_is_named_with_its_place() -> None:
    with pytest.raises(
        ProofError, match=r"1 word would be lost: “nobody” \(after “lamp went out at nine and”, line 3\)"
    ):
        prove_parsed(Parsed(book(TEXT.replace("nobody ", "")), (SourceText("story.txt", f"\n\n{TEXT}"),)))


@pytest.mark.parametrize("at", [0, 7, 21])
def test_a_word_lost_anywhere_is_found(at: int) -> None:
    words = TEXT.split()
    (fault,) = faults(TEXT, book(" ".join(words[:at] + words[at + 1 :])))
    assert (fault.kind, fault.text) == ("lost", words[at])


def test_an_omission_explains_its_words_once() -> None:
    page = f"Next chapter {TEXT} Next chapter"
    once = Omission("furniture", "Next chapter", HERE)
    assert faults(page, book(TEXT), once, once) == []
    assert [f.kind for f in faults(page, book(TEXT), once)] == ["lost"]


def test_an_omission_whose_words_stand_nowhere_is_a_fault() -> None:
    (fault,) = faults(TEXT, book(TEXT), Omission("furniture", "page seven", HERE))
    assert (fault.kind, fault.text) == ("unfounded", "page seven")


def test_an_omission_says_where_it_stands() -> None:
    source = f"Mr Brandt’s story\n\n{TEXT}\n\nThe End"
    told = (Omission("head", "Mr Brandt’s story", HERE), Omission("end", "The End", Origin("story.txt", 5)))
    made = balance(Parsed(book(TEXT), (SourceText("story.txt", source),), omissions=told))
    assert not made.faults
    assert [source[o.start : o.end] for o in with_spans(made)] == ["Mr Brandt’s story", "The End"]


def test_a_span_in_markdown_counts_the_references_that_are_left_unread() -> None:
    source = "&copy 1901 `&gt;` &amp; [a](b.html) it"
    link = Omission("link", "](b.html)", HERE)
    made = balance(Parsed(book("&copy 1901 &gt; & a it"), (SourceText("s.md", source, "markdown"),), omissions=(link,)))
    assert not made.faults
    (told,) = with_spans(made)
    assert source[told.start : told.end] == "](b.html)"


def test_a_span_on_a_page_holds_what_stands_there() -> None:
    source = f"<p class=x>Mr&nbsp;<b>Br&auml;ndt</b>’s story</p><p>{TEXT}</p>"
    told = Omission("head", "Mr Brändt’s story", HERE, 0)
    made = balance(Parsed(book(TEXT), (SourceText("p.html", source, "html"),), omissions=(told,)))
    assert not made.faults
    (told,) = with_spans(made)
    assert source[told.start : told.end] == "Mr&nbsp;<b>Br&auml;ndt</b>’s story"


def test_an_omission_that_begins_like_what_follows() -> None:
    page = f"The end of the page. The end of all things. {TEXT}"
    kept = f"The end of all things. {TEXT}"
    assert faults(page, book(kept), Omission("furniture", "The end of the page.", HERE)) == []


def test_a_loss_does_not_hide_behind_a_long_omission() -> None:
    """Words that also stand in an omission are lost all the same when they stand elsewhere in the source."""
    licence = "this is a licence and it says that nobody on the pier may say who had lit it"
    lost = TEXT.replace("nobody on the pier could say ", "")
    (fault,) = faults(f"{licence} {TEXT}", book(lost), Omission("licence", licence, HERE))
    assert fault.text == "nobody on the pier could say"


def test_an_omission_among_equal_words_is_the_one_that_is_missing() -> None:
    source = "oOo lamp and pier and oOo lamp again"
    made = Book(Metadata(), (Chapter((Paragraph((Text("oOo lamp and pier and"),)), SceneBreak("oOo", HERE),
                                      Paragraph((Text("lamp again"),)))),))  # fmt: skip
    assert faults(source, made) == []


def test_an_omission_is_what_stands_on_its_line_sign_by_sign() -> None:
    tag = Omission("markup", "[i]", HERE)
    assert faults("i[i]s it", book("is it"), tag) == []
    assert [f.kind for f in faults("i is[i] it", book("is it"), tag)] == ["lost"]
    twice = (Omission("place", "[Picture]", HERE), Omission("markup", "[b]", HERE))
    assert faults("[b][Picture]a b c\nb", book("a b c", "b"), *twice) == []


def test_a_reference_in_markdown_stands_for_its_sign_or_for_itself() -> None:
    source = "Caf&eacute; `caf&eacute;` &lt;a&gt; and `&gt;` &#8217;"
    assert kinds(source, "Café caf&eacute; <a> and &gt; ’", kind="markdown") == []
    assert kinds(source, "Café caf&eacute; gt <a> and ’", kind="markdown") != []
    assert kinds(source, "Café caf&eacute; <a> and &gt; 8217 gt", kind="markdown") != []
    assert kinds(source, "Café caf <a> and &gt; ’", kind="markdown") != []


def test_a_reference_is_no_markup() -> None:
    assert kinds("so a&lt;b it", "so ab it", kind="markdown") == ["joined"]
    assert kinds("so a&#96;b it", "so ab it", kind="markdown") == ["joined"]
    tag = Omission("markup", "<i>", HERE)
    assert faults("a &lt;i&gt;x<i> it", book("a <i>x it"), tag, kind="markdown") == []


def test_many_references_close_together_are_each_read_or_not() -> None:
    source = "&lt;i&gt; `&eacute;` so caf&eacute; `&amp;lt` &#233; " * 300
    shown = "<i> &eacute; so café &amp;lt é " * 300
    assert kinds(source, shown, kind="markdown") == []
    assert kinds(source, shown.replace("so", "as", 1), kind="markdown") != []


@pytest.mark.parametrize(("written", "shown"), [("a`D`", "aD"), ("[a](b)c", "ac"), ("[a]()c", "ac"), ("a![]()c", "ac")])
def test_signs_of_markdown_inside_a_word_are_no_border(written: str, shown: str) -> None:
    link = (Omission("link", "](b)", HERE),) if "(b)" in written else ()
    assert faults(f"so {written} it", book(f"so {shown} it"), *link, kind="markdown") == []
    assert link or faults(f"so {written} it", book(f"so {shown} it")) != []


def test_notes_may_stand_where_they_are_cited() -> None:
    note = "A lamp of the old kind with a wick."
    source = f"{TEXT} [1]\nAnd more of it came after that.\n[1] {note}"
    held = Note((Paragraph((Text(note),), origin=Origin("story.txt", 3)),), "1")
    chapter = Chapter((Paragraph((Text(TEXT), held)), Paragraph((Text("And more of it came after that."),))))
    marks = (Omission("mark", "[1]", HERE), Omission("mark", "[1]", Origin("story.txt", 3)))
    assert faults(source, Book(Metadata(), (chapter,)), *marks) == []
    assert [f.kind for f in faults(source, Book(Metadata(), (chapter,)), marks[0])] == ["lost"]


def test_other_words_may_not_stand_elsewhere() -> None:
    moved = TEXT.replace("at nine ", "").replace("the rain", "the rain at nine")
    assert [f.kind for f in faults(TEXT, book(moved))] == ["moved"]


def test_scripts_without_spaces() -> None:
    source = "第一章\n灯が九時に消えた。\n誰も知らない。"
    assert kinds(source, "第一章", "灯が九時に消えた。誰も知らない。") == []
    assert kinds(source, "第一章", "灯が九時に消えた。誰も知ない。") == ["lost"]


# ------------------------------------------------------------------------------------------------- the witness


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>The <b>l</b>amp</p>", "The l amp"),
        ("<p title='a > b'>lamp</p>", "lamp"),
        ('<iframe srcdoc="<p>no story</p>"></iframe>lamp', "lamp"),
        ("<script>if (a<b) tell('story')</script>lamp<style>p {}</style>", "lamp"),
        ("<!-- no story --><!--> lamp", "lamp"),
        ("lamp <!-- never closed", "lamp never closed"),
        ("lamp <script> never closed", "lamp never closed"),
        ("3 < 4 and a<3 lamps", "3 4 and a 3 lamps"),
        ("<a href=x>lamp</a", "lamp a"),
        ("caf&eacute; &amp; l&#97;mp &mdash; pier&nbsp;9", "café lamp pier 9"),
        ("<p\nclass='a\nb'>lamp", "lamp"),
        ("<title>Salt</title><option>One</option><noscript>Two</noscript>", "Salt One Two"),
        ('<meta name="description"\n<meta content="x">lamp', "lamp"),
    ],
)
def test_the_second_reader_reads_every_text_of_a_page(markup: str, words: str) -> None:
    source = SourceText("page.html", markup, "html")
    assert Witness([source]).words == words.split()
    assert [w for w, _, _ in words_of_file(source)] == words.split()


MARKUP = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<b>", "</b>", " lamp", "pier ", "<!--", "-->", "<script>", "</script>", "<style ", "'", '"', "=",
         ">", "<", "&amp;", "&eacute;", "&#8217;", "&x", "\n", "<a href='x > y'>", "<i title=\"", "é", "灯", "<br/>", "1"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(MARKUP)
def test_both_ways_of_reading_a_page_give_the_same_words(markup: str) -> None:
    source = SourceText("page.html", markup, "html")
    found = list(words_of_file(source))
    assert [w for w, _, _ in found] == Witness([source]).words
    assert all(0 <= a < b <= len(markup) for _, a, b in found)


def test_nothing_of_the_parsers_is_known_to_the_second_reader() -> None:
    import ast

    for name in ("witness", "ledger", "strands", "reading"):
        tree = ast.parse(Path(f"converter/proof/{name}.py").read_text())
        known = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
        assert not [m for m in known if m.startswith(("converter.parsers", "bs4", "lxml"))]


# ------------------------------------------------------------------------------- the proof is proved


MUTATED = 50  # places of each kind of damage
STORIES = ("proof_story.txt", "proof_page.html", "proof_notes.md")


def _texts(made: Book) -> list[tuple[int, str]]:
    """The texts of the paragraphs, each with its number."""
    found: list[str] = []

    def see(content: Inlines, _kind: UnitKind, _origin: Origin | None) -> Inlines:
        found.append(plain_text(content))
        return content

    map_book(made, lambda c: map_chapter(c, see))
    return list(enumerate(found))


def _changed(made: Book, number: int, change: Callable[[str], str]) -> Book:
    """The book with the words of one unit changed."""
    at = -1

    def see(content: Inlines, _kind: UnitKind, _origin: Origin | None) -> Inlines:
        nonlocal at
        at += 1
        return _inlines(content, change) if at == number else content

    return map_book(made, lambda c: map_chapter(c, see))


def _inlines(content: Inlines, change: Callable[[str], str]) -> Inlines:
    """The longest text among these inlines changed."""
    best = max((i for i in content if isinstance(i, Text)), key=lambda i: len(i.text), default=None)
    return tuple(Text(change(i.text)) if i is best and isinstance(i, Text) else i for i in content)


@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("harm", ["drop", "double", "join", "part", "swap", "move"])
def test_harm_done_anywhere_to_the_model_is_found(name: str, harm: str) -> None:
    """Words dropped, doubled, joined, torn, swapped or moved at random places of what was understood."""
    reading = understand([Source(name, (HERE_LIES / name).read_bytes(), Path(name).suffix)], Settings())
    assert not balance(reading).faults
    random_ = random.Random(harm + name)
    texts = [(n, t) for n, t in _texts(reading.book) if len(t.split()) > 4]
    done = 0
    for _ in range(MUTATED * 20):
        number, _text = random_.choice(texts)
        made = _harmed(reading.book, number, harm, random_)
        if made is None or book_text(made) == book_text(reading.book):
            continue
        done += 1
        assert balance(replace(reading, book=made)).faults, (harm, number)
        if done == MUTATED:
            break
    assert done == MUTATED


def _harmed(made: Book, number: int, harm: str, random_: random.Random) -> Book | None:
    carried: list[str] = []

    def change(text: str) -> str:
        words = text.split(" ")
        if len(words) < 4:
            return text
        at = random_.randrange(1, len(words) - 1)
        if not words[at].isalpha() or not words[at + 1].isalpha():
            return text
        match harm:
            case "drop" | "move":
                carried.append(words.pop(at))
            case "double":
                words.insert(at, words[at])
            case "join":
                words[at : at + 2] = [words[at] + words[at + 1]]
            case "part":
                words[at] = words[at] if len(words[at]) < 2 else f"{words[at][0]} {words[at][1:]}"
            case "swap":
                if words[at].casefold() != words[at + 1].casefold():
                    words[at], words[at + 1] = words[at + 1], words[at]
        return " ".join(words)

    changed = _changed(made, number, change)
    if harm != "move" or not carried:
        return changed
    word = carried[0]
    target = random_.choice([n for n, t in _texts(changed) if len(t.split()) > 4 and n != number])
    return _changed(changed, target, lambda text: f"{text} {word}")


@pytest.mark.parametrize("name", STORIES)
def test_a_block_moved_or_doubled_is_found(name: str) -> None:
    reading = understand([Source(name, (HERE_LIES / name).read_bytes(), Path(name).suffix)], Settings())
    for chapter_number, chapter in enumerate(reading.book.chapters):
        for at, block in enumerate(chapter.blocks):
            if not isinstance(block, Paragraph) or len(plain_text(block.content).split()) < 3:
                continue
            others = (*chapter.blocks[:at], *chapter.blocks[at + 1 :])
            for blocks in ((*others[: at + 3], block, *others[at + 3 :]), (*chapter.blocks, block), others):
                if blocks == chapter.blocks:
                    continue
                chapters = list(reading.book.chapters)
                chapters[chapter_number] = replace(chapter, blocks=blocks)
                made = replace(reading.book, chapters=tuple(chapters))
                if proof_words(book_text(made)) == proof_words(book_text(reading.book)):
                    continue  # only a break moved
                assert balance(replace(reading, book=made)).faults


@pytest.mark.parametrize("harm", ["drop", "double", "join", "part"])
def test_harm_done_anywhere_to_the_finished_book_is_found(harm: str) -> None:
    made = story().book
    data = write_epub(made, load_theme("classic"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        pages = {n: archive.read(n) for n in archive.namelist() if "chapter" in n and n.endswith(".xhtml")}
    random_ = random.Random(harm)
    places = [(n, m) for n, page in pages.items() for m in re.finditer(rb"(?<=[ >])([a-z]{3,}) (?=[a-z]{2})", page)]
    places = [(n, m) for n, m in places if pages[n].rfind(b"<", 0, m.start()) < pages[n].rfind(b">", 0, m.start())]
    for name, found in random_.sample(places, min(MUTATED, len(places))):
        word = found[1]
        new = {
            "drop": b"",
            "double": word + b" " + word + b" ",
            "join": word,
            "part": word[:1] + b" " + word[1:] + b" ",
        }
        page = pages[name][: found.start()] + new[harm] + pages[name][found.end() :]
        with pytest.raises(ProofError):
            prove_epub(made, _with_page(data, name, page))


def _with_page(data: bytes, name: str, page: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for inner in before.namelist():
            after.writestr(inner, page if inner == name else before.read(inner))
    return out.getvalue()


# -------------------------------------------------------------------------------------- a reading that fails


def test_a_reading_that_loses_a_word_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The footnotes of a text are read wrongly: the story is read without them, and says so."""
    from converter.parsers.text import outlining
    from converter.parsers.text.blocks import footnotes

    def careless(groups: Sequence[RowGroup]) -> list[RowGroup]:
        return [g for g in footnotes.take_footnotes(groups) if "gulls" not in g.rows[0].text]

    monkeypatch.setattr(outlining, "take_footnotes", careless)
    source = Source("proof_story.txt", (HERE_LIES / "proof_story.txt").read_bytes(), ".txt")
    usual = understand([source], Settings())
    with pytest.raises(ProofError) as lost:
        examined(usual)
    given_up = examined(understand([source], Settings(), trouble=lost.value))
    (doubt,) = [d for d in given_up.findings if d.code == "reading-given-up"]
    assert "footnotes" in doubt.message
    assert not balance(given_up).faults


def test_a_reading_that_breaks_down_everywhere_is_set_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    from converter.parsers.text import story_rows

    def broken(*_: object) -> object:
        raise KeyError("habit")

    monkeypatch.setattr(story_rows, "measure", broken)
    source = Source("proof_story.txt", (HERE_LIES / "proof_story.txt").read_bytes(), ".txt")
    made = examined(understand([source], Settings()))
    (doubt,) = [d for d in made.findings if d.code == "read-plainly"]
    assert "KeyError" in doubt.message
    with pytest.raises(KeyError):
        understand([source], Settings(strict=True))


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
    assert proof_words("don’t stop_now 第九 x") == ["don", "t", "stop", "now", "第", "九", "x"]


# ---------------------------------------------------------------------------------------------------- the EPUB


def story() -> Reading:
    text = (HERE_LIES / "proof_story.txt").read_bytes()
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


@pytest.mark.parametrize("write", [write_epub, write_kepub])
def test_a_finished_book_is_proved(write: Callable[[Book, Theme], bytes]) -> None:
    made = story().book
    prove_epub(made, write(made, load_theme("classic")))


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
    data = write_epub(made, load_theme("classic"))
    with pytest.raises(ProofError):
        prove_epub(made, rewrite(data, old, new))


def test_the_text_of_a_book_has_its_notes_apart() -> None:
    made = story().book
    running, notes = epub_text(write_epub(made, load_theme("classic")))
    assert "gulls" in running
    assert "wick" not in running
    assert "wick" in notes


def test_a_book_that_lacks_a_chapter_is_refused() -> None:
    made = story().book
    data = write_epub(replace(made, chapters=made.chapters[:-1]), load_theme("classic"))
    with pytest.raises(ProofError):
        prove_epub(made, data)


# ------------------------------------------------------------------------------------------- books of others


@pytest.mark.parametrize(
    ("there", "here", "kind"),
    [
        ("nobody", "n o b o d y", "parted"),
        ("nine and", "nineand", "joined"),
        ("nobody ", "", "missing"),
        ("nobody", "no-body", ""),
        ("nobody", "no\u00adbody", ""),
    ],
)
def test_damage_in_books_of_others_is_found(there: str, here: str, kind: str) -> None:
    found = damage(book(TEXT), f"A title page\n{TEXT.replace(there, here)}")
    assert [d.kind for d in found] == ([kind] if kind else [])


# ----------------------------------------------------------------------------------------------------- the PDF


def test_a_pdf_is_proved_and_a_lacking_one_refused() -> None:
    from converter.writers.pdf import print_book

    made = story().book
    assert any(isinstance(b, SceneBreak) for c in made.chapters for b in c.blocks)
    data = print_book(made, load_theme("classic"), "a5").data
    prove_pdf(made, data)
    more = replace(made, chapters=(*made.chapters, Chapter((Paragraph((Text("Nobody printed this sentence."),)),))))
    with pytest.raises(ProofError, match="printed this sentence"):
        prove_pdf(more, data)


@pytest.mark.parametrize(
    ("markup", "words", "kinds_"),
    [
        ("<p>one</p><p>Two</p>", "oneTwo", ["joined"]),
        ("<b>one</b><i>Two</i>", "oneTwo", []),
        ("<div>“O</div><p>nce upon</p>", "“Once upon", []),
        ("half-<br>way", "halfway", []),
        ("one<br>Two", "oneTwo", ["joined"]),
    ],
)
def test_words_of_two_blocks_are_two_words(markup: str, words: str, kinds_: list[str]) -> None:
    assert kinds(markup, words, kind="html") == kinds_


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".txt", "He said one</p><p>Two came.\n\nHe rose<center>and fell</center>"),
        (".md", "He said one</p><p>Two came.\n\nHe rose<div>and fell</div>"),
        (".md", "He said one![](x.png)Two came.\n\nHe rose<hr>and fell"),
        (".html", "<p>He said one</p><p>Two came.</p><p>He rose<img src=x.png>and fell</p>"),
        (".txt", "He said one\0Two came.\n\nHe rose\x1cand fell"),
    ],
)
def test_what_parts_blocks_parts_words(suffix: str, text: str) -> None:
    more = " The lamp went out and nobody on the pier could say who had lit it." * 3
    reading = examined(understand([Source(f"s{suffix}", f"{text}\n\n{more}".encode(), suffix)], Settings()))
    said = proof_words(book_text(reading.book))
    assert said[:5] == "He said one Two came".split()
    assert " ".join(said).count("He rose and fell") == 1


def test_what_the_program_puts_in_is_told_word_by_word() -> None:
    texts = (SourceText("story.txt", TEXT),)
    told = (Insertion("a heading from the file's name", "The Salt Road"),)
    assert not balance(Parsed(book("The Salt Road", TEXT), texts, insertions=told)).faults
    assert not balance(Parsed(book(TEXT, "The Salt Road"), texts, insertions=told)).faults
    assert balance(Parsed(book("The Salt Road", "The Salt Road", TEXT), texts, insertions=told)).faults
    for wrong in ("The Road Salt", "The Salt", "The Salt Salt Road", "The SaltRoad"):
        assert balance(Parsed(book(wrong, TEXT), texts, insertions=told)).faults, wrong


def test_an_omission_does_not_excuse_a_word_lost_far_from_it() -> None:
    lines = [f"Line {n} of the log was dull." for n in range(1, 61)]
    lines[50] = "Line 51 of the log named a thimble."
    texts = (SourceText("story.txt", "\n".join(lines)),)
    told = "\n".join(lines).replace(" a thimble", " a")
    near, far = (Omission("a mark", "thimble", Origin("story.txt", line)) for line in (48, 3))
    assert not balance(Parsed(book(told), texts, omissions=(near,))).faults
    assert [f.kind for f in balance(Parsed(book(told), texts, omissions=(far,))).faults] == ["unfounded"]
