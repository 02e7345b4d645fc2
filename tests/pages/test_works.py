"""Works in many files: their order, their titles, what is missing, and nothing lost on the way."""

from __future__ import annotations

import io

import pytest
from PIL import Image as Pillow

from converter.checks import check_book
from converter.document.contracts import Parsed, Source
from converter.document.errors import NotAStory
from converter.document.findings.works import WorkOrder
from converter.parsers.html import IndexPage, html_parser
from converter.parsers.text import text_parser
from converter.parsers.works.assembly import assemble
from converter.parsers.works.grouping import works_among
from converter.proof import prove_parsed
from tests.pages.making import prose, shown


def chapter_page(heading: str, body: str, head: str = "", name: str = "page.html") -> Parsed:
    html = (
        f"<html><head><title>{heading} | The Salt "
        f"Road</title>{head}</head><body><h1>{heading}</h1>{prose()}<p>{body}</p></body></html>"
    )
    return parse(name, html)


def parse(name: str, html: str) -> Parsed:
    try:
        return html_parser()(Source(name, html.encode(), ".html"))
    except IndexPage as listed:
        return listed.index


def chapters(parsed: Parsed) -> list[str]:
    """The chapters as they are shown, a line each, and the proof that no word was lost on the way."""
    prove_parsed(parsed)
    lines: list[str] = []
    for line in shown(parsed):
        if line.startswith("#"):
            lines.append(line)
        else:
            lines[-1] += f" | {line}"
    return lines


def group_works(names: list[str], heads: list[bytes]) -> tuple[tuple[int, ...], ...]:
    """Which of these files are chapters of one work: their indices."""
    return tuple(work.files for work in works_among(names, heads))


def test_numbers_in_headings_decide() -> None:
    parts = [
        chapter_page(f"Chapter {n}: Part {n}", f"end {n}", name=f"save{i}.html") for i, n in enumerate((10, 2, 1, 9))
    ]
    made = assemble(parts)
    assert chapters(made) == [
        "# [chapter 1] Chapter 1 / Part 1 | prose(2) | p end 1",
        "# [chapter 2] Chapter 2 / Part 2 | prose(2) | p end 2",
        "# [chapter 9] Chapter 9 / Part 9 | prose(2) | p end 9",
        "# [chapter 10] Chapter 10 / Part 10 | prose(2) | p end 10",
    ]
    assert made.book.metadata.title == "The Salt Road"


def test_file_names_in_natural_order_with_front_and_back_matter() -> None:
    order = ["Prologue", "Chapter 1", "Chapter 2", "Chapter 10", "Chapter 10.5", "Chapter 11", "Epilogue"]
    given = sorted(order, reverse=True)
    parts = [parse(f"{stem}.html", f"<html><body>{prose()}<p>this is {stem}</p></body></html>") for stem in given]
    assert chapters(assemble(parts)) == [
        "# [prologue] Prologue | prose(2) | p this is Prologue",
        "# [chapter 1] Chapter 1 | prose(2) | p this is Chapter 1",
        "# [chapter 2] Chapter 2 | prose(2) | p this is Chapter 2",
        "# [chapter 10] Chapter 10 | prose(2) | p this is Chapter 10",
        "# [chapter 10] Chapter 10.5 | prose(2) | p this is Chapter 10.5",
        "# [chapter 11] Chapter 11 | prose(2) | p this is Chapter 11",
        "# [epilogue] Epilogue | prose(2) | p this is Epilogue",
    ]


