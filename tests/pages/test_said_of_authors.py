"""Who wrote a page's story, and what its work is called, where titles and lines of the page have to agree."""

from __future__ import annotations

import pytest

from converter.document.errors import NotAStory
from tests.pages.making import page, prose, read, shown

MENU = "<nav><a href=/browse>Browse</a> <a href=/login>Login</a></nav>"
TELLS = prose(4)


def named(body: str, head: str) -> tuple[str, tuple[str, ...]]:
    book = read(page(f"{MENU}{body}", head)).book
    return book.metadata.title, book.metadata.authors


def test_a_title_with_the_kind_of_story_and_its_author() -> None:
    head = "<meta property=og:title content='The Lamp, short story by Ada Thorn'>"
    assert named(f"<h1>The Lamp</h1><div>{TELLS}</div>", head) == ("The Lamp", ("Ada Thorn",))


def test_a_handle_with_a_sign_before_it_and_a_site_behind() -> None:
    above = "<h1><a href=/a/1>The Lamp</a> by <a href=/u/1>~lampmoth</a></h1>"
    head = "<title>The Lamp by ~lampmoth on talesART</title>"
    assert named(f"{above}<div>{TELLS}</div>", head) == ("The Lamp", ("lampmoth",))


def test_an_author_behind_a_label_below_the_story() -> None:
    where = "<div class=user>Author: <a href=/u/3>lampmoth</a></div>"
    assert named(f"<h1>The Lamp</h1><div>{TELLS}</div>{where}", "")[1] == ("lampmoth",)
    two = f"{where}{where.replace('lampmoth', 'mothlamp')}"
    assert named(f"<h1>The Lamp</h1><div>{TELLS}</div>{two}", "")[1] == ()


def test_a_work_in_quotation_marks_and_the_name_beside_it() -> None:
    head = "<title>Read online &quot;The Lamp&quot; - Ada Thorn - Chapter 2. Lemons - Tales</title>"
    above = "<div><a href=/w/1>The Lamp</a> <a href=/u/1>Ada Thorn</a></div>"
    assert named(f"{above}<div><h1>Chapter 2. Lemons</h1>{TELLS}</div>", head) == ("The Lamp", ("Ada Thorn",))


def test_a_number_only_in_the_title_of_the_tab() -> None:
    above = "<p class=name>Lemons</p><p><a href=/w/1>The Lamp</a></p>"
    parsed = read(page(f"{MENU}{above}<div>{TELLS}</div>", "<title>The Lamp :: 3. Lemons | Tales</title>"))
    assert (parsed.book.metadata.title, shown(parsed)) == ("The Lamp", ["# [chapter] Lemons", "prose(4)"])


def test_hyphens_part_the_titles_of_chinese_pages() -> None:
    lantern = "在岛上，灯每天晚上都在同一个时刻点亮，谁也说不出是谁点的。老布兰特认为是那个寡妇，寡妇认为是潮水。"
    text = "".join(f"<p>{lantern}</p>" for _ in range(6))
    parsed = read(
        page(f"{MENU}<p class=name>第三章 柠檬</p><div>{text}</div>", "<title>灯塔-第三章 柠檬-林帆-故事书吧</title>")
    )
    assert (parsed.book.metadata.title, shown(parsed)[0]) == ("灯塔", "# [chapter 3] 第三章 / 柠檬")


RATED = '<script type="application/ld+json">{"@type": "Book", "name": "The Lamp", "aggregateRating": {}}</script>'


def test_data_about_a_book_with_ratings_are_no_story() -> None:
    told = "<h1>The Lamp</h1><p>A key is found; the key finds a door.</p><h4>Reviews</h4><p>I read it in one night.</p>"
    with pytest.raises(NotAStory, match="about a work"):
        read(page(f"{MENU}{told}", RATED))
    assert shown(read(page(f"{MENU}<h1>The Lamp</h1>{prose(12)}", RATED)))[0] == "prose(12)"


NOTICES = {
    "Join to unlock": "locked",
    "Unlock this post by joining": "locked",
    "Oops! Something went wrong. Please try again.": "error",
    "Sorry, an unexpected error occurred on our side": "error",
}


@pytest.mark.parametrize("said", NOTICES)
def test_notices(said: str) -> None:
    with pytest.raises(NotAStory, match=NOTICES[said]):
        read(page(f"{MENU}<h1>The Lamp</h1><p>{said}</p><p>Home</p>"))


