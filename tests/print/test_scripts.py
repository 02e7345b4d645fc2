"""Scripts on paper: the right fonts, straight edges, the language's own numerals, indents of whole signs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pymupdf
import pytest

from converter.document.contracts import Engine
from converter.document.model import Book, Chapter, Emphasis, Metadata, Paragraph, Text
from converter.themes import load_theme, theme_names
from converter.writers.pdf import Printed, print_book
from converter.writers.pdf.typst.runs import BREAK, breakable

ARABIC = "كان البحر هادئاً تلك الليلة، ولم يكن في الميناء سوى قارب واحد يتأرجح ببطء تحت ضوء القمر. "
HEBREW = "הים היה שקט באותו לילה, ובנמל עגנה רק סירה אחת שהתנדנדה לאטה לאור הירח. "
HINDI = "उस रात समुद्र शांत था और बंदरगाह में केवल एक नाव चाँदनी में धीरे-धीरे डोल रही थी। "
THAI = "คืนนั้นทะเลสงบ และในท่าเรือมีเพียงเรือลำเดียวที่โยกไปมาช้า ๆ ใต้แสงจันทร์ "
LAO = "ຄືນນັ້ນທະເລສະຫງົບ ແລະໃນທ່າເຮືອມີເຮືອພຽງລຳດຽວທີ່ໂຍກໄປມາຊ້າໆໃຕ້ແສງຈັນ "
KHMER = "យប់នោះសមុទ្រស្ងប់ស្ងាត់ ហើយនៅក្នុងកំពង់ផែមានតែទូកមួយដែលរំកិលយឺតៗក្រោមពន្លឺព្រះច័ន្ទ។ "
CHINESE = "那天夜里海面很平静，港口里只有一条小船在月光下慢慢地摇晃。“谁在那儿？”他问道——没有人回答……"
JAPANESE = "その夜の海は静かで、港には月明かりの下でゆっくりと揺れる小舟が一艘あるだけだった。"
KOREAN = "그날 밤 바다는 고요했고 항구에는 달빛 아래 천천히 흔들리는 배 한 척뿐이었다. "
Line = tuple[float, float, float]  # baseline, left, right in points


def printed(language: str, words: str, engine: Engine, *, theme: str = "classic", title: str = "") -> Printed:
    paragraph = Paragraph((Text((words * 9).strip()),))
    chapters = tuple(Chapter((paragraph,) * 4, (), (Text(title or words.split(maxsplit=1)[0][:6]),)) for _ in range(3))
    return print_book(Book(Metadata(title="Ω", language=language), chapters), load_theme(theme), engine=engine)


def glyphs(page: pymupdf.Page) -> Iterator[tuple[str, str, float, float, float]]:
    """Each visible character, its font, its baseline, its left and right edge."""
    for span in page.get_texttrace():
        for code, glyph, (_, baseline), (left, _, right, _) in span["chars"]:
            if chr(code).strip():
                assert glyph != 0, f"no glyph for {chr(code)!r}"
                yield chr(code), span["font"], baseline, left, right


def lines(page: pymupdf.Page) -> list[Line]:
    rows: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for _, _, baseline, left, right in glyphs(page):
        rows[round(baseline)].append((left, right))
    return [(y, min(a for a, _ in row), max(b for _, b in row)) for y, row in sorted(rows.items())]


def opening(document: pymupdf.Document) -> pymupdf.Page:
    """The page on which the last chapter opens."""
    return document[document.get_toc()[-1][2] - 1]


def ink(page: pymupdf.Page) -> float:
    """The share of the page that is not white."""
    picture = page.get_pixmap(colorspace=pymupdf.csGRAY)
    return sum(value < 160 for value in picture.samples) / len(picture.samples)


@pytest.mark.parametrize(
    ("language", "words", "family"),
    [
        ("zh", CHINESE, "Noto-Serif-SC"),
        ("zh-TW", "那天夜裡海面很平靜，港口裡只有一條小船。", "Noto-Serif-TC"),
        ("ja", JAPANESE, "Noto-Serif-JP"),
        ("ko", KOREAN, "Noto-Serif-KR"),
        ("ar", ARABIC, "Amiri"),
        ("he", HEBREW, "Frank-Ruhl-Libre"),
        ("hi", HINDI, "Noto-Serif-Devanagari"),
        ("th", THAI, "Noto-Serif-Thai"),
    ],
)
def test_a_script_is_set_in_a_book_face_of_its_own_and_seen(
    language: str, words: str, family: str, engine: Engine
) -> None:
    result = printed(language, words, engine)
    with pymupdf.open(stream=result.data) as document:
        page = opening(document)
        faces = [font for char, font, *_ in glyphs(page) if ord(char) > 0x0500 and char not in "“”——…"]
        seen = ink(page)
    assert faces
    assert all(family.replace("-", "")[:16] in face.replace("-", "") for face in faces), set(faces)  # cut by PyMuPDF
    assert not {f.code for f in result.findings}
    assert seen > 0.015, "the letters are named, but nothing is drawn"


@pytest.mark.parametrize("theme", ["classic", "modern", "romance"])
@pytest.mark.parametrize(("language", "words"), [("ar", ARABIC), ("he", HEBREW)])
def test_from_right_to_left_both_edges_are_straight(language: str, words: str, theme: str, engine: Engine) -> None:
    with pymupdf.open(stream=printed(language, words, engine, theme=theme).data) as document:
        page = opening(document)
        full = [line for line in lines(page) if line[2] - line[1] > page.rect.width * 0.6]
    assert len(full) > 8
    left = min(a for _, a, _ in full)
    right = max(b for _, _, b in full)
    short = [b for _, a, b in full if a - left > 3]
    indented = [a for _, a, b in full if right - b > 4]
    assert len(short) <= 4, "only the last line of a paragraph is short"
    assert all(right - b < 1 for b in short), "the indent is taken off the line's end"
    assert 1 <= len(indented) <= 4, "one line of each paragraph but the first is indented"


@pytest.mark.parametrize("spaced", [True, False])
@pytest.mark.parametrize(("language", "words"), [("ar", ARABIC.replace("ً", "")), ("he", HEBREW)])
def test_they_are_where_a_line_ends_with_what_is_stressed(language: str, words: str, spaced: bool) -> None:
    """A space at the end of a line, inside the stress or behind it, takes no room in either margin."""
    held = words.split()
    paragraphs = []
    for at in range(16):
        turned, inlines = (held[at % len(held) :] + held[: at % len(held)]) * 4, list[Text | Emphasis]()
        for begin in range(0, len(turned) - 3, 4):
            said = " ".join(turned[begin : begin + 3])
            inlines.append(Emphasis((Text(f"{said} " if spaced else said),)))
            inlines.append(Text(f"{'' if spaced else ' '}{turned[begin + 3]} "))
        paragraphs.append(Paragraph((*inlines, Emphasis((Text("."),)))))
    book = Book(Metadata(title="Ω", language=language), (Chapter(tuple(paragraphs)),))
    with pymupdf.open(stream=print_book(book, load_theme("classic"), engine="weasyprint").data) as document:
        found = [line for page in document for line in lines(page) if line[2] - line[1] > page.rect.width * 0.5]
    lefts, rights = [a for _, a, _ in found], [b for _, _, b in found]
    assert len(found) > 60
    assert max(rights) - sorted(rights)[len(rights) // 2] < 1, "over the right edge"
    assert sorted(lefts)[len(lefts) // 4] - min(lefts) < 1, "over the left edge"


@pytest.mark.parametrize(
    ("language", "words", "numerals"),
    [
        ("ar", ARABIC, "٠١٢٣٤٥٦٧٨٩"),
        ("fa", ARABIC, "۰۱۲۳۴۵۶۷۸۹"),
        ("ar-MA", ARABIC, "0123456789"),
        ("he", HEBREW, "0123456789"),
    ],
)
def test_pages_are_numbered_in_the_numerals_of_the_language(
    language: str, words: str, numerals: str, engine: Engine
) -> None:
    with pymupdf.open(stream=printed(language, words, engine).data) as document:
        page = opening(document)
        foot = "".join(char for char, _, y, *_ in glyphs(page) if y > page.rect.height * 0.9)
    assert foot
    assert set(foot) <= set(numerals)


def test_pages_before_the_story_have_them_too(engine: Engine) -> None:
    chapters = tuple(Chapter((Paragraph((Text(ARABIC * 9),)),), (), (Text(f"الفصل {n}"),)) for n in range(3))
    book = Book(Metadata(title="كتاب", language="ar"), chapters)
    with pymupdf.open(stream=print_book(book, load_theme("classic"), made_for="print", engine=engine).data) as document:
        feet = ["".join(c for c, _, y, *_ in glyphs(page) if y > page.rect.height * 0.9) for page in document]
    assert any(feet)
    assert not any(char.isascii() for foot in feet for char in foot), feet


def test_a_joined_script_is_never_letter_spaced(engine: Engine) -> None:
    title = "الفصل"
    with pymupdf.open(stream=printed("ar", ARABIC, engine, title=title).data) as document:
        page = opening(document)
        head = lines(page)[0]
        spread = head[2] - head[1]
        size = max(span["size"] for span in page.get_texttrace() if abs(span["chars"][0][2][1] - head[0]) < 2)
    assert spread < size * 2.6, "the letters of the heading are torn apart"


@pytest.mark.parametrize(("language", "words", "signs"), [("zh", CHINESE, 2), ("ja", JAPANESE, 1), ("ko", KOREAN, 1)])
def test_paragraphs_of_east_asia_are_indented_by_whole_signs(
    language: str, words: str, signs: int, engine: Engine
) -> None:
    with pymupdf.open(stream=printed(language, words, engine).data) as document:
        page = opening(document)
        full = [line for line in lines(page) if line[2] - line[1] > page.rect.width * 0.5]
        size = max(span["size"] for span in page.get_texttrace() if abs(span["chars"][0][2][1] - full[1][0]) < 2)
    left = min(a for _, a, _ in full)
    assert full[0][1] - left == pytest.approx(signs * size, abs=size * 0.25), "the first paragraph, too"


def test_quotation_marks_and_dashes_of_chinese_are_chinese(engine: Engine) -> None:
    with pymupdf.open(stream=printed("zh", CHINESE, engine).data) as document:
        faces = {font for char, font, *_ in glyphs(opening(document)) if char in "“”—…"}
    assert faces
    assert all("NotoSerifSC" in face.replace("-", "") for face in faces), faces


@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize("page", ["a5", "phone"])
def test_the_numbers_of_the_contents_stand_clear_at_the_edge(theme: str, page: str, engine: Engine) -> None:
    names = [
        f"Chapter {n}: " + "the lantern in the winter orchard and "[: 6 + 3 * n] * (1 + n // 9) for n in range(1, 24)
    ]
    chapters = tuple(Chapter((Paragraph((Text("It was late."),)),), (), (Text(name.strip()),)) for name in names)
    book = Book(Metadata(title="Lanterns", language="en"), chapters)
    with pymupdf.open(stream=print_book(book, load_theme(theme), page, engine=engine).data) as document:
        seen = 0
        edges: dict[int, set[int]] = defaultdict(set)
        for sheet in document:
            entries: dict[object, pymupdf.Rect] = {}  # Typst makes a link of each line
            for link in sheet.get_links():
                if link["kind"] in (pymupdf.LINK_GOTO, pymupdf.LINK_NAMED):
                    leads = link.get("nameddest") or link["page"]
                    entries[leads] = entries.get(leads, pymupdf.Rect(link["from"])) | link["from"]
            for place in entries.values():
                words = sheet.get_text("words", clip=place + pymupdf.Rect(-1, 0, 1, 0))
                foot = max(w[3] for w in words)
                last = sorted((w for w in words if foot - w[3] < 3), key=lambda w: w[0])
                number = last[-1][4].lstrip(".\u2060")
                assert number.isdigit(), last
                others = [w for w in last[:-1] if w[4].strip(".· \u2060")]
                assert others, "a number, or a leader, stands alone on its line"
                assert others[-1][2] <= last[-1][0] + 0.5, "the number overprints the title"
                edges[sheet.number].add(round(last[-1][2]))
                seen += 1
    assert seen == len(names)
    if theme != "romance":  # whose contents are centred
        assert all(max(found) - min(found) <= 1 for found in edges.values()), edges


@pytest.mark.parametrize("words", [THAI, CHINESE, JAPANESE])
def test_a_script_without_spaces_is_not_broken_as_a_long_word_is(words: str) -> None:
    """Where a word of Thai ends Typst knows; a mark at every few letters would let lines end inside one."""
    assert breakable(words.replace(" ", "") * 3, 10) == words.replace(" ", "") * 3
    assert {BREAK, "\u00ad"} & set(breakable(words + "incomprehensibilities", 10))


def _starts(page: pymupdf.Page) -> Iterator[tuple[str, list[float]]]:
    """The first sign of each line, and the widths of the gaps between its pieces, in points."""
    rows: list[tuple[float, list[tuple[float, float, str]]]] = []
    for sign, _, baseline, left, right in sorted(glyphs(page), key=lambda glyph: glyph[2]):
        if not rows or baseline - rows[-1][0] > 4:  # marks stand a little above or below
            rows.append((baseline, []))
        rows[-1] = (baseline, [*rows[-1][1], (left, right, sign)])
    for _, row in rows:
        row.sort()
        reach, gaps = row[0][1], []
        for left, right, _ in row:
            gaps += [left - reach] if left - reach > 1 else []
            reach = max(reach, right)
        yield row[0][2], gaps


@pytest.mark.parametrize(("language", "words"), [("th", THAI), ("lo", LAO), ("km", KHMER)])
def test_where_no_space_parts_words_lines_are_not_torn(language: str, words: str, engine: Engine) -> None:
    with pymupdf.open(stream=printed(language, words, engine).data) as document:
        page = opening(document)
        found = [gaps for _, gaps in _starts(page)]
        right, measure = max(b for _, _, b in lines(page)), page.rect.width - 40
    gaps = [gap for row in found for gap in row]
    assert len(found) > 8
    assert max(gaps, default=0) <= min(gaps, default=0) * 1.5, "spaces are stretched, of which a line has two"
    assert right < measure, "a line stands over the measure"


@pytest.mark.parametrize(("language", "sign", "words"), [("th", "ๆ", THAI), ("lo", "ໆ", LAO)])
def test_a_sign_of_repetition_begins_no_line(language: str, sign: str, words: str, engine: Engine) -> None:
    paragraphs = tuple(Paragraph((Text(("ก" if language == "th" else "ກ") * n + " " + words * 3),)) for n in range(24))
    book = Book(Metadata(title="Ω", language=language), (Chapter(paragraphs),))
    with pymupdf.open(stream=print_book(book, load_theme("classic"), engine=engine).data) as document:
        starts = [start for page in document for start, _ in _starts(page)]
    assert len(starts) > 40
    assert sign not in starts


@pytest.mark.parametrize(("language", "words"), [("lo", LAO), ("km", KHMER), ("th", THAI)])
def test_who_knows_the_words_of_a_script_without_spaces_prints_it(language: str, words: str) -> None:
    """Also where a font of the machine has its letters: Pango breaks Lao and Khmer only at spaces. Without one the
    letters are told, whoever prints."""
    result = printed(language, words, "auto")
    with pymupdf.open(stream=result.data) as document:
        by_typst = "Typst" in document.metadata["creator"] + document.metadata["producer"]
    assert by_typst or any(told.code == "print-no-glyph" for told in result.findings)
    assert by_typst or language != "th", "its letters come with us"


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
@pytest.mark.parametrize("theme", ["classic", "large-print"])
def test_no_bold_face_gives_what_the_regular_one_beside_it_lacks(theme: str, engine: Engine) -> None:
    """Signs of two regular fonts for East Asia, of which the first has a bold face with the letters of both."""
    book = Book(
        Metadata(title="Ω", language="en"), (Chapter((Paragraph((Text("He wrote 你们 and 한글 and かな."),)),)),)
    )
    data = print_book(book, load_theme(theme), "a5", engine=engine).data
    spans = [
        span
        for page in pymupdf.open(stream=data, filetype="pdf")
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
        if any(sign in span["text"] for sign in "你们한글かな")
    ]
    assert spans
    assert not [span["font"] for span in spans if "Bold" in span["font"]]