@pytest.mark.parametrize(
    ("stems", "heads"),
    [
        (
            ["ch_001", "ch_002", "ch_010"],
            ["[chapter 1] Chapter 1", "[chapter 2] Chapter 2", "[chapter 10] Chapter 10"],
        ),
        (
            ["Chapter IX", "Chapter X", "Chapter XI"],
            ["[chapter 9] Chapter IX", "[chapter 10] Chapter X", "[chapter 11] Chapter XI"],
        ),
        (
            ["01 - The Storm", "02 - Interlude", "03 - The Calm"],
            ["[chapter] The Storm", "[interlude] Interlude", "[chapter] The Calm"],
        ),
        (
            ["salt-road-1", "salt-road-1.5", "salt-road-2"],
            ["[chapter 1] Chapter 1", "[chapter 1] Chapter 1.5", "[chapter 2] Chapter 2"],
        ),
        (
            ["part one", "part two", "part three"],
            ["[part 1] Part one", "[part 2] Part two", "[part 3] Part three"],
        ),
        (
            ["preface", "1", "2", "afterword"],
            ["[preface] Preface", "[chapter]", "[chapter]", "[afterword] Afterword"],
        ),
    ],
)
def test_orders_people_give_their_files(stems: list[str], heads: list[str]) -> None:
    parts = [parse(f"{s}.html", f"<html><body>{prose()}<p>mark{i}mark</p></body></html>") for i, s in enumerate(stems)]
    wanted = [f"# {head} | prose(2) | p mark{i}mark" for i, head in enumerate(heads)]
    assert chapters(assemble(parts[::-1])) == wanted


def test_an_index_page_gives_the_order_and_the_work() -> None:
    links = "".join(
        f"<li><a href='{f}'>{t}</a></li>"
        for f, t in (("b.html", "Chapter 1"), ("c.html", "Chapter 2"), ("a.html", "Chapter 3"))
    )
    index = (
        f"<html><head><title>The Salt Road</title><meta name=author content='Ada "
        f"Thorn'></head><body><h1>The Salt Road</h1><p>A road, and salt.</p><ul>{links}</ul></body></html>"
    )
    parts = [parse(f"{n}.html", f"<html><body>{prose()}<p>file {n}</p></body></html>") for n in "abc"]
    made = assemble([parse("index.html", index), *parts])
    assert chapters(made) == [  # an editor would name them as the index does
        "# [chapter] | prose(2) | p file b",
        "# [chapter] | prose(2) | p file c",
        "# [chapter] | prose(2) | p file a",
    ]
    assert made.book.metadata.title == "The Salt Road"
    assert made.book.metadata.authors == ("Ada Thorn",)


def test_an_index_page_alone_says_what_it_is() -> None:
    links = "".join(f"<li><a href='ch{n}.html'>Chapter {n}</a></li>" for n in range(1, 9))
    with pytest.raises(NotAStory, match="lists chapters"):
        html_parser()(
            Source("index.html", f"<html><body><h1>Road</h1><ul>{links}</ul></body></html>".encode(), ".html")
        )


def test_next_links_make_the_order() -> None:
    def one(n: int, following: int | None) -> Parsed:
        head = f"<link rel=canonical href='https://road.example/s/{n}'>"
        head += f"<link rel=next href='/s/{following}'>" if following else ""
        return parse(f"x{n}.html", f"<html><head>{head}</head><body>{prose()}<p>page {n}</p></body></html>")

    assert chapters(assemble([one(3, 7), one(9, None), one(7, 9)])) == [
        "# [chapter] | prose(2) | p page 3",
        "# [chapter] | prose(2) | p page 7",
        "# [chapter] | prose(2) | p page 9",
    ]


def test_the_same_chapter_twice_is_there_once() -> None:
    parts = [
        chapter_page("Chapter 1", "one", name="a.html"),
        chapter_page("Chapter 1", "one", name="a (1).html"),
        chapter_page("Chapter 2", "two"),
    ]
    made = assemble(parts)
    assert chapters(made) == [
        "# [chapter 1] Chapter 1 | prose(2) | p one",
        "# [chapter 2] Chapter 2 | prose(2) | p two",
    ]
    assert [d.message for d in made.findings] == ["this part is the same as a.html and is left out"]


def test_a_locked_chapter_is_reported_and_the_rest_goes_on() -> None:
    refused = NotAStory("the page asks for a log-in", "ch2.html", "log in")
    made = assemble([chapter_page("Chapter 1", "one"), chapter_page("Chapter 3", "three")], [refused])
    assert [d.message for d in made.findings] == ["a part is left out: ch2.html: the page asks for a log-in; log in"]
    assert chapters(made) == [
        "# [chapter 1] Chapter 1 | prose(2) | p one",
        "# [chapter 3] Chapter 3 | prose(2) | p three",
    ]