def test_a_site_whose_name_the_head_has_wrong_is_called_as_its_front_page() -> None:
    head = (
        "<title>Read The Lamp :: 3. Lemons | Tales Web Novels</title><meta name=author content=Tales>"
        "<meta property=og:title content='Read The Lamp :: 3. Lemons | Tales Web Novels'>"
        "<meta property=og:site_name content='Read The Lamp :: 3. Lemons'>"
        "<link rel=canonical href=https://tales.example/e/3>"
    )
    above = "<a href=https://tales.example/>Tales</a><p class=name>Lemons</p><p><a href=/w/1>The Lamp</a></p>"
    assert named(f"{above}<div>{TELLS}</div>", head) == ("The Lamp", ())


@pytest.mark.parametrize("address", ["https://www.tumblr.com/lampmoth/700/x", "https://lampmoth.tumblr.com/post/7/x"])
def test_the_address_of_a_post_says_whose_it_is(address: str) -> None:
    head = f"<meta property=og:site_name content=Tumblr><link rel=canonical href={address}>"
    assert named(f"<article><h1>The Lamp</h1>{TELLS}</article>", head)[1] == ("lampmoth",)


def test_keys_to_turn_pages_and_licences_are_the_sites() -> None:
    keys = "<p>Bạn có thể dùng phím mũi tên để sang chương.</p>"
    licence = "<div class=licensebox><p>Cite this page as: The Lamp, by lampmoth.</p></div>"
    assert shown(read(page(f"{MENU}<h1>The Lamp</h1><div class=t>{TELLS}{keys}{licence}</div>"))) == ["prose(4)"]


@pytest.mark.parametrize(
    "said",
    [
        "<dl><dt>Author</dt><dd><a href=/a/1>Ada Thorn</a></dd><dt>Genre</dt><dd>Fantasy</dd></dl>",
        "<div class=meta>Posted by <a href=/x/1>Ada Thorn</a> on March 3, 2017</div>",
        "<h4><a href=/writers/7>Ada Thorn</a></h4>",
        "<div><img src=a.png alt=avatar><a class=username href=/user/ada>Ada Thorn</a></div>",
    ],
)
def test_who_wrote_it_stands_between_title_and_text(said: str) -> None:
    assert named(f"<h1>The Lamp</h1>{said}<div>{TELLS}</div>", "<title>The Lamp | Tales</title>")[1] == ("Ada Thorn",)


def test_two_who_have_pages_are_no_author() -> None:
    said = "<p><a href=/user/ada>Ada Thorn</a></p><p><a href=/user/brandt>Jo Brandt</a></p>"
    assert named(f"<h1>The Lamp</h1>{said}<div>{TELLS}</div>", "")[1] == ()


@pytest.mark.parametrize("tab", ["Chapter 2: Oil - The Lamp - Tales", "The Lamp - Chapter 2: Oil | Tales"])
def test_a_byline_needs_no_line_with_the_title(tab: str) -> None:
    said = "<div class=meta>by <a href=/users/ada>Ada Thorn</a></div>"
    assert named(f"{said}<div>{TELLS}</div>", f"<title>{tab}</title>") == ("The Lamp", ("Ada Thorn",))


def test_a_line_in_the_middle_is_what_the_tab_names_behind_its_site() -> None:
    body = f"<p align=center><b>The Lamp</b></p><p class=byline>by Ada Thorn</p><div>{TELLS}</div>"
    assert named(body, "<title>Tales: The Lamp</title>") == ("The Lamp", ("Ada Thorn",))


@pytest.mark.parametrize(
    ("line", "chapter"),
    [
        ("<div class=chapter-name>Chapter 2: Oil</div>", "# [chapter 2] Chapter 2 / Oil"),
        ("<p><strong>Chapter 2: Oil</strong></p>", "# [chapter 2] Chapter 2 / Oil"),
        ("<select><option>1. Wick</option><option selected>2. Oil</option></select><h2>Oil</h2>", "# [chapter] Oil"),
    ],
)
def test_a_line_above_the_text_heads_its_chapter(line: str, chapter: str) -> None:
    body = f"<h1>The Lamp</h1><div>by <a href=/users/ada>Ada Thorn</a></div>{line}<div id=chapter-content>{TELLS}</div>"
    assert chapter in shown(read(page(f"{MENU}{body}", "<title>The Lamp | Tales</title>")))
