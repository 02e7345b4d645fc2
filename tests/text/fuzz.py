"""Broken stories by the thousand, run by hand: `python -m tests.text.fuzz --minutes 60`.

Our own stories and made-up lines, in plain text and Markdown, are spliced, cut, repeated, mixed, marked and re-encoded by a
seeded generator. Each file must end within `SECONDS` in a book, or in one line of ConverterError when it hardly has words.
No word may be lost, by the proof and by `remains` below, which knows nothing of the parsers; what is left out must stand in
the file as it is quoted, from the line that is named. All this must hold as well of readings that give something up (notes,
heads ...), of the plain one, and now and then of the finished book. Files that show something new join the pool from which the next are
made. Each is read in a child process, so that one that hangs or dies is told, too. Failing files are made small and written
to `--out`; what they taught stays in `test_found.py`.
"""

from __future__ import annotations

import argparse
import html
import multiprocessing
import random
import re
import sys
import tempfile
import time
import traceback
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from converter.build.parsing import parser_with_settings
from converter.build.pipeline import understand, write
from converter.build.settings import Settings
from converter.document.contracts import Omission, Parsed, Source
from converter.document.errors import ConverterError, NotAStory, ProofError
from converter.document.words import book_text
from converter.parsers.decoding import decode
from converter.parsers.items.placed_notes import place_notes
from converter.parsers.switches import AUTHORS_NOTES, PLAINLY, SWITCHES
from converter.proof import prove_parsed
from converter.proof.faults import SAYS
from converter.themes import load_theme
from tests.pages.outline import of_book

ROOT = Path(__file__).parents[2]
SECONDS = 20.0  # by the clock, for the machine may be busy; a story of this size takes a hundredth of that
LARGEST = 24_000  # characters; larger files are only slower
POOL = 1_500
EACH = 6  # failing files kept of one kind
WHOLE = 0.03  # of the files become books
MINIMISE = 40.0  # seconds spent on making one failing file small
FEW_WORDS = 40  # a file of fewer may be a head, or a list, without a story

LINES = (
    "Chapter 1 The Road[7]", "Chapter 2<br>The Weir", "CHAPTER III", "Chapter IV: \"Why?\"", "III.", "1.", "2", "Part One", "Prologue",
    "The End", "Contents", "Chapter 1 ...... 3", "Table of Contents", "* * *", "***", "oOo", "xXx", "-----", "=====", "~~~", "----------------",
    "A/N: thanks, you all! oOo", "A/N:", "Author's Note: hi", "Note: the door was open.", "Title: Road", "Author: Ada<br>Thorn",
    "Rated: T - English - Drama - Chapters: 12 - Words: 27,137 - Published: Sat, 14 Ju", "Published: Sat, 14 Ju", "by Ada Thorn", "Summary: A road.",
    "Tags: sea, salt", "Road (2)", "The Salt Road, by Ada Thorn", "To my mother", "[Footnote 1: A plum.]", "[Note 1. A plum.]", "[Footnote A: A plum]",
    "[Footnote *: A plum.", "and a pear.]", "[1] A plum.", "[1]", "[2] See [1].", "[^1]: A plum.", "[^1]", "* A plum.", "(1) A plum.", "{1} Plum",
    "He paid for it.[1]", "She paid.[A] Then he paid.[2]", "It was dark.*", "It was late.[^1]", "[Illustration: a ship", "of war]", "[Illustration]",
    "[Kestrel]: Hello, said the bird", "[road]: http://x.example/a \"Title\"", "See [the road][road] and [me](http://x.example/b 'c').",
    "![a lamp](lamp.png)", "<http://x.example/c>", "ada@x.example", "\\<System> Level up.", "<System> Level up.", "<Alice> hi", "<Bob> ho",
    "un<i>believ</i>able", "[b]Loud[/b] and [i]soft[/i]", "<!-- a note -->", "<!-- never closed", "<div class=x>", "</div>", "<p>Said</p>", "<script>x",
    "<table><tr><td>one</td><td>two</td></tr></table>", "<hr>", "<br>", "<span", "style=x>lamp</span>", "<details><summary>More</summary>",
    "| a | b |", "|---|---|", "| one | two | three |", "> quoted", "> > twice", "- item", "* item", "+ item", "  - deep", "12. Year", "1) one", "2) two", "3) three",
    "# Chapter 5", "## The *Road*", "#", "Setext", "===", "```python", "~~~", "    code", "* * * * * * Six months later * * *", "- - - - - - - - - later",
    "&mdash; &amp; &lt;i&gt;x&lt;/i&gt; &#8217; &bogus;", "*never* said _so_ **loud**", "_open and never closed", "*_*_*", "~x~ /y/ /z/ ~w~", "by-and-", "under-",
    "standing of it", "[Pg 12]", "{Page 13}", "12", "13", "14", "15", "- 16 -", "THE ROAD 17", "THE ROAD 18", "THE ROAD 19", "STOP come home STOP", "ANN. It is dark.",
    "Dear Ada,", "Yours truly,", "Bob", "---", "title: Road", "tags: [a, b]", "...", "END OF THE PROJECT GUTENBERG EBOOK ROAD", "*** START OF THE PROJECT GUTENBERG EBOOK ROAD ***",
    "*** END OF THE PROJECT GUTENBERG EBOOK ROAD ***", "Produced by Ada Thorn", "Transcriber's Note:", "次の章", "第一章 灯", "漢字《かんじ》", "\u200b", "\f", "\t\tin", "It was late and the tide was out, and nobody had thought of the boat.",
)  # fmt: skip
SIGNS = tuple(
    "*_~/<>[]{}()#|\\`!&;:.-=+^\"'\n\t \u00a0\u00ad\u200b\x00\x01\x02\x0b\f\x1a\x85\u2028\ufeff\ufffc\U0001f600"
)
PREFIXES = ("> ", "    ", "\t", "- ", "1. ", "* ", "# ", "| ", "          ", "> > ", "<i>", "[b]", "_", "*")
LABEL = re.compile(r"\W*\w[^:]{0,30}:|\W*rated\b", re.I)  # a line of a head, or of a list of facts
WORD = re.compile(r"[^\W_]+")