def one_of(n: int, whole: int) -> Parsed:
    """A page of a site that says that it is chapter `n` of `whole`."""
    menu = "".join(f"<option value={i} {'selected' if i == n else ''}>{i}. Chapter {i}" for i in range(1, whole + 1))
    html = (
        f"<html><body><div id=profile_top><b class=xcontrast_txt>Road</b></div><select "
        f"id=chap_select>{menu}</select><div id=storytext>{prose()}<p>n{n}</p></div></body></html>"
    )
    return parse(f"{n}.html", html)


def incomplete(parsed: Parsed) -> list[tuple[int, str]]:
    return [(d.whole, d.message.split(";")[0]) for d in parsed.findings if d.code == "story-part"]


def test_all_chapters_there_is_not_called_incomplete() -> None:
    assert incomplete(one_of(1, 2)) == [(2, "the page holds chapter 1 of 2")]
    made = assemble([one_of(2, 2), one_of(1, 2)])
    assert incomplete(made) == []
    assert chapters(made) == ["# [chapter 1] Chapter 1 | prose(2) | p n1", "# [chapter 2] Chapter 2 | prose(2) | p n2"]


def test_what_is_missing_is_counted_again_when_more_chapters_come() -> None:
    half = assemble([one_of(1, 12), one_of(2, 12)])
    assert incomplete(half) == [(12, "2 of 12 chapters are here")]
    assert incomplete(assemble([half, one_of(3, 12)])) == [(12, "3 of 12 chapters are here")]
    assert incomplete(assemble([half, *(one_of(n, 12) for n in range(3, 13))])) == []


def test_the_links_of_an_index_are_told_one_by_one() -> None:
    addresses = [f"ch{n}.html?a=1&b=2" for n in range(1, 9)]
    items = "".join(f"<li><a href='{a}'>Chapter {n}</a></li>" for n, a in enumerate(addresses, 1))
    index = parse("index.html", f"<html><body><h1>Road</h1><ul>{items}</ul></body></html>")
    assert [e.links for e in index.evidence if e.topic == "links"] == [tuple(addresses)]


def test_pictures_of_two_pages_do_not_clash() -> None:
    def one(n: int, colour: str) -> Parsed:
        out = io.BytesIO()
        Pillow.new("RGB", (50, 50), colour).save(out, "PNG")
        html = f"<html><body>{prose()}<img src=a.png alt=x><p>after {n}</p>{prose()}</body></html>"
        return html_parser()(Source(f"{n}.html", html.encode(), ".html", lambda _: out.getvalue()))

    made = assemble([one(1, "red"), one(2, "blue"), one(3, "red")])
    assert [r.name for r in made.book.resources] == ["image-1.png", "image-1-2.png"]
    assert chapters(made) == [
        "# [chapter 1] 1 | prose(2) | figure image-1.png “x” | p after 1 | prose(2)",
        "# [chapter 2] 2 | prose(2) | figure image-1-2.png “x” | p after 2 | prose(2)",
        "# [chapter 3] 3 | prose(2) | figure image-1.png “x” | p after 3 | prose(2)",
    ]


def test_files_of_one_work_are_told_from_others() -> None:
    files = ["road 1.html", "road 2.html", "eel.html", "road 10.html", "weir chapter 1.html"]
    assert group_works(files, [b""] * 5) == ((0, 1, 3), (2,), (4,))
    heads = [b"<link rel='canonical' href='https://archiveofourown.org/works/7/chapters/%d'>" % n for n in (1, 2)]
    assert group_works(["a.html", "z.html"], heads) == ((0, 1),)


def test_numbers_alone_do_not_make_a_work() -> None:
    for files in (["story 1.txt", "story 2.txt"], ["1984.txt", "2001.txt"], ["emma.txt", "persuasion.txt"]):
        assert group_works(files, [b""] * len(files)) == tuple((i,) for i in range(len(files)))
    assert group_works(["ch 1.txt", "ch 2.txt"], [b""] * 2) == ((0, 1),)


def test_an_index_belongs_to_the_files_it_lists() -> None:
    files = ["chapter-1.html", "chapter-2.html", "index.html"]
    assert group_works(files, [b"", b"", b"<a href=chapter-1.html><a href=chapter-2.html>"]) == ((2, 0, 1),)


