"""Pages that hold no story are refused for what they are: lists of works, a work's own page, a form, a notice. Pages
that look like them and hold one are read."""

from __future__ import annotations

import pytest

from converter.document.errors import NotAStory
from tests.pages.making import PROSE, page, prose, read, shown

MENU = "<nav><ul><li><a href=/browse>Browse</a></li><li><a href=/login>Login</a></li></ul></nav>"
ABOUT = "A key is found; the key finds a door, and behind the door somebody has been waiting for a long while. "
LANTERN = "在岛上，灯每天晚上都在同一个时刻点亮，谁也说不出是谁点的。老布兰特认为是那个寡妇，寡妇认为是潮水。"


def entry(number: int, facts: str, title: str = "The Glass Orchard") -> str:
    return (
        f"<div class=card><h3><a href=/n/{number}>{title} {number}</a></h3><p>{ABOUT * 3}</p><div>{facts}</div></div>"
    )


FACTS = (
    "<i>Chapters</i><b>61</b><i>Views</i><b>900</b>",
    "Rated: K - English - Chapters: 1 - Words: 308 - Reviews: 7 - Favs: 1",
    "61 Kapitel, 900 Aufrufe",
    "12 episodes <a href=/n>Read more</a>",
    "What the tide leaves, part 1. Words: 400",
)


@pytest.mark.parametrize("facts", FACTS)
def test_a_list_of_works_is_refused(facts: str) -> None:
    listed = "".join(entry(n, facts) for n in range(10))
    with pytest.raises(NotAStory, match=r"list of works \(10 of them\)"):
        read(page(f"{MENU}<h1>Finder</h1><div class=grid>{listed}</div>", "<title>Finder</title>"))


def test_an_authors_own_page_is_one() -> None:
    me = "<h2>Lampmoth</h2><p>Joined 2009</p><p>I write about rivers, and about those who cross them.</p>"
    with pytest.raises(NotAStory, match="list of works"):
        read(page(f"{MENU}{me}<div>{entry(1, FACTS[1])}{entry(2, FACTS[1])}</div>"))


def test_a_story_beside_a_list_of_works_is_read() -> None:
    listed = "".join(entry(n, FACTS[0]) for n in range(4))
    parsed = read(page(f"{MENU}<div class=story><h1>The Lamp</h1>{prose(8)}</div><div class=more>{listed}</div>"))
    assert shown(parsed)[0] == "prose(8)"


def test_posts_that_count_only_their_readers_are_told() -> None:
    posts = "".join(
        f"<div class=post><h3><a href=/p/{n}>Drabble {n}</a></h3>{prose(3)}<p>Chapter {n}</p>Likes: 5 Views: 90</div>"
        for n in range(3)
    )
    assert sum(line == "prose(3)" for line in shown(read(page(f"{MENU}{posts}")))) == 3


def overview(about: str, list_of: str, reviews: str) -> bytes:
    head = "<title>The Lamp | Tales</title><link rel=canonical href=https://tales.example/fiction/12/the-lamp>"
    return page(f"{MENU}<h1>The Lamp</h1><p>{about}</p>{list_of}{reviews}", head)


def test_a_works_own_page_is_refused_whatever_readers_say_of_it() -> None:
    rows = "".join(
        f"<tr><td><a href=/fiction/12/the-lamp/chapter/{n}/x>Chapter {n}: Word</a></td></tr>" for n in range(30)
    )
    for times in (3, 30):
        said = "".join(f"<div class=review><h4>Great</h4><a href=/u/{n}>R{n}</a>{prose(times)}</div>" for n in range(4))
        with pytest.raises(NotAStory, match="lists chapters"):
            read(overview(ABOUT * 3, f"<table>{rows}</table>", f"<div class=reviews>{said}</div>"))


def test_headings_that_lead_to_chapters_with_summaries_under_them_are_a_list() -> None:
    listed = "".join(
        f"<div class=c><h2><a href=/h/{n}.html>Chapter {n}: Name {n}</a></h2><p>{n}366 words</p><p>{ABOUT}</p></div>"
        for n in range(1, 6)
    )
    with pytest.raises(NotAStory, match="lists chapters"):
        read(page(f"{MENU}<h1>The Lamp</h1><p>{ABOUT}</p>{listed}"))