class Lost(Exception):
    """Words of the file are neither in the book nor in an omission."""


class Misquoted(Exception):
    """What is said to be left out does not stand in the file, from the line that is named."""


class Refused(Exception):
    """A file with words enough is said to be no story."""


class Unbalanced(Exception):
    """A reading that gives up what failed has not the words of the file either."""


class Untidy(Exception):
    """An error of more than one line."""


# ---------------------------------------------------------------------------------------------------- what must hold


def check(data: bytes, suffix: str, notes: str, without: str = "", *, whole: bool = False) -> Parsed | None:
    """One file, with every law proved. None when it is rightly refused. `without` is what its reading gives up (one of
    `SWITCHES`, or `PLAINLY`); `whole`: the fallback and the finished book, too."""
    settings = Settings(notes=notes)  # type: ignore[arg-type]
    source = Source("story" + suffix, data, suffix)
    try:
        parsed = parser_with_settings(suffix, settings, without=frozenset(filter(None, [without])))(source)
        if without not in (PLAINLY, AUTHORS_NOTES):
            parsed = place_notes(parsed, settings.notes, source.name)
    except ConverterError as error:
        if "\n" in str(error):
            raise Untidy(str(error)) from None
        try:
            told = re.sub(r"(?s)<!--.*?-->", "", decode(data).text).split("\n")
            words = sum(len(WORD.findall(line)) for line in told if not LABEL.match(line))
        except ConverterError:
            return None
        if words >= FEW_WORDS and notes != "drop":  # all of it may be a note
            raise Refused(f"{words} words: {error}") from None
        return None
    text = decode(data).text
    if left := remains(text, parsed):
        raise Lost(" ".join(left))
    for omission in parsed.omissions:
        if not stands(text, omission):
            raise Misquoted(f"{omission.rule}, line {omission.origin.line}: {omission.text!r}")
    prove_parsed(parsed)
    if whole:
        finish(source, settings)
    return parsed


def finish(source: Source, settings: Settings) -> None:
    """The whole way to an EPUB, usual, fallen back and plain; writing proves the book."""
    for given in ({}, {"trouble": ValueError("none")}, {"plain": True}):
        try:
            reading = understand([source], settings, **given)  # type: ignore[arg-type]
        except NotAStory:  # plainly it is one
            continue
        if reading.unbalanced:
            raise Unbalanced(", ".join(given))
        try:
            write(reading, "epub", load_theme("classic"), settings)
        except NotAStory:
            if settings.notes != "drop":  # all of it may be a note
                raise


def remains(text: str, parsed: Parsed) -> list[str]:
    """The words of a decoded file that are neither in the book nor left out: counted only, order aside.

    A word that a line's end, a tag or an entity cut, or joined to another, is made up for by words with its letters.
    """
    have = Counter(words_of(book_text(parsed.book)))
    for omission in parsed.omissions:
        have.update(words_of(omission.text))
    return min((_missing(have, told) for told in (text, html.unescape(text))), key=len)