def test_pages_that_link_to_each_other_are_one_work() -> None:
    heads = [b"<link rel='next' href='b.html'>", b"<p>one</p>", b"<p>two</p>"]
    assert group_works(["a.html", "c.html", "b.html"], heads) == ((0, 2), (1,))
    heads = [
        b"<link rel=canonical href='https://road.example/s/3'><link href='/s/7' rel='next'>",
        b"<link rel=canonical href='https://road.example/s/7'>",
    ]
    assert group_works(["x.html", "y.html"], heads) == ((0, 1),)


def test_a_page_that_lists_chapters_gathers_them_and_one_that_lists_stories_does_not() -> None:
    def listing(*names: str) -> bytes:
        return b"".join(
            b"<li><a href='%s.html'>%s</a>" % (f, n.encode()) for f, n in zip((b"z", b"a", b"m"), names, strict=True)
        )

    files = ["a.html", "index.html", "m.html", "z.html"]
    chapters = [b"", listing("1. The Weir", "2. The Mill", "Epilogue"), b"", b""]
    assert group_works(files, chapters) == ((0, 1, 2, 3),)
    links = b"".join(b"<a href='https://road.example/read/%d'>%d. Leg</a>" % (n, n) for n in (1, 2, 3))
    saved = [b"<!-- saved from url=(0027)https://road.example/read/%d -->" % n for n in (3, 1, 2)]
    assert group_works(["b.html", "x.html", "c.html", "z.html"], [saved[0], links, *saved[1:]]) == ((0, 1, 2, 3),)
    stories = [b"", listing("The Weir", "The Mill", "Eels"), b"", b""]
    assert group_works(files, stories) == ((0,), (1,), (2,), (3,))


def test_titles_that_differ_in_the_chapter_alone_are_one_work() -> None:
    titles = ("The Salt Road - Chapter 2 - Ada", "Eels - Chapter 1 - Ada", "The Salt Road - Chapter 1 - Ada")
    heads = [f"<title>{t}</title>".encode() for t in titles]
    assert group_works(["x.html", "q.html", "b.html"], heads) == ((0, 2), (1,))
    twice = [f"<title>Chapter {n} | Tales of Water</title>".encode() for n in (1, 2, 1)]
    assert group_works(["x.html", "q.html", "b.html"], twice) == ((0,), (1,), (2,))


def test_what_all_names_begin_with_is_no_part_of_a_heading() -> None:
    stems = ["Salt Road Prologue", "Salt Road Chapter 1", "Salt Road Chapter 10.5", "Salt Road Interlude - The Lamp"]
    made = assemble(
        [parse(f"{s}.html", f"<html><body>{prose()}<p>n{i}</p></body></html>") for i, s in enumerate(stems)]
    )
    assert chapters(made) == [
        "# [prologue] Prologue | prose(2) | p n0",
        "# [chapter 1] Chapter 1 | prose(2) | p n1",
        "# [chapter 10] Chapter 10.5 | prose(2) | p n2",
        "# [interlude] Interlude / The Lamp | prose(2) | p n3",
    ]
    assert [d.message for d in check_book(made.book)] == []


def test_the_heading_a_part_begins_with_names_its_chapter_rather_than_a_file_name() -> None:
    def one(n: int, name: str) -> Parsed:
        html = f"<title>The Salt Road</title><body><h2>Leg {n}, by sea</h2>{prose()}<p>n{n}</p></body>"
        return parse(f"{name}.html", html)

    made = assemble([one(1, "save8"), one(2, "save9")])
    assert chapters(made) == [
        "# [chapter] Leg 1, by sea | prose(2) | p n1",
        "# [chapter] Leg 2, by sea | prose(2) | p n2",
    ]


def test_a_heading_that_comes_back_from_a_dropped_title_is_told_once() -> None:
    parts = [
        parse(f"{n}.html", f"<title>{t} - The Salt Road</title><body><h1>{t}</h1>{prose()}<p>n{n}</p></body>")
        for n, t in (("b", "The Weir"), ("a", "The Mill"))
    ]
    made = assemble(parts, keep_order=True)
    assert chapters(made) == ["# [chapter] The Weir | prose(2) | p nb", "# [chapter] The Mill | prose(2) | p na"]


