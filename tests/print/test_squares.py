"""Lines of signs that stand in squares: marks beside one another close up, edges are straight, feet level, and no
number of a note begins a line (W3C, Requirements for Japanese Text Layout, 3.1; for Chinese, 3.1)."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

import pymupdf
import pytest

from converter.document.contracts import Engine
from converter.document.model import Book, Chapter, Metadata, Note, Paragraph, Text
from converter.themes import load_theme
from converter.writers.pdf import print_book
from converter.writers.pdf.weasy.squares import halved, marks_of
from tests.print.feature import text
from tests.print.test_scripts import ARABIC, KOREAN

CHINESE = (
    "老人提着灯走下石阶，心里想着：“这样的夜里，谁会出海呢？”没有人答话——只有浪声（一声，又一声）……",
    "“先生，”她说，“您讲过‘灯不灭，船就回来’，可是已经二十年了。”他点点头，又摇摇头。",
    "《潮汐志》里写着：礁石上有许多水洼，每一个里面都有一片完整的天空。",
)
TAIWANESE = (
    "老人提著燈走下石階，心裡想著：「這樣的夜裡，誰會出海呢？」沒有人答話——只有浪聲（一聲，又一聲）……",
    "「先生，」她說，「您講過『燈不滅，船就回來』，可是已經二十年了。」他點點頭，又搖搖頭。",
)
JAPANESE = (
    "老人はランプを提げて石段を下りた。「こんな夜に、誰が海へ出るのだろう？」返事はない――波の音（ひとつ、またひとつ）……。",
    "「先生は『灯が消えなければ船は帰る』とおっしゃいました」と彼女は言った。「でも、もう二十年です」",
)
STORIES = {"zh": CHINESE, "zh-TW": TAIWANESE, "ja": JAPANESE}
HALF_AT_END = "，。、”’」』）》？！："
UNSURE = {"zh": "—", "zh-TW": "—，。：，？", "ja": "―"}  # two in one glyph; what stands in the middle of its square
NEVER_FIRST = "，。、；：？！”’」』）》〉】"
NEVER_LAST = "“‘「『（《〈【"
Row = list[tuple[str, float, float]]  # signs: what, where it begins, the size of its type


def rows(book: Book, theme: str, page: str, engine: Engine) -> Iterator[list[tuple[float, Row]]]:
    """For each page its lines of text, with their baselines."""
    with pymupdf.open(stream=print_book(book, load_theme(theme), page, engine=engine).data) as document:
        for sheet in document:
            found: dict[int, Row] = {}
            for span in sheet.get_texttrace():
                for code, _, (x, y), _ in span["chars"]:
                    if chr(code).strip("\u2060 ") and 0.07 < y / sheet.rect.height < 0.925:
                        found.setdefault(round(y), []).append((chr(code), x, span["size"]))
            yield [(y, sorted(row, key=lambda sign: sign[1])) for y, row in sorted(found.items())]


def story(language: str, *, paragraphs: int = 40) -> Book:
    """Paragraphs of one line to six."""
    said = STORIES[language]
    blocks = tuple(
        Paragraph(text("".join(said[(n + at) % len(said)] for at in range(1 + n % 4)))) for n in range(paragraphs)
    )
    return Book(Metadata(title="Ω", language=language), (Chapter(blocks),))


@pytest.mark.parametrize(
    ("language", "said", "wide"),
    [
        ("zh", "水。”水", 2.5),
        ("zh", "水，“水", 2.5),
        ("zh", "水？”水", 2.5),
        ("zh", "水”，“水", 3),
        ("zh", "水（《水", 2.5),
        ("zh", "水。水", 2),
        ("ja", "水。」水", 2.5),
        ("ja", "水、「水", 2.5),
        ("ja", "水」「水", 2.5),
        ("ja", "水』」。水", 3),
        ("ko", "水》「水", 2.5),
    ],
)
def test_marks_beside_one_another_close_up(language: str, said: str, wide: float, engine: Engine) -> None:
    book = Book(Metadata(title="Ω", language=language), (Chapter((Paragraph(text(said)),)),))
    (row,) = (row for page in rows(book, "classic", "a5", engine) for _, row in page if row[0][0] == "水")
    assert _said(row) == said
    assert (row[-1][1] - row[0][1]) / row[0][2] == pytest.approx(wide, abs=0.02)


def test_the_blank_of_a_mark_is_taken_once() -> None:
    ours = marks_of("zh-Hans")
    assert list(halved("。”“，", ours, head=False, end=False)) == [0, 2]
    assert list(halved("“水。", ours, head=True, end=True)) == [0, 2]
    assert list(halved("“水。", ours, head=False, end=False)) == []
    assert list(halved("」。「", marks_of("zh-Hant"), head=True, end=True)) == [0, 2], "their stops stand in the middle"
    assert list(halved("？」", marks_of("ja"), head=False, end=False)) == []


@pytest.mark.slow
@pytest.mark.parametrize(("theme", "page"), [("classic", "a5"), ("manuscript", "a5"), ("large-print", "phone")])
@pytest.mark.parametrize("language", STORIES)
def test_both_edges_are_straight(language: str, theme: str, page: str, engine: Engine) -> None:
    lines = [row for sheet in rows(story(language, paragraphs=12), theme, page, engine) for _, row in sheet]
    size = median(size for row in lines for _, _, size in row)
    last = {said[-3:] for said in STORIES[language]}  # a paragraph may end with such a line
    full = [row for row in lines if len(row) > 9 and row[-1][2] == size and _said(row)[-3:] not in last]
    ends = [row[-1][1] + size * _width(row[-1][0], language) for row in full if row[-1][0] not in UNSURE[language]]
    assert len(full) > 12
    assert max(ends) - min(ends) < 0.15 * size, sorted(ends)
    assert not [row[0] for row in lines if row[0][0] in NEVER_FIRST]
    assert not [row[-1] for row in lines if row[-1][0] in NEVER_LAST]


def _said(row: Row) -> str:
    return "".join(sign for sign, *_ in row)


def _width(sign: str, language: str) -> float:
    half = HALF_AT_END if language == "zh" else "」』）》" if language == "zh-TW" else "」』）》。、"
    return 0.5 if sign in half else 1.0


@pytest.mark.parametrize("language", STORIES)
def test_every_page_is_full(language: str, engine: Engine) -> None:
    sheets = [page for page in rows(story(language), "classic", "a5", engine) if len(page) > 3]
    feet = [page[-1][0] for page in sheets[:-1]]
    assert len(feet) > 3
    assert max(feet) - min(feet) <= 1


def test_dashes_and_dots_of_two_signs_stay_whole(engine: Engine) -> None:
    seen = 0
    for page in rows(story("zh"), "classic", "a5", engine):
        for _, row in page:
            said = _said(row)
            assert not said.startswith("—") or said.startswith("——")
            for at in (i for i in range(len(row) - 2) if said[i : i + 2] in ("——", "……")):
                wide = (row[at + 2][1] - row[at][1]) / row[at][2]
                assert 1.4 < wide < 2.12, "they stand apart"
                seen += 1
    assert seen > 9


@pytest.mark.parametrize("language", ["zh", "ja", "ko"])
def test_the_number_of_a_note_begins_no_line(language: str, engine: Engine) -> None:
    said = {
        "zh": "海上起了很大的雾船在月光下慢慢地摇晃",
        "ja": "海には深い霧が立ちこめていた",
        "ko": KOREAN.strip(" ."),
    }[language]
    blocks = tuple(
        Paragraph((Text((said * 9)[:n]), Note((Paragraph(text("注")),)), Text(said)) if n else text(said))
        for n in range(22, 66)
    )
    book = Book(Metadata(title="Ω", language=language), (Chapter(blocks),))
    lines = [row for page in rows(book, "classic", "a5", engine) for _, row in page]
    edge = min(row[0][1] for row in lines)
    assert not [row for row in lines if len(row) == 1 and row[0][0].isdigit() and row[0][1] - edge < 1]
    assert len(lines) > 80


@pytest.mark.parametrize(("language", "one"), [("ar", "١"), ("fa", "۱"), ("ar-MA", "1"), ("he", "1")])
def test_notes_are_numbered_in_the_numerals_of_the_language(language: str, one: str, engine: Engine) -> None:
    noted = Paragraph((Text(ARABIC.strip()), Note((Paragraph(text(ARABIC.strip())),))))
    book = Book(Metadata(title="Ω", language=language), (Chapter((noted,)),))
    found = [sign for page in rows(book, "classic", "a5", engine) for _, row in page for sign, *_ in row]
    assert [sign for sign in found if sign.isdigit()] == [one] * 3, "in the text, before the note, at the page's foot"
