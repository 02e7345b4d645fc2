"""Every layout with every kind of title: what is written stands where it should, and can be read."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from itertools import combinations
from typing import NamedTuple

import pytest
from PIL import Image

from converter.covers import cover_families, cover_problems, draw_cover
from converter.covers.breaks import LITTLE_WORDS
from converter.covers.colour import TEXT_CONTRAST, contrast
from converter.covers.design import SMALLEST_NAME
from converter.covers.draw import SMALLEST_SUBTITLE, SMALLEST_TITLE, compose
from converter.covers.faces import Cut
from converter.covers.layouts import LAYOUTS
from converter.covers.sheet import HEIGHT, SAFE, WIDTH, Box, PlacedText, Role, Sheet, TextAnchor
from converter.covers.typesetting import Typesetter
from converter.covers.words import words_on_cover
from converter.document.model import Metadata
from tests.covers.titles import LONG, TITLES, UNBROKEN, story
from tests.once import Once

HARD = (
    "plain", "one-letter", "series", "series-long", "long", "endless", "subtitle", "long-subtitle", "unbroken",
    "no-author", "japanese", "arabic",
)  # fmt: skip
SOME_LAYOUTS = ("frame", "grid", "horizon", "slab")
ALL = [
    pytest.param(layout, name, id=f"{layout}-{name}")
    for layout in LAYOUTS
    for name in TITLES
    if name in HARD or layout in SOME_LAYOUTS
]
STEP = 3  # pixels, of which one is looked at in each direction; no ground is as small
READABLE_AT_100 = 5.2
"""Size in pixels of a title's letters on a cover 100 pixels wide: Latin capitals of 5.2 px type are 3.5 px tall, the
least at which words on the test covers were still told apart."""


class Drawn(NamedTuple):
    """What was written on a cover, and the least contrast under each text."""

    written: list[PlacedText]
    worst: list[tuple[str, float]]


class Measured(Sheet):
    """A sheet that looks, before it writes, at the pixels it is about to write on."""

    worst: list[tuple[str, float]]

    def write(
        self, role: Role, setting, box: Box, ink, on, *, across: TextAnchor = "middle", down: TextAnchor = "middle"
    ) -> Box:
        left, top = int(box.left) - 20, int(box.top) - 20
        before = self.image.crop((left, top, int(box.right) + 20, int(box.bottom) + 20))
        inked = super().write(role, setting, box, ink, on, across=across, down=down)
        area = before.crop(
            (int(inked.left) - left, int(inked.top) - top, int(inked.right) - left + 1, int(inked.bottom) - top + 1)
        )
        seen = area.resize((-(-area.width // STEP), -(-area.height // STEP)), Image.Resampling.NEAREST)
        colours = seen.quantize(12).convert("RGB").getcolors(16) or []
        pixels = seen.width * seen.height
        grounds = [colour for count, colour in colours if count > pixels * 0.004]
        colour = self.written[-1].ink
        if not hasattr(self, "worst"):
            self.worst = []
        self.worst.append((role, min(contrast(colour, ground) for ground in grounds)))
        return inked


Draw = Callable[[str, str], Drawn]


@pytest.fixture(scope="session")
def drawn(once: Once) -> Draw:
    """A layout with one of the titles; each is drawn once."""

    def draw(layout: str, name: str) -> Drawn:
        sheet = compose(TITLES[name], layout, Measured)
        assert isinstance(sheet, Measured)
        return Drawn(sheet.written, getattr(sheet, "worst", []))

    return lambda layout, name: once(f"cover {layout} {name}", lambda: draw(layout, name))


def assert_inside_and_apart(written: list[PlacedText]) -> None:
    for text in written:
        box = text.box
        assert box.left >= SAFE - 8, text
        assert box.right <= WIDTH - SAFE + 8, text
        assert box.top >= SAFE - 8, text
        assert box.bottom <= HEIGHT - 90, text
    for one, other in combinations(written, 2):
        apart = (
            one.box.right <= other.box.left
            or other.box.right <= one.box.left
            or one.box.bottom <= other.box.top
            or other.box.bottom <= one.box.top
        )
        assert apart, (one, other)


@pytest.mark.parametrize(("layout", "name"), ALL)
def test_words_stand_inside_apart_and_clear(layout: str, name: str, drawn: Draw) -> None:
    sheet = drawn(layout, name)
    words = words_on_cover(TITLES[name])
    expected = {role for role in ("title", "subtitle", "author", "series", "number") if getattr(words, role)}
    assert {w.role for w in sheet.written} == expected
    assert_inside_and_apart(sheet.written)
    for role, ratio in sheet.worst:
        assert ratio >= TEXT_CONTRAST, (role, ratio)


@pytest.mark.parametrize(("layout", "name"), ALL)
def test_no_word_is_lost_or_cut(layout: str, name: str, drawn: Draw) -> None:
    sheet = drawn(layout, name)
    words = words_on_cover(TITLES[name])
    for text in sheet.written:
        said = "".join(c for c in getattr(words, text.role).casefold() if c.isalnum())
        shown = "".join(c for c in text.text.casefold() if c.isalnum())
        if any(c > "\u0590" for c in said):  # joined, or set from right to left: the order in the file is the shaper's
            assert sorted(shown) == sorted(said)
        else:
            assert shown == said.replace("ß", "ss")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_title_can_be_read_on_a_thumbnail(layout: str, drawn: Draw) -> None:
    for name in ("plain", "series", "subtitle", "cyrillic", "arabic", "japanese"):
        size = next(w.size for w in drawn(layout, name).written if w.role == "title")
        assert size * 100 / WIDTH >= (9 if name == "japanese" else 10), name  # Han fills its em
    for name in ("long", "series-long"):
        size = next(w.size for w in drawn(layout, name).written if w.role == "title")
        assert size * 100 / WIDTH >= READABLE_AT_100, name
    letter = next(w for w in drawn(layout, "one-letter").written if w.role == "title")
    assert letter.box.height > 330


@pytest.mark.parametrize("layout", LAYOUTS)
def test_title_is_the_largest_word_and_the_number_is_clear(layout: str, drawn: Draw) -> None:
    for name in ("plain", "series", "arabic", "chinese"):
        sizes = {w.role: w.size for w in drawn(layout, name).written}
        assert max(sizes["author"], sizes.get("series", 0)) < sizes["title"]
        if "number" in sizes:
            box = next(w.box for w in drawn(layout, name).written if w.role == "number")
            assert box.height >= 75, (layout, name)
            assert sizes["number"] > sizes["series"]


FIVE = (
    "Alexandra Montgomery-Smith", "Johannes Wolkenstein", "Giovanna di Bellacorte", "Priscilla Featherstone",
    "Maximilian Oberhauser",
)  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_five_authors_and_two_hundred_characters_can_be_read(layout: str) -> None:
    assert SMALLEST_NAME >= 0.02 * HEIGHT
    for title in ("The Lantern Road", LONG[:200]):
        extra = {"subtitle": LONG, "series": "Tidewrights", "series_index": "3"} if title != "The Lantern Road" else {}
        written = compose(story(title, *FIVE, **extra), layout, Sheet).written
        sizes = {w.role: w.size for w in written}
        assert sizes.get("subtitle", SMALLEST_SUBTITLE) >= SMALLEST_SUBTITLE
        assert sizes["author"] >= SMALLEST_NAME
        assert sizes["title"] >= SMALLEST_TITLE * 0.95
        author = next(w.text for w in written if w.role == "author").casefold()
        assert all(name.split()[-1].casefold() in author for name in FIVE)
        assert_inside_and_apart(written)


def test_of_many_authors_the_first_are_named() -> None:
    for language, end in (("en", "and others"), ("de", "und andere"), ("zu", "…")):
        names = [f"Name {n}" for n in range(9)]
        said = words_on_cover(story("T", *names, language=language)).author.replace("\xa0", " ")
        assert said.startswith("Name 0, Name 1, ")
        assert said.endswith(end)
        assert "Name 5" not in said


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_file_every_reader_takes(layout: str) -> None:
    for name in ("series", "long"):
        cover = draw_cover(TITLES[name], family=layout)
        assert (cover.name, cover.media_type) == ("cover.jpg", "image/jpeg")
        with Image.open(BytesIO(cover.data)) as image:
            image.load()
            assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (1500, 2400))
            assert "exif" not in image.info
            assert not image.info.get("progressive")


def test_same_bytes_in_another_process() -> None:
    program = (
        "from hashlib import sha256\n"
        "from converter.covers import draw_cover\n"
        "from converter.covers.layouts import LAYOUTS\n"
        "from tests.covers.titles import TITLES\n"
        "for name in list(LAYOUTS)[::2]: print(sha256(draw_cover(TITLES['series'], family=name).data).hexdigest())\n"
    )
    here = [sha256(draw_cover(TITLES["series"], family=layout).data).hexdigest() for layout in list(LAYOUTS)[::2]]
    env = {"PYTHONHASHSEED": "4242", "PATH": "", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == here


def test_layouts_really_differ() -> None:
    small = {
        layout: Image.open(BytesIO(draw_cover(TITLES["plain"], family=layout).data)).convert("L").resize((30, 48))
        for layout in LAYOUTS
    }
    for one, other in combinations(LAYOUTS, 2):
        pairs = zip(small[one].tobytes(), small[other].tobytes(), strict=True)
        different = sum(abs(a - b) > 24 for a, b in pairs) / (30 * 48)
        assert different > 0.15, (one, other)


def test_families_are_listed_and_unknown_ones_leave_the_choice_to_the_story() -> None:
    families = cover_families()
    assert len(families) == len(set(families))
    assert {"classic", "modern", "large-print"} <= set(families)
    for family in families:
        assert draw_cover(TITLES["one-word"], family=family).data
    plain = draw_cover(TITLES["plain"]).data
    assert draw_cover(TITLES["plain"], family="no such family").data == plain


def look_of(metadata: Metadata) -> tuple[str, ...]:
    from converter.covers.look import choose_look

    look = choose_look(metadata, "", tuple(LAYOUTS))
    return (look.layout, *map(str, look.palette))


def test_a_series_keeps_one_look() -> None:
    first = story("Ebb", "Petra van Dijk", series="Tidewrights", series_index="1", genres=("Romance",))
    last = story("The Last Spring Tide", "P. van Dijk", series="tidewrights ", series_index="12", tags=("horror",))
    assert look_of(first) == look_of(last)
    others = {look_of(story("Ebb", "P", series=f"Series {n}")) for n in range(24)}
    assert len(others) > 12


def test_a_growing_story_keeps_its_cover() -> None:
    young = story("The Lantern Road", "Ines Hollander", words="4000", chapters="2", updated="2026-01-01")
    old = story(
        "The Lantern Road", "Ines Hollander", words="90000", chapters="40", updated="2027-05-05", status="complete"
    )
    assert draw_cover(young).data == draw_cover(old).data


def test_moods_choose_other_colours() -> None:
    looks = {
        g: look_of(story("One Title", "One Author", genres=(g,))) for g in ("Horror", "Romance", "Science Fiction")
    }
    assert len({look[1:] for look in looks.values()}) == 3


def test_long_words_and_long_titles_are_whole() -> None:
    assert words_on_cover(story(LONG)).title == LONG.replace("'", "’")
    assert len(LONG) >= 190
    sheet = compose(story(UNBROKEN, language="de"), "plain", Sheet)
    assert "".join(sheet.written[0].text.split()).replace("-", "") == UNBROKEN


def test_what_no_font_can_show_is_said_and_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    emoji = story("Burn 🔥 Bright", "Jo 🌙")
    assert [d.code for d in cover_problems(emoji)] == ["cover-signs", "cover-signs"]
    assert [w.text for w in compose(emoji, "plain", Sheet).written] == ["Burn Bright", "Jo"]
    monkeypatch.setattr("converter.covers.faces.machine_font", lambda char, script: None)
    cuneiform = story("\U00012000\U00012001\U00012002", "Ines Hollander")
    problems = cover_problems(cuneiform)
    assert [d.code for d in problems] == ["cover-letters"]
    assert "U+12000" in problems[0].message
    assert "--cover" in problems[0].message
    assert cover_problems(TITLES["plain"]) == ()
    assert [d.code for d in cover_problems(TITLES["endless"])] == ["cover-cut"]


def test_without_shaping_joined_scripts_are_left_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("converter.covers.faces.shaping", lambda: False)
    assert [d.code for d in cover_problems(TITLES["hebrew"])] == ["cover-letters", "cover-letters"]
    assert cover_problems(TITLES["greek"]) == ()
    assert {w.text for w in compose(TITLES["arabic"], "label", Sheet).written} == {"❦", "7"}


def test_odd_characters_in_a_title_do_no_harm() -> None:
    odd = story("A\tB\nC\u2028D\x00E \u200b\u200dF\ufeff e\u0301", "N\u0000N")
    assert words_on_cover(odd).title.startswith("A B C D E")
    assert draw_cover(odd).data
    for title in ("—", "...", "'", "🔥", "?!", "  ", "·", "A" * 3000, "word " * 900, "\u0301", "1", "\u0640", "\u200f"):
        for layout in ("plain", "label"):
            assert compose(story(title, "X"), layout, Sheet).image.size == (1500, 2400)


def test_one_title_one_face() -> None:
    for title, language in (("שלום Alice 2024", "he"), ("مغامرات Alice في 1984", "ar"), ("ABC 東京 émile", "ja")):
        setting = Typesetter(language).fit(title, Cut("Source Serif 4", 600), 700, 1500, 200)
        assert len(setting.lines) > 1
        assert len({span.file.path for line in setting.lines for span in line.spans}) == 1


def test_lines_break_where_readers_pause() -> None:
    def broken(title: str, width: float) -> list[str]:
        setting = Typesetter("en").fit(title, Cut("EB Garamond", 500), width, 900, 240)
        return ["".join(span.text for span in line.spans) for line in setting.lines]

    assert broken("The Wind in the Reeds", 1200) == ["The Wind", "in the Reeds"]
    assert broken("Salt and the Sea-Glass Queen", 1000)[-2:] == ["Sea-Glass", "Queen"]
    for title in (LONG, "A Season of Ash and of Iron", "The House at the End of the World"):
        for width in (700, 1000, 1300):
            lines = broken(title, width)
            assert " ".join(lines) == title
            ends = [line.split()[-1].casefold() for line in lines[:-1] if len(line.split()) > 1]
            assert sum(end in LITTLE_WORDS for end in ends) <= len(lines) // 4, lines


def test_typewriter_signs_become_printed_ones() -> None:
    words = words_on_cover(story('Alice\'s "Odd" Day -- and Night...', "O'Brien"))
    assert (words.title, words.author) == ("Alice’s “Odd” Day — and Night…", "O’Brien")
    assert words_on_cover(story('5" Nails', series="X", series_index="03.0")).title == '5" Nails'
    assert words_on_cover(story("T", series="X", series_index="03.0")).number == "3"
    assert words_on_cover(story("T", series="X", series_index="2.5")).number == "2.5"


@pytest.mark.parametrize("language", ["", "!!", "en_US", "e n", "x" * 60, "日本", "\0", "tr"])
def test_any_language_tag(language: str) -> None:
    assert compose(story("İstanbul ışıkları", "Ayşe", language=language), "frame", Sheet).written