def test_no_part_at_all_is_an_error() -> None:
    with pytest.raises(NotAStory):
        assemble([])


def test_prose_is_what_it_was() -> None:
    made = assemble([chapter_page("Chapter 1", "a"), chapter_page("Chapter 2", "b")])
    assert chapters(made) == ["# [chapter 1] Chapter 1 | prose(2) | p a", "# [chapter 2] Chapter 2 | prose(2) | p b"]


def by_name(*stems: str) -> Parsed:
    pages = "<html><body><p>{}</p>" + prose() + "</body></html>"
    return assemble([parse(f"{stem}.html", pages.format(f"This is {stem}.")) for stem in stems])


def order_doubts(parsed: Parsed) -> list[str]:
    return [d.message for d in parsed.findings if d.code == "work-order"]


def test_a_file_that_says_nothing_about_its_place_is_a_doubt() -> None:
    parsed = by_name("Chapter 1", "Chapter 2", "Interlude", "Chapter 3", "Prologue")
    assert chapters(parsed) == [
        "# [prologue] Prologue | p This is Prologue. | prose(2)",
        "# [chapter 1] Chapter 1 | p This is Chapter 1. | prose(2)",
        "# [chapter 2] Chapter 2 | p This is Chapter 2. | prose(2)",
        "# [chapter 3] Chapter 3 | p This is Chapter 3. | prose(2)",
        "# [interlude] Interlude | p This is Interlude. | prose(2)",
    ]
    assert order_doubts(parsed) == [
        "nothing tells where Interlude.html stands among the 5 files; name the files in order, with --together"
    ]
    assert not order_doubts(by_name("Prologue", "Chapter 1", "Chapter 2", "Epilogue"))


def test_a_first_file_without_a_number_is_the_first() -> None:
    parsed = by_name("The Weir 3", "The Weir", "The Weir 2")
    assert chapters(parsed) == [
        "# [chapter] The Weir | p This is The Weir. | prose(2)",
        "# [chapter] The Weir 2 | p This is The Weir 2. | prose(2)",
        "# [chapter] The Weir 3 | p This is The Weir 3. | prose(2)",
    ]
    assert not order_doubts(parsed)


def chapter_of_a_site(n: int, nav: bool = True) -> Parsed:
    links = "".join(
        f"<a class='btn btn-primary' href='/fiction/900/level/chapter/{70 + m}/x'>{name} Chapter</a>"
        for m, name in ((n - 1, "Previous"), (n + 1, "Next"))
        if 0 < m < 4
    )
    return parse(
        f"Chapter {n}.html",
        f"<title>Chapter {n}: T{n} - Level Seven Baker | Royal Road</title><meta property=og:site_name content='Royal Road'>"
        f"<link rel=canonical href='https://www.royalroad.com/fiction/900/level/chapter/{70 + n}/x'>"
        "<div class=fic-header><a href='/fiction/900/level'><h2>Level Seven Baker</h2></a>"
        f"<h3><a href='/profile/1'>Crumbsmith</a></h3><h1>Chapter {n}: T{n}</h1></div>"
        f"<div class='row nav-buttons'>{links}</div>"
        f"<div class='chapter-inner chapter-content'><p>Rain fell on orchard number {n} all that week.</p></div>",
    )


def test_a_short_chapter_between_two_others_is_no_index() -> None:
    parsed = assemble([chapter_of_a_site(n) for n in (1, 2, 3)])
    assert chapters(parsed) == [
        "# [chapter 1] Chapter 1 / T1 | p Rain fell on orchard number 1 all that week.",
        "# [chapter 2] Chapter 2 / T2 | p Rain fell on orchard number 2 all that week.",
        "# [chapter 3] Chapter 3 / T3 | p Rain fell on orchard number 3 all that week.",
    ]