def test_headings_of_volumes_over_links_to_chapters_are_a_list() -> None:
    def volume(number: int) -> str:
        links = "".join(f"<li><a href=/v{number}/chapter-{n}/>Chapter {n}: Rain</a></li>" for n in range(1, 9))
        return f"<p>Volume {number}: Winter (8 chapters)</p><ul>{links}</ul>"

    thanks = "".join(
        f"<p>{name} has given a coin to the boat this month.</p>" for name in ("Ada", "Bram", "Odile", "Tam") * 5
    )
    with pytest.raises(NotAStory, match="lists chapters"):
        read(page(f"{MENU}<h1>The Lamp</h1>{thanks}{''.join(map(volume, range(1, 5)))}"))


@pytest.mark.parametrize("times", [3, 6])
def test_a_short_chapter_in_a_script_without_spaces_is_no_list(times: int) -> None:
    listed = "".join(f"<li><a href=/b/{n}.html>第{n}章 钟声</a></li>" for n in range(1, 40))
    body = f"<h1>第三章 钟声</h1><div class=c>{f'<p>{LANTERN}</p>' * times}</div><ul>{listed}</ul>"
    data = page(body, "<title>渡口 - 第三章 钟声</title>").replace(b"lang='en'", b"lang='zh'")
    parsed = read(data)
    assert parsed.book.metadata.title == "渡口"
    assert shown(parsed, [LANTERN]) == ["# [chapter 3] 第三章 / 钟声", f"prose({times})"]


@pytest.mark.parametrize(
    "said",
    [
        "This story has been suspended.",
        "This work is currently hidden",
        "Cette fanfiction est suspendue!",
        "Diese Geschichte wurde vom Autor zurückgezogen.",
        "该作品已被下架",
        "この作品は削除されました。",
    ],
)
def test_a_story_that_was_taken_back(said: str) -> None:
    with pytest.raises(NotAStory, match="suspended or taken back"):
        read(page(f"{MENU}<h1>The Hat</h1><div>{said}</div><p>{ABOUT}</p><p>One-shot</p>"))


def test_a_story_that_tells_of_a_suspension_is_read() -> None:
    assert shown(read(page(f"{prose(8)}<p>This story has been suspended.</p>"))) == [
        "prose(8)",
        "p This story has been suspended.",
    ]


@pytest.mark.parametrize("title", ["Log in", "Sign in to Tales", "Anmelden", "Connexion"])
def test_a_form_that_asks_for_a_password(title: str) -> None:
    form = "<form><label>Name</label><input><label>Password</label><input type=password></form>"
    with pytest.raises(NotAStory, match="asks for a log-in"):
        read(page(f"{MENU}<h1>{title}</h1>{form}<p>{ABOUT}</p>"))
    read_page = read(page(f"{MENU}<h1>{title}</h1>{form}<div>{prose(8)}</div>"))
    assert "prose(8)" in shown(read_page)


def test_a_list_that_tells_a_story_is_no_list() -> None:
    body = "".join(f"<div class=card><h3><a href=#p{n}>Night {n}</a></h3><p>{PROSE[n % 4]}</p></div>" for n in range(8))
    assert len(shown(read(page(body)))) >= 8


@pytest.mark.parametrize(
    ("head", "holder", "address"),
    [
        ("<meta property=og:type content=book>", "<div class=x>", "/episode/15{n}79"),
        ("", "<div class=synopsis>", "/episode/15{n}79"),
        (
            "<link rel=canonical href=https://t.example/11/novel/the-lamp>",
            "<div class=x>",
            "/17{n}0/novel/the-lamp/tl-{n}",
        ),
    ],
)
def test_a_long_summary_over_links_to_chapters_is_a_works_own_page(head: str, holder: str, address: str) -> None:
    listed = "".join(f"<li><a href={address.format(n=n)}>Chapter {n}: Name</a></li>" for n in range(10, 30))
    body = f"{MENU}<h1>The Lamp</h1>{holder}{prose(4)}</div><ul>{listed}</ul>"
    with pytest.raises(NotAStory, match="lists chapters"):
        read(page(body, f"<title>The Lamp | Tales</title>{head}"))
    told = read(
        page(
            body.replace("<h1>", "<h1>Chapter 12: Name - "), f"<title>Chapter 12: Name - The Lamp | Tales</title>{head}"
        )
    )
    assert "prose(4)" in shown(told)


def test_entries_that_lead_to_chapters_are_no_list_of_works() -> None:
    rows = "".join(
        f"<div class=v><a href=/v{n}/chapter-1/>Chapter {n}: Rain</a><p>Volume {n}, 23 chapters, 100 views</p></div>"
        for n in range(5)
    )
    with pytest.raises(NotAStory, match="lists chapters"):
        read(page(f"{MENU}<h1>The Lamp</h1>{rows}"))


