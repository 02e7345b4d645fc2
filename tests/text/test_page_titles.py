"""The title of a page that was copied, among the names of sites, menus and boards around it."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import left_out, shown
from tests.text.test_pasted_pages import STORY, TOLD


def read(text: str, name: str = "story.txt") -> Parsed:
    parsed = text_parser()(Source(name, text.encode(), ".txt"))
    prove_parsed(parsed)
    return parsed


def told(parsed: Parsed) -> tuple[str, tuple[str, ...]]:
    return parsed.book.metadata.title, parsed.book.metadata.authors


MENU = "Home\nStories\nAbout\nDonate"
BELOW = "Share this:\nLike this:\nLike Loading..."


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Lamplight\nFor the dark half of the year\nMenu\nHome\nDonate\n\nThe Oven", "The Oven - Lamplight.txt"),
        ("Lamplight\nMenu\nHome\nDonate\nThe Oven ✓", "Lamplight _ The Oven.txt"),
        ("Skip to content\nLamplight\nMenu\nHome\nDonate\n\nFiction\n\nThe Oven", "saved.txt"),
        ("Try Premium\n\nThe Oven", "The Oven.txt"),
    ],
)
def test_the_title_is_the_line_that_the_files_name_repeats_or_the_byline_follows(head: str, name: str) -> None:
    parsed = read(f"{head}\n\nby Siobhan Tull | Issue 4 | 900 words\n\n{STORY}\n\n{BELOW}\n", name)
    assert told(parsed) == ("The Oven", ("Siobhan Tull",))
    assert shown(parsed) == TOLD


def test_a_story_that_is_called_like_its_file_keeps_what_stands_above() -> None:
    parsed = read(f"For Bea\n\nThe Oven\n\nby Siobhan Tull\n\n{STORY}\n", "The Oven.txt")
    assert not [o for o in left_out(parsed) if o[0] == "interface of a site"]


def test_a_title_that_stands_again_beside_the_pages_words() -> None:
    parsed = read(
        f"Try Premium\n\nThe Oven\n\nby wick_99\n48.2K 3.1K 20\n\n{STORY}\n\nYou are reading\nThe Oven\n"
        "You'll Also Like\nThe Moth by moth_1\n",
        "The Oven.txt",
    )
    assert shown(parsed) == TOLD
    assert ("repeated title", "The Oven") in left_out(parsed)


def test_as_many_numbers_as_others_have_counts() -> None:
    parsed = read(
        f"Try Premium\n\nThe Oven\n\nby wick_99\n48.2K 3.1K 20\n\nChapter 1: Heat\n\n1.1K 12 3\n\n{STORY}\n\n"
        f"Chapter 2: Ash\n\n987 10 5\n\n{STORY}\n\nYou'll Also Like\nThe Moth by moth_1\n",
        "The Oven.txt",
    )
    assert shown(parsed) == ["# [chapter 1] Chapter 1 / Heat", *TOLD, "# [chapter 2] Chapter 2 / Ash", *TOLD]


BOARD = """The Pot of Ink
Where tales are told

FAQ   Search   Memberlist   Register   Log in

Board index » Tales

The Oven

Page 1 of 1   [ 2 posts ]

Author   Message
{posts}
Page 1 of 1   [ 2 posts ]
Board index » Tales
Powered by phpBB © 2000, 2007 phpBB Group
"""
POST = """{writer}
Post subject: {answer}The Oven
Posted: Mon Jan 05, 2009 7:22 pm
Offline
Apprentice
Joined: Sun Mar 02, 2008 1:10 am
Posts: 12
Location: Hull

{text}

Top
Profile"""


def test_a_board_whose_posts_have_subjects_and_facts_of_members() -> None:
    posts = [
        ("tull", "", f"Chapter One\n\n{STORY}"),
        ("moth", "Re: ", "More!"),
        ("tull", "Re: ", "Chapter Two\n\n" + STORY),
    ]
    parsed = read(
        BOARD.format(posts="\n".join(POST.format(writer=w, answer=re, text=text) for w, re, text in posts)),
        "viewtopic.php_t=44.txt",
    )
    assert told(parsed) == ("The Oven", ("tull",))
    assert shown(parsed) == ["# [chapter 1] Chapter One", *TOLD, "# [chapter 2] Chapter Two", *TOLD]


@pytest.mark.parametrize("post", ["tull\nOf the Kiln\nJan 5, 2020\n#{0}", "#{0}\ntull\nOf the Kiln\nJan 5, 2020"])
def test_a_thread_whose_title_stands_above_who_began_it(post: str) -> None:
    foot = "tull, Jan 5, 2020\nReport\nLike\nReply\n14 Like: moth, wick and 3 others"
    parsed = read(
        "Brickworks\nForums\nLog in\nRegister\nForums > Tales\nThe Oven\nThread starter   tull\nStart date   Jan 5, 2020\n"
        f"Watch\n\n{post.format(1)}\nChapter One\n\n{STORY}\n\n{foot}\n\n{post.format(2)}\nChapter Two\n\n{STORY}\n\n"
        f"{foot}\n\nYou must log in or register to reply here.\nForums > Tales\nTerms and rules\n"
    )
    assert told(parsed) == ("The Oven", ("tull",))
    assert shown(parsed) == ["# [chapter 1] Chapter One", *TOLD, "# [chapter 2] Chapter Two", *TOLD]


def test_what_a_magazine_tells_of_the_author_is_of_the_book() -> None:
    about = "Siobhan Tull keeps bees and two sons in a village near Leitrim."
    parsed = read(
        f"Skip to content\n\nThe Oven\n\nby Siobhan Tull\n\n{STORY}\n\nAbout the Author\n\n{about}\n\n"
        "← Previous: The Moth\nNext: The Wick →\n\nCopyright © 2019 Lamplight.\nLeave a Reply\n"
    )
    assert shown(parsed) == ["# [front]", *TOLD, "# [back] About the Author", f"p {about}"]


@pytest.mark.parametrize("above", ["mothwing\n\nFollow\n\n", "mothwing reblogged wick\nFollow\n", ""])
def test_a_blogs_post_below_its_writers_name(above: str) -> None:
    parsed = read(f"{above}mothwing:\n\n{STORY}\n\n#tales #ovens\n\nMar 3, 2019\n\n1,882 notes\n")
    assert parsed.book.metadata.authors == ("mothwing",)
    assert shown(parsed) == TOLD