def _missing(have: Counter[str], text: str) -> list[str]:
    want = Counter(words_of(text))
    missing, spare = want - have, have - want
    for entity in re.findall(r"&#?([A-Za-z0-9]{1,31});", text):
        if missing[entity.casefold()] > 0:
            missing[entity.casefold()] -= 1
    letters = Counter("".join(missing.elements())) - Counter("".join(spare.elements()))
    if not letters and all(any(a in b or b in a for b in spare) for a in +missing):
        return []
    return sorted(missing.elements())


def words_of(text: str) -> list[str]:
    """Runs of letters and digits, without regard to case and ligatures."""
    return [
        part for word in WORD.findall(text) for part in WORD.findall(unicodedata.normalize("NFKC", word).casefold())
    ]


def stands(text: str, omission: Omission) -> bool:
    """Whether an omission's text is a piece of the file's lines, each stripped, blank ones skipped, from its line on."""
    plain = replace(omission, text=html.unescape(omission.text))
    return _stands(text, omission) or _stands("\n".join(map(html.unescape, text.split("\n"))), plain)


def _stands(text: str, omission: Omission) -> bool:
    lines = text.split("\n")[max(0, omission.origin.line - 1) :]
    whole = "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
    piece = "\n".join(filter(None, (" ".join(line.split()) for line in omission.text.split("\n"))))
    first = whole.find("\n")
    return 0 <= whole.find(piece) <= (first if first >= 0 else len(whole))


def failure(data: bytes, suffix: str, notes: str, without: str = "", *, whole: bool = False) -> tuple[str, str] | None:
    """(what kind of failure, all of it), or None when all is well."""
    try:
        check(data, suffix, notes, without, whole=whole)
    except KeyboardInterrupt:
        raise
    except Exception as error:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if "converter" in f.filename]
        where = f" {Path(frames[-1].filename).name}:{frames[-1].name}" if frames else ""
        if isinstance(error, Lost | Misquoted | Refused | ProofError):
            where = f" {suffix}" + (f" {str(error).split(',')[0]}" if isinstance(error, Misquoted) else "")
            where += next((f" {k}" for k, says in SAYS.items() if says in str(error)), "")
            where += "" if _is_mended(data, suffix, notes, error) else " unmended"
        where += f" without {without}" if without else ""
        return f"{type(error).__name__}{where}", "".join(traceback.format_exception(error))[-4_000:]
    return None


def _is_mended(data: bytes, suffix: str, notes: str, trouble: Exception) -> bool:
    """Whether the fallback makes a book of a file that the usual reading lost words of, or refused."""
    settings = Settings(notes=notes)  # type: ignore[arg-type]
    try:
        return not understand([Source("story" + suffix, data, suffix)], settings, trouble=trouble).unbalanced
    except ConverterError:
        return False


# ------------------------------------------------------------------------------------------------------ making files


def made_up(dice: random.Random) -> str:
    """Lines of many habits in any order."""
    parts = []
    for _ in range(dice.randint(1, 40)):
        parts.append(dice.choice(LINES))
        parts.append(dice.choice(("\n", "\n\n", "\n\n", "\n\n\n", " ")))
    return "".join(parts)


def _span(lines: Sequence[str], dice: random.Random) -> tuple[int, int]:
    start = dice.randrange(len(lines) + 1)
    return start, min(len(lines), start + int(40 ** dice.random()))