def test_a_form_is_known_by_a_part_of_its_title() -> None:
    form = "<form><input name=n><input type=password></form><p>没有账号？请先注册。</p>"
    with pytest.raises(NotAStory, match="asks for a log-in"):
        read(page(form, "<title>真白 | 登录</title>"))


def test_a_chapter_over_several_pages_is_no_works_own_page() -> None:
    pages = "".join(f"<a href=/n/the-lamp/chapter-1/{n}>{n}</a> " for n in range(2, 10))
    head = "<title>The Lamp | Tales</title><link rel=canonical href=https://t.example/n/the-lamp/chapter-1>"
    parsed = read(page(f"{MENU}<h1>The Lamp</h1><div class=t>{prose(4)}</div><div>{pages}</div>", head))
    assert "prose(4)" in shown(parsed)


def summary(number: int, words: str) -> str:
    head = f"<h4><a href=/w/{number}>The Tin Whistle {number}</a> by <a href=/u/{number}>moth{number}</a></h4>"
    return f"<li class='work blurb'>{head}<blockquote>{ABOUT}</blockquote><dl><dt>{words}</dl></li>"


def beginning(number: int) -> str:
    head = f"<h2><a href=/tale/{number}>The Tin Whistle {number}</a></h2>"
    more = f"<a class=more href=/tale/{number}#more>Continue reading The Tin Whistle {number}</a>"
    return f"<article class='post p-{number}'>{head}<p>{PROSE[0]} {PROSE[2]} She … {more}</p></article>"


def thread(number: int) -> str:
    started = f"by <a href=/u/{number}>moth{number}</a>, 3 May 2014"
    return (
        f"<li class=row><a href=/t/{number}>The bear of the mill ({number})</a> {started} <b>12</b> <i>Replies</i></li>"
    )


LISTS = (
    ("a list of works ", "".join(summary(n, f"Words:<dd>{n}2,311") for n in range(3))),
    ("a list of works ", "".join(summary(n, f"{n}2,311 Wörter") for n in range(3))),
    ("a list of works that only begins them ", "".join(map(beginning, range(3)))),
    ("a list of threads ", "".join(map(thread, range(7)))),
)


@pytest.mark.parametrize(("what", "listed"), LISTS)
def test_entries_whose_text_is_elsewhere(what: str, listed: str) -> None:
    with pytest.raises(NotAStory, match=what):
        read(page(f"{MENU}<h1>Rivers</h1><p>Tales that were sent to us.</p><ul>{listed}</ul>"))


@pytest.mark.parametrize(("what", "listed"), LISTS)
def test_a_very_short_story_beside_such_entries_is_read(what: str, listed: str) -> None:
    told = "".join(f"<p>{p}</p>" for p in (*PROSE, *PROSE[:3]))
    about = page(f"{MENU}<article><h1>The Lamp</h1>{told}</article><h3>More</h3><ul>{listed}</ul>")
    assert shown(read(about))[0] == "prose(1)", what


def test_drabbles_that_count_their_words_are_told() -> None:
    told = "".join(
        f"<div class=d><h3><a href=/d/{n}>Drabble {n}</a></h3>{prose(2)}<i>Words: 148</i></div>" for n in range(3)
    )
    assert sum(line == "prose(2)" for line in shown(read(page(f"{MENU}<div>{told}</div>")))) == 3


def test_a_form_is_refused() -> None:
    boxes = "".join(f"<li><input type=checkbox><label>Show me what is new in list {n}.</label></li>" for n in range(9))
    with pytest.raises(NotAStory, match="a form"):
        read(
            page(f"{MENU}<h2>Set my preferences</h2><form><fieldset><legend>Display</legend>{boxes}</fieldset></form>")
        )


OFFER = '"@type":"Product","name":"The Lamp","offers":{"@type":"Offer","price":"4.99"}'


def for_sale(data: str, body: str) -> bytes:
    head = f'<script type="application/ld+json">{{"@context":"https://schema.org",{data}}}</script>'
    return page(f"{MENU}<h1>The Lamp</h1><p>4.99, with tax</p>{body}<p>Five readers liked it.</p>", head)


def test_a_book_for_sale_is_refused() -> None:
    with pytest.raises(NotAStory, match="for sale"):
        read(for_sale(OFFER, f"<p>{ABOUT * 3}</p>"))


def test_a_story_that_is_also_for_sale_is_read() -> None:
    both = f'"@graph":[{{{OFFER}}},{{"@type":"Article","headline":"The Lamp"}}]'
    assert "prose(5)" in shown(read(for_sale(both, f"<article>{prose(5)}</article>")))
    assert "prose(12)" in shown(read(for_sale(OFFER, f"<article>{prose(12)}</article>")))
