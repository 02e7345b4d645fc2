"""A site's own lines between a story's paragraphs are left out by name; what people in the story say never is."""

from __future__ import annotations

import pytest

from converter.parsers.html.structure.watermarks import is_injected
from tests.pages.making import page, prose, read, shown


@pytest.mark.parametrize(
    "line",
    [
        "Visit lampnovels.com for the best novel reading experience.",
        "The source of this content is lampn0vel.net",
        "This chapter was first posted on LampLibrary (dot) com.",
        "Find the newest chapters on www.lamp-library.org, updated every day!",
        "This tale has been stolen from Royal Road. If you see it on Amazon, report it.",
        "Enjoying this book? Seek out the original site so that the author gets the credit.",
        "If you find any errors (broken links, ads popups, etc.), please let us know so that we can mend them.",
        "You can use left and right arrow keys to browse between chapters.",
        "Read at lampnovels.com",
        "Visit lampnovels.com for a better experience.",
        "(This chapter is uploaded by lampnovel.c0m)",
        "Tip: You can use left, right, A and D keyboard keys to browse between chapters.",
        "天才一秒记住本站地址：dengta.example。",
        "请记住本书首发域名：www.dengta.example。",
        "本章未完，请点击下一页继续阅读！",
    ],
)
def test_a_site_that_speaks_to_its_readers(line: str) -> None:
    assert is_injected(line)
    parsed = read(page(f"<div class=t>{prose(2)}<p>{line}</p>{prose(2)}</div>"))
    assert shown(parsed) == ["prose(4)"]
    assert [o.rule for o in parsed.omissions] == ["site's own line"]


@pytest.mark.parametrize(
    "line",
    [
        "“Visit lampnovels.com for the best novels,” said the man with the leaflets.",
        "He typed osterholm.com and waited, and the lamp went round twice before the page came.",
        "A new chapter every Sunday; read ahead on patreon.com/lampkeeper!",
        "The book had been stolen from the author, and she would report it in the morning.",
        "They sailed on, and the story of the genuine pearl was told on Amazon steamers for years.",
        "(He had read it on his telephone, by the light of osterholm.com and the moon.)",
        "She found the latest chapter under the door, and read it standing.",
        "",
    ],
)
def test_a_story_that_speaks_of_sites_or_thieves(line: str) -> None:
    assert not is_injected(line)