def mutate(text: str, other: str, dice: random.Random) -> str:
    """The story with one thing done to it."""
    lines = text.split("\n")
    a, b = _span(lines, dice)
    match dice.randint(0, 13):
        case 0:
            lines[a:b] = []
        case 1:
            lines[a:a] = lines[a:b] * dice.choice((1, 1, 2, 6))
        case 2:
            lines[b:] = []
        case 3:
            others = other.split("\n")
            c, d = _span(others, dice)
            lines[a : dice.choice((a, b))] = others[c:d]
        case 4:
            lines[a:a] = made_up(dice).split("\n")
        case 5 | 6:
            lines[a:a] = dice.choice((["{}"], ["", "{}", ""], ["{}", ""])).copy()
            lines[a : a + 3] = [line.replace("{}", dice.choice(LINES)) for line in lines[a : a + 3]]
        case 7:
            prefix = dice.choice(PREFIXES)
            lines[a:b] = [prefix + line for line in lines[a:b]]
        case 8:
            lines[a:b] = [" ".join(lines[a:b])]
        case 9:
            lines[a:b] = [word for line in lines[a:b] for word in (*re.findall(r".{1,60}(?:\s|$)", line), "")]
        case 10:
            lines[a:b] = [line for line in lines[a:b] if line.strip()]
        case 11:
            lines[a:b] = [dice.choice((str.upper, str.lower, str.title, str.strip))(line) for line in lines[a:b]]
        case 12:
            mark = dice.choice(("*", "_", "**", "/", "~", "<i>", "[i]", "`", "\\<", "[", "(", '"'))
            lines[a:b] = [
                re.sub(r"\w+", lambda m: mark + m[0] + dice.choice((mark, "")), x, count=2) for x in lines[a:b]
            ]
        case _:
            whole = "\n".join(lines)
            at = dice.randrange(len(whole) + 1)
            return whole[:at] + dice.choice((*SIGNS, *LINES)) + whole[at + dice.randrange(2) :]
    return "\n".join(lines)


def encode(text: str, dice: random.Random) -> bytes:
    """The story as bytes: mostly UTF-8, some in other encodings and line ends, some with odd bytes in between."""
    if dice.random() < 0.15:
        text = text.replace("\n", dice.choice(("\r\n", "\r", "\n\n", "\r\r\n", "\u2028")))
    names = ("cp1252", "utf-16", "utf-16-le", "shift_jis", "cp1251", "utf-8-sig", "mac-roman")
    data = text.encode("utf-8" if dice.random() < 0.85 else dice.choice(names), "replace")
    if dice.random() < 0.08 and data:
        for _ in range(dice.randint(1, 4)):
            at = dice.randrange(len(data))
            data = data[:at] + bytes([dice.randrange(256)]) + data[at + dice.randrange(2) :]
    return data


def features(parsed: Parsed | None) -> set[str]:
    """What this file shows that another may not: kinds of lines in its outline, rules, codes."""
    if parsed is None:
        return {"refused"}
    found = {
        " ".join(w for w in line.split()[:2] if not w[:1].isalnum() or w.islower())[:24]
        for line in of_book(parsed.book)
    }
    found |= {o.rule for o in parsed.omissions} | {f"{d.code} {d.severity}" for d in parsed.findings}
    return found | {f"{e.topic} {e.why[:20]}" for e in parsed.evidence if e.topic != "encoding"}


# ------------------------------------------------------------------------------------------------ a child that reads


def _answer(line: Connection) -> None:
    """The child: one file after another, its failure and its features."""
    while (asked := line.recv()) is not None:
        data, suffix, notes, without, whole, wanted = asked
        found = failure(data, suffix, notes, without, whole=whole)
        shown: set[str] = set()
        if wanted and found is None:
            shown = features(check(data, suffix, notes, without))
        line.send((found, shown))


class How(NamedTuple):
    """How a file is read: its suffix, where author's notes go, what is given up, whether a book is made of it."""

    suffix: str
    notes: str
    without: str = ""
    whole: bool = False


