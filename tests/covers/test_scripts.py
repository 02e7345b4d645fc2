"""Titles in every script: each character leaves its ink, none a box, and nothing leaves a cover bare."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import uharfbuzz as hb
from PIL import Image, ImageFont

from converter.covers import cover_problems, draw_cover
from converter.covers.coverage import character_ranges, has
from converter.covers.draw import compose
from converter.covers.faces import Cut, Faces
from converter.covers.layouts import LAYOUTS
from converter.covers.machine_fonts import machine_font
from converter.covers.rulers import FontFile, measured
from converter.covers.scripts import language_of_forms, script_of
from converter.covers.sheet import Sheet
from converter.covers.typesetting import Typesetter
from converter.covers.words import ORNAMENT, words_on_cover
from converter.themes.fonts import font_file
from tests.covers.titles import SCRIPTS, story

NO_FONT = "\U00012000\U00012001 \U00012002"


def inked(text: str, file: FontFile) -> list[int]:
    """The glyphs of a text in a font, as HarfBuzz shapes it; 0 is the box for what is not there."""
    face = hb.Face(hb.Blob.from_file_path(str(file.path)), file.index)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(hb.Font(face), buffer)
    return [info.codepoint for info in buffer.glyph_infos]


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_has_its_glyphs(name: str) -> None:
    metadata = SCRIPTS[name]
    assert cover_problems(metadata) == ()
    words = words_on_cover(metadata)
    faces = Faces(words.language)
    for text in (words.title, words.author):
        runs = faces.runs(text, Cut("Source Serif 4", 500))
        assert "".join(run for run, _ in runs) == text
        for run, file in runs:
            assert 0 not in inked(run, file)
    for layout in ("plain", "vine"):
        written = compose(metadata, layout, Sheet).written
        assert {w.role for w in written} == {"title", "author"}
        said = "".join(c for c in f"{words.title}{words.author}".casefold() if c.isalnum())
        shown = "".join(c for w in written for c in w.text.casefold() if c.isalnum())
        assert sorted(shown) == sorted(said)


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_letter_of_a_title_leaves_ink(name: str) -> None:
    """Letter by letter, for a title that is laid but not drawn is the same as none."""
    words = words_on_cover(SCRIPTS[name])
    for run, file in Faces(words.language).runs(words.title, Cut("Source Serif 4", 500)):
        font = ImageFont.truetype(str(file.path), 100, index=file.index)
        for char in {c for c in run if c.isalpha()}:
            assert font.getmask(char).getbbox(), char


@pytest.mark.parametrize(("word", "joined"), [("क्ष", 1), ("त्रि", 2), ("র্ত", 2), ("ক্ষ", 1), ("لا", 2)])
def test_letters_that_join_do(word: str, joined: int) -> None:
    file = Faces("").one_for_all(word, Cut("Amiri"))
    assert file is not None
    assert len(inked(word, file)) <= joined
    apart = sum(measured(c, file, 400, False, "", True, True).length for c in word)
    whole = measured(word, file, 400, word == "لا", "", True, True)
    assert 0 < whole.length < apart


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_title_leaves_a_cover_bare(layout: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("converter.covers.faces.machine_font", lambda char, script: None)

    def title(*authors: str, text: str = NO_FONT, **facts: object) -> str:
        metadata = story(text, *authors, **facts)
        assert cover_problems(metadata)
        return next(w.text for w in compose(metadata, layout, Sheet).written if w.role == "title").casefold()

    assert title("Ines Hollander") == "ines hollander"
    assert title(NO_FONT, series="Tidewrights", series_index="3") == "tidewrights"
    assert title(NO_FONT) == title() == title(text="🔥") == ORNAMENT
    assert title(NO_FONT, text=f"1984 {NO_FONT}") == "1984"
    assert title("Ines Hollander", NO_FONT).startswith("ines hollander")


def test_the_script_tells_the_language_of_han() -> None:
    for text, tag, forms in (
        ("東京の夜", "en", "ja"), ("東京", "ja", "ja"), ("서울의 밤", "", "ko"), ("雨夜长街与灯火", "", "zh-Hans"),
        ("雨夜長街與燈火", "zh", "zh-Hant"), ("雨夜長街與燈火", "zh-Hans", "zh-Hans"), ("雨夜", "zh-TW", "zh-Hant"),
        ("雨夜", "de", "zh-Hans"), ("Rain", "ja", "ja"), ("बारिश", "en", "en"),
    ):  # fmt: skip
        assert language_of_forms(text, tag) == forms, (text, tag)


def test_the_forms_of_han_are_the_languages() -> None:
    covers = [
        draw_cover(story("骨直令化返", language=language), family="plain").data
        for language in ("zh-Hans", "zh-Hant", "ja")
    ]
    titles = [Image.open(BytesIO(data)).crop((100, 100, 1400, 1000)).convert("1").tobytes() for data in covers]
    assert len(set(titles)) == 3


def test_scripts_without_spaces_break_between_words() -> None:
    setter = Typesetter("th")
    lines = [
        "".join(s.text for s in ln.spans) for ln in setter.fit("คืนที่ฝนตกในกรุงเทพ", Cut("Jost"), 500, 900, 200).lines
    ]
    assert len(lines) > 1
    assert "".join(lines) == "คืนที่ฝนตกในกรุงเทพ"
    assert set(lines) <= {"คืน", "ที่", "ฝนตก", "ใน", "กรุงเทพ", "คืนที่", "ที่ฝนตก", "ในกรุงเทพ", "คืนที่ฝนตก", "ฝนตกใน"}
    khmer = Typesetter("km").fit("យប់ភ្លៀងនៅភ្នំពេញ", Cut("Jost"), 500, 900, 200)
    assert len(khmer.lines) > 1
    assert all(line.spans[0].text[0].isalpha() for line in khmer.lines)


def test_the_machine_is_asked_for_what_no_font_of_ours_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of fonts as other systems have it, without fontconfig: only the file that has the letter is taken."""
    home = tmp_path / "home"
    (home / ".fonts" / "deep").mkdir(parents=True)
    for family in ("Noto Sans Thai", "EB Garamond", "Noto Sans Khmer"):
        source = font_file(family)
        (home / ".fonts" / "deep" / f"Copy{source.name}").write_bytes(source.read_bytes())
    (home / ".fonts" / "Broken Thai.ttf").write_bytes(b"\0\1\0\0 no font at all")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("converter.covers.machine_fonts._folders", lambda: iter((home / ".fonts",)))
    from converter.covers import machine_fonts

    machine_font.cache_clear()
    machine_fonts._font_files.cache_clear()
    try:
        for char, name in (("ท", "NotoSansThai"), ("ភ", "NotoSansKhmer"), ("\U00012000", "")):
            found = machine_font(char, script_of(char, ""))
            assert (found is not None) == bool(name)
            if found:
                assert name in found.path.name
                assert has(character_ranges(found.path, found.index), ord(char))
    finally:
        machine_font.cache_clear()
        machine_fonts._font_files.cache_clear()


def test_no_machine_is_asked_for_common_titles(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(char: str, script: object) -> None:
        raise AssertionError(char)

    monkeypatch.setattr("converter.covers.faces.machine_font", never)
    for title in (
        "The Lantern Road",
        "Война и море",
        "Η θάλασσα",
        "בין הים",
        "ألف ليلة",
        "हिन्दी",
        "Burn 🔥",
        "কথা",
        "ฝน",
    ):
        assert draw_cover(story(title, "Žofie Ďurišová")).data
