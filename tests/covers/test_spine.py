"""The spine: signs stand in East Asia, lines are turned as the language's publishers turn them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PIL import Image, ImageChops

from converter.covers.back import Dress
from converter.covers.spine import draw_spine
from converter.covers.words import showable, words_on_cover
from converter.document.model import Metadata, Person

SIZE, BLEED, DPI = (150, 2475), 38, 300
DRESS = Dress((20, 40, 60), (250, 250, 250), (200, 160, 60), "EB Garamond")


def spine(title: str, language: str, author: str = "") -> Image.Image:
    people = (Person(author),) if author else ()
    return draw_spine(Metadata(title=title, people=people, language=language), SIZE, BLEED, DPI, DRESS)


def inks(image: Image.Image) -> list[tuple[int, int, int, int]]:
    """The boxes of what is written, from head to foot: rows without ink part them."""
    shape = ImageChops.difference(image, Image.new("RGB", image.size, DRESS.ground)).convert("L")
    shape = shape.point(lambda tone: 255 if tone > 90 else 0)
    rows = [shape.crop((0, y, shape.width, y + 1)).getbbox() for y in range(shape.height)]
    boxes, start = [], None
    for y, row in enumerate([*rows, None]):
        if row and start is None:
            start = y
        elif not row and start is not None:
            here = [r for r in rows[start:y] if r]
            boxes.append((min(r[0] for r in here), start, max(r[2] for r in here), y))
            start = None
    return boxes


@pytest.mark.parametrize(("language", "title"), [("zh-Hans", "一一"), ("ja", "一の一"), ("ko", "으르으")])
def test_signs_stand_one_below_the_other(language: str, title: str) -> None:
    """A flat sign is flat: lying, it would be tall."""
    boxes = inks(spine(title, language))
    left, top, right, bottom = boxes[0]
    if language != "ko":
        assert right - left > 3 * (bottom - top)
    assert len(boxes) >= len(title)
    assert all(abs((box[0] + box[2]) / 2 - SIZE[0] / 2) < 6 for box in boxes)  # in the middle of the spine


def whole(boxes: list[tuple[int, int, int, int]]) -> tuple[int, int, int, int]:
    """The box of them all."""
    return min(b[0] for b in boxes), boxes[0][1], max(b[2] for b in boxes), boxes[-1][3]


@pytest.mark.parametrize("mark", ["ー", "—", "…"])
def test_long_marks_run_down_the_column(mark: str) -> None:
    left, top, right, bottom = whole(inks(spine(f"一{mark}", "ja"))[1:])
    assert bottom - top > 50 > 30 > right - left
    assert abs((left + right) / 2 - SIZE[0] / 2) < 8


def test_two_figures_stand_and_words_lie() -> None:
    flat, *figures = inks(spine("一12", "ja"))
    left, top, right, bottom = whole(figures)
    assert flat[0] - 4 <= left < right <= flat[2] + 4
    assert right - left > bottom - top
    left, top, right, bottom = whole(inks(spine("一Salt", "ja"))[1:])
    assert bottom - top > 1.5 * (right - left)


def test_what_is_long_is_set_smaller_and_stays_apart_from_the_author() -> None:
    boxes = inks(spine("夜と猫の長い話" * 9, "ja", "山田太郎"))
    assert boxes[0][1] >= BLEED + DPI // 2 - 1
    assert boxes[-1][3] <= SIZE[1] - BLEED - DPI // 2 + 1
    gaps = [below[1] - above[3] for above, below in pairwise(boxes)]
    assert max(gaps) > 60
    assert all(box[0] >= 0.0625 * DPI - 1 and box[2] <= SIZE[0] - 0.0625 * DPI + 1 for box in boxes)


@pytest.mark.parametrize("language", ["de", "fr", "es-MX", "it", "cs", "ca"])
def test_lines_that_go_upwards(language: str) -> None:
    up, down = spine("Salt Road", language, "Ada Thorn"), spine("Salt Road", "en", "Ada Thorn")
    assert ImageChops.difference(up, down.transpose(Image.Transpose.ROTATE_180)).getbbox() is None


@pytest.mark.parametrize("language", ["en", "en-US", "nl", "sv", "pl", "pt-BR", "ru", ""])
def test_lines_that_go_downwards(language: str) -> None:
    assert ImageChops.difference(spine("Salt", language), spine("Salt", "en")).getbbox() is None
    assert whole(inks(spine("Salt", language)))[3] < SIZE[1] / 3


@pytest.mark.parametrize(("title", "author", "language"), [("דרך המלח", "עדה", "he"), ("طريق الملح", "آدا", "ar")])
def test_a_title_from_right_to_left_stands_at_the_head(title: str, author: str, language: str) -> None:
    boxes = inks(spine(title, language, author))
    assert boxes[0][1] == pytest.approx(BLEED + DPI // 2, abs=14)
    assert boxes[-1][3] == pytest.approx(SIZE[1] - BLEED - DPI // 2, abs=14)
    assert inks(spine(title, language))[-1][3] < SIZE[1] / 3


def test_lines_from_right_to_left_go_downwards_turned_to_the_left() -> None:
    """They can be read beside the front, which is on the left."""
    boxes = inks(spine("אב המלחמות", "he"))
    gaps = [below[1] - above[3] for above, below in pairwise(boxes)]
    assert gaps.index(max(gaps)) < len(gaps) / 2  # the short word comes first
    aleph, lamed, again = inks(spine("אלא", "he"))
    assert lamed[0] < min(aleph[0], again[0]) - 4  # what rises above the line points to the left


@pytest.mark.parametrize("title", ["「夜」の猫", "『雨夜』的长路", "【夜】"])
def test_a_bracket_before_the_first_sign_is_kept(title: str) -> None:
    words, said = showable(words_on_cover(Metadata(title=title, language="ja")))
    assert (words.title, said) == (title, ())