class Reader:
    """A child process that reads files; one that takes longer than `SECONDS`, or dies, is replaced."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        context: Any = multiprocessing.get_context("spawn")
        self.line, other = context.Pipe()
        self.child = context.Process(target=_answer, args=(other,), daemon=True)
        self.child.start()
        other.close()
        self.ask(b"Once.\n", How(".txt", "inline"), wanted=False, seconds=120.0)

    def ask(
        self, data: bytes, how: How, *, wanted: bool, seconds: float = SECONDS
    ) -> tuple[tuple[str, str] | None, set[str]]:
        """What is wrong with the file, and, where asked, what it shows."""
        self.line.send((data, *how, wanted))
        try:
            if self.line.poll(seconds):
                answer: tuple[tuple[str, str] | None, set[str]] = self.line.recv()
                return answer
            what = f"Hang {how.suffix}"
        except (EOFError, ConnectionError):
            what = f"Died {how.suffix}"
        self.stop()
        self.start()
        return (what, what), set()

    def stop(self) -> None:
        self.child.kill()
        self.child.join()
        self.line.close()


# -------------------------------------------------------------------------------------------------- making it small


def smallest(data: bytes, still: Callable[[bytes], bool]) -> bytes:
    """The file without all that the failure does not need (ddmin, for at most `MINIMISE` seconds)."""
    until = time.monotonic() + MINIMISE
    size = max(1, len(data) // 2)
    while time.monotonic() < until:
        at, cut = 0, False
        while at < len(data) and time.monotonic() < until:
            candidate = data[:at] + data[at + size :]
            if candidate and still(candidate):
                data, cut = candidate, True
            else:
                at += size
        if size == 1 and not cut:
            break
        size = max(1, size // 2)
    return data


# ------------------------------------------------------------------------------------------------------------ running


@dataclass
class Tally:
    """What the run has seen."""

    tried: int = 0
    refused: int = 0
    slowest: float = 0.0
    kinds: Counter[str] = field(default_factory=Counter)


def texts() -> Iterator[str]:
    """Our own stories: plain text and Markdown, those of the repository and those of the tests."""
    for story in sorted((*ROOT.glob("stories/*"), *ROOT.glob("tests/stories/*/input.*"))):
        if story.suffix in (".txt", ".md"):
            yield decode(story.read_bytes()).text[:LARGEST]


def run(minutes: float, seed: int, out: Path, most: int = 0, only: str = "") -> Tally:
    """Tries files for so many minutes, or so many files."""
    dice, tally = random.Random(seed), Tally()
    pool = list(texts())
    known = len(pool)
    seen: set[str] = set()
    out.mkdir(parents=True, exist_ok=True)
    begun = told = time.monotonic()
    reader = Reader()
    try:
        while time.monotonic() - begun < minutes * 60 and not 0 < most <= tally.tried:
            suffix = only or dice.choice((".txt", ".txt", ".md"))
            notes = dice.choice(("inline",) * 8 + ("end", "drop"))
            given_up = dice.choice((*SWITCHES["text" if suffix == ".txt" else "markdown"], PLAINLY, PLAINLY))
            how = How(suffix, notes, given_up if dice.random() < 0.25 else "", dice.random() < WHOLE)
            text = made_up(dice) if dice.random() < 0.15 else dice.choice(pool)
            for _ in range(dice.choice((1, 1, 2, 3, 5, 9))):
                text = mutate(text, dice.choice(pool), dice)[:LARGEST]
            data = encode(text, dice)
            before = time.monotonic()
            found, shown = reader.ask(data, how, wanted=dice.random() < 0.4)
            tally.slowest = max(tally.slowest, time.monotonic() - before)
            tally.tried += 1
            tally.refused += shown == {"refused"}
            if found is not None:
                _keep(found, data, how, out, tally, reader)
            elif shown - seen:
                seen |= shown
                pool.append(text)
                if len(pool) > POOL:
                    pool.pop(dice.randrange(known, len(pool)))
            if time.monotonic() - told > 60:
                told = time.monotonic()
                minute = f"{(told - begun) / 60:.0f} min"
                print(f"{minute}: {tally.tried:,} files, pool {len(pool)}, {dict(tally.kinds)}", flush=True)
    finally:
        reader.stop()
    return tally


def _keep(found: tuple[str, str], data: bytes, how: How, out: Path, tally: Tally, reader: Reader) -> None:
    kind, error = found
    tally.kinds[kind] += 1
    if tally.kinds[kind] > EACH:
        return

    def still(candidate: bytes) -> bool:
        again, _ = reader.ask(candidate, how, wanted=False)
        return again is not None and again[0] == kind

    small = data if kind.startswith("Hang") else smallest(data, still)
    error = (reader.ask(small, how, wanted=False)[0] or found)[1]
    stem = f"{''.join(c if c.isalnum() else '-' for c in kind)}-{tally.kinds[kind]}"
    (out / f"{stem}{how.suffix}").write_bytes(small)
    (out / f"{stem}.whole").write_bytes(data)
    (out / f"{stem}.log").write_text(f"{how}\n{small!r}\n\n{error}", encoding="utf-8", errors="replace")
    last = error.strip().split("\n")[-1]
    print(f"found: {kind}: {last[:200]}", flush=True)


def main() -> int:
    """The command line. 1 when something was found."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=60.0)
    asked.add_argument("--suffix", choices=(".txt", ".md"))
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "chapbook-fuzz-text")
    options = asked.parse_args()
    tally = run(options.minutes, options.seed, options.out, only=options.suffix or "")
    print(
        f"{tally.tried:,} files in {options.minutes:.0f} minutes (seed {options.seed}), slowest {tally.slowest:.1f} s"
    )
    for kind, count in tally.kinds.most_common():
        print(f"{count:6} {kind}")
    return 1 if tally.kinds else 0


if __name__ == "__main__":
    sys.exit(main())