def test_a_site_for_one_serial_bears_its_name() -> None:
    site = "<meta property=og:site_name content=Lanternfall>"
    parts = [
        parse(
            f"c{n}.html",
            f"<title>Chapter {n} – The {w} | Lanternfall</title>{site}<h1>Chapter {n} – The {w}</h1>{prose()}<p>{w}</p>",
        )
        for n, w in ((1, "Well"), (2, "Rope"))
    ]
    made = assemble(parts)
    assert made.book.metadata.title == "Lanternfall"
    assert chapters(made) == [
        "# [chapter 1] Chapter 1 / The Well | prose(2) | p Well",
        "# [chapter 2] Chapter 2 / The Rope | prose(2) | p Rope",
    ]


def test_a_chapter_that_speaks_of_other_chapters_is_no_index() -> None:
    def one(n: int, more: str) -> Parsed:
        around = "".join(f"<a href='ch{k}.html'>{w}</a> " for w, k in (("Previous", n - 1), ("Next", n + 1)))
        html = f"<html><head><title>Thaw {n}</title></head><body><h1>Thaw {n}</h1><p>{around}</p>{prose(6)}<p>It was thaw {n}.</p>{more}</body></html>"
        return parse(f"ch{n}.html", html)

    told = " and ".join(f"<a href='ch{k}.html'>chapter {k}</a>" for k in (1, 2, 4, 5))
    made = assemble([one(n, f"<p>As was told in {told}, it rained.</p>" if n == 3 else "") for n in (1, 2, 3, 4, 5)])
    assert chapters(made) == [
        "# [chapter] Thaw 1 | prose(6) | p It was thaw 1.",
        "# [chapter] Thaw 2 | prose(6) | p It was thaw 2.",
        "# [chapter] Thaw 3 | prose(6) | p It was thaw 3. | p As was told in chapter 1 and chapter 2 and chapter 4 and chapter 5, it rained.",
        "# [chapter] Thaw 4 | prose(6) | p It was thaw 4.",
        "# [chapter] Thaw 5 | prose(6) | p It was thaw 5.",
    ]


@pytest.mark.parametrize("ending", [".txt", ".html"])
def test_parts_that_bear_the_title_each_are_one_signed_work(ending: str) -> None:
    def part(number: int) -> Parsed:
        name = f"Rose Part {number}{ending}"
        if ending == ".html":
            return parse(
                name, f"<title>Rose Part {number}</title><h1>Rose Part {number}</h1><p>by Ada Thorn</p>{prose(number)}"
            )
        return text_parser()(
            Source(name, f"Rose Part {number}\nby Ada Thorn\n\nRose{number} words.\n".encode(), ending)
        )

    parsed = assemble([part(2), part(1)])
    assert parsed.book.metadata.title == "Rose"
    assert parsed.book.metadata.authors == ("Ada Thorn",)
    words = "p Rose{0} words." if ending == ".txt" else "prose({0})"
    assert chapters(parsed) == [f"# [part {n}] Part {n} | {words.format(n)}" for n in (1, 2)]


def numbered_pages(ids: dict[str, int]) -> list[Parsed]:
    """Pages of these names whose addresses bear these numbers."""
    said = "<html><head><meta property='og:url' content='https://tales.example/fiction/77/chapter/{}/x'></head><body>{}</body></html>"
    texts = {n: said.format(i, f"{prose()}<p>So it was in {n}.</p>") for n, i in ids.items()}
    return [html_parser()(Source(f"{n}.html", text.encode(), ".html")) for n, text in texts.items()]


def test_an_interlude_stands_where_the_numbers_in_the_addresses_put_it() -> None:
    made = assemble(numbered_pages({"1. Wick": 900, "2. Toll": 950, "3. Well": 990, "Interlude_ Ida": 970}))
    assert "So it was in Interlude_ Ida." in chapters(made)[2]
    assert not [f for f in made.findings if isinstance(f, WorkOrder)]


@pytest.mark.parametrize("ids", [(900, 990, 950, 970), (900, 950, 990, 950)], ids=("not in order", "twice"))
def test_numbers_in_addresses_that_do_not_count_the_chapters_place_nothing(ids: tuple[int, ...]) -> None:
    names = ("1. Wick", "2. Toll", "3. Well", "Interlude_ Ida")
    made = assemble(numbered_pages(dict(zip(names, ids, strict=True))))
    assert [f for f in made.findings if isinstance(f, WorkOrder)]
