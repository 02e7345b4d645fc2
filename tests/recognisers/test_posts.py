"""The heads of posts and comments in a thread that was copied as text."""

from __future__ import annotations

import pytest

from converter.recognisers.lines.posts import (
    comment_head,
    entry_date,
    entry_head,
    is_mark_label,
    is_member_fact,
    is_post_date,
    is_post_number,
    is_post_subject,
    is_starter_label,
    post_head,
    post_subject,
    thread_mark,
)


@pytest.mark.parametrize(
    "line",
    ["Feb 2, 2020 #1", "03-12-2009, 05:14 PM   #12", "Posted: Tue Mar 03, 2009 5:12 pm    Post subject: The Lamp"],
)
def test_a_head_below_its_writer(line: str) -> None:
    head = post_head(line)
    assert head is not None
    assert head.name == ""


def test_a_head_with_its_writer() -> None:
    head = post_head("Postby Wick Man » Tue Mar 03, 2009 5:12 pm")
    assert head is not None
    assert head.name == "Wick Man"


@pytest.mark.parametrize("line", ["It was Feb 2, 2020 #1", "Posted: never", "by Ann » home", "#1", "March 3"])
def test_no_head(line: str) -> None:
    assert post_head(line) is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("u/Dry_Parchment · 3 yr. ago", "u/Dry_Parchment"),
        ("mothlamp • 4y ago", "mothlamp"),
        ("radishfan says:", "radishfan"),
        ("osk on Chapter 2 Sat 02 May 2020 09:12AM UTC", "osk"),
        ("osk (osk) wrote:", "osk"),
        ("[personal profile] osk 2011-08-15 01:02 am (UTC)", "[personal profile] osk"),
        ("Ann says: no", ""),
        ("He wrote:", ""),
    ],
)
def test_a_comment(line: str, name: str) -> None:
    assert comment_head(line) == name


def test_the_rows_of_a_head() -> None:
    assert is_post_number("#12")
    assert is_post_date("Feb 2, 2020")
    assert is_post_date("3 hours ago")
    assert not is_post_date("yesterday")
    assert is_member_fact("Joined: 12 Jan 2005")
    assert not is_member_fact("Joined hands")
    assert thread_mark("Threadmarks: Flame 1.1") == "Flame 1.1"
    assert thread_mark("Threadmarks") == ""
    assert is_mark_label("Threadmarks")
    assert is_starter_label("Thread starter")
    assert post_subject("Posted: Mar 3, 2009    Post subject: The Lamp") == "The Lamp"
    assert is_post_subject("Posted: Mar 3, 2009    Post subject:")


def test_an_entry() -> None:
    assert entry_head("ada (ada) wrote in lamp_fic,") == ("ada", "")
    dated = "ada ([personal profile] ada) wrote in [community profile] lampfic2011-08-14 10:12 pm"
    assert entry_head(dated) == ("ada", "2011-08-14")
    assert entry_head("Ada wrote in the evening") is None
    assert entry_date("@ 2006-04-12 23:51:00") == "2006-04-12"
