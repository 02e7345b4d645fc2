"""Threads and archives as they are copied: ranks below names, facts in columns, menus in brackets, titles in tabs."""

from __future__ import annotations

import pytest

from converter.document.words import plain_text
from tests.pages.making import left_out, shown
from tests.text.test_pasted_pages import STORY, TOLD, known, read

RANKED = f"""The Quiet Lamp (Original)
Thread starter  Wickwright   Start date  Mar 3, 2017
Tags  fantasy  islands

Threadmarks

Wickwright
Verified Keeper
Mar 3, 2017
#1

1.1 Oil

{STORY}

Last edited: Mar 4, 2017
Like  Reply  Report

Tideman
Mar 3, 2017
#2

Ow. Right in the wick.

Like  Reply  Report

Wickwright
Verified Keeper
Mar 9, 2017
#3

1.2 Wick

{STORY}

Like  Reply  Report
"""


def test_the_line_below_a_name_is_a_rank() -> None:
    parsed = read(RANKED)
    assert known(parsed) == ["The Quiet Lamp (Original)", ["Wickwright"]]
    assert [plain_text(c.title) for c in parsed.book.chapters] == ["1.1 Oil", "1.2 Wick"]
    assert [line for line in shown(parsed) if line.startswith("p ")] == [*TOLD, *TOLD]
    assert any("Right in the wick" in text for rule, text in left_out(parsed) if rule == "posts by others")


COUNTED = f"""[Complete] The Quiet Lamp - Page 1 - Original Fiction - The Lantern Forums

The Lantern Forums > Writing > Original Fiction > [Complete] The Quiet Lamp

#1
Wick_Wright
Verified Keeper
Joined: Apr 2012
Posts: 1,204
14 Sep 2015, 10:02 PM

{STORY}

#2
tide_man
Joined: Jan 2014
Posts: 88
14 Sep 2015, 11:40 PM

Ow. Right in the wick.
"""


def test_posts_may_count_first() -> None:
    parsed = read(COUNTED)
    assert known(parsed) == ["The Quiet Lamp", ["Wick_Wright"]]
    assert shown(parsed) == TOLD


def test_a_tab_says_work_chapter_and_site() -> None:
    page = (
        "Gravelamp – Chapter 19 | The Wick\nSkip to content\n\nThe Wick\nstories by A. Thorn\n\nHome | About | Table of Contents\n\n"
        f"Gravelamp – Chapter 19\nPosted on February 2, 2020 by athorn\n\n« Previous Chapter    Next Chapter »\n\n{STORY}"
    )
    assert known(read(page))[0] == "Gravelamp"


LIBRARY = """Lib.ru/Современная: [Регистрация] [Найти] [Рейтинги] [Обсуждения] [Новинки] [Помощь]

Торн Ада Ильинична

Тихая лампа

Журнал "Самиздат": [Регистрация] [Найти] [Рейтинги] [Обсуждения] [Новинки] [Обзоры] [Помощь]
  * Комментарии: 14, последний от 03/02/2011.
  * © Copyright Торн Ада Ильинична (thorn@pochta.example)
  * Размещен: 11/12/2008, изменен: 17/01/2009. 9k. Статистика.
  * Аннотация:
    На острове горит лампа, и никто не знает, кто её зажигает.

     Лампа горела всю ночь, и никто на острове не мог сказать, кто её зажёг.
     -- Это прилив, -- сказала вдова и закрыла окно.
     Старый Брандт промолчал. Он думал, что это вдова.
     Утром лампа погасла, а на подоконнике стояла чашка.

Оценка: 7.42*11   Ваша оценка:
Связаться с программистом сайта.
"""


def test_menus_in_brackets_are_an_archives() -> None:
    parsed = read(LIBRARY)
    assert known(parsed) == ["Тихая лампа", ["Торн Ада Ильинична"]]
    said = " ".join(shown(parsed))
    assert "Старый Брандт промолчал." in said
    for word in ("Регистрация", "Комментарии", "Размещен", "оценка", "программистом"):
        assert word not in said


def test_a_german_archives_page() -> None:
    told = "Die Lampe brannte die ganze Nacht, und niemand auf der Insel konnte sagen, wer sie angezündet hatte."
    note = "Vorwort: Hallo ihr Lieben! Das ist mein erster Text hier, seid nett."
    page = (
        "FanFiktion.de - Das Fanfiction-Archiv im deutschsprachigen Raum\n\nStartseite > Prosa > Die stille Lampe\n\nDie stille Lampe\n\nvon Dochtfee\n\n"
        f"Kapitel 1: Das Öl\n\n{note}\n\n{told}\n\n{told}\n\nNachwort: Danke fürs Lesen, und lasst mir gern ein Review da!\n\n"
        f"Kapitel 2: Der Docht\n\n{told}\n\n{told}\n\nReview schreiben   |   Zu Favoriten hinzufügen   |   Geschichte melden"
    )
    parsed = read(page)
    assert known(parsed) == ["Die stille Lampe", ["Dochtfee"]]
    assert [plain_text(c.title) for c in parsed.book.chapters if c.kind != "front"] == ["Das Öl", "Der Docht"]
    said = shown(parsed)
    assert (said.count("note-before:"), said.count("note-after:")) == (1, 1)
    assert "Review schreiben" not in " ".join(said)


@pytest.mark.parametrize(
    ("contents", "below"),
    [("{title}, di {name}", "di {name}"), ("{title} / {name}", "di {name}"), ("{title}, di {name}", "")],
)
def test_a_contents_list_names_titles_with_their_authors(contents: str, below: str) -> None:
    works = {"Tre lampade": "Ornella Fadda", "Il faro del notaio": "Carlo Bensi", "La marea": "Ugo Marchesan"}
    listed = "\n".join(contents.format(title=title, name=name) for title, name in works.items())
    told = "La lampada bruciava tutta la notte, e nessuno sull'isola sapeva dire chi l'avesse accesa quella sera."
    texts = "\n\n\n".join(f"{t.upper()}\n{below.format(name=n)}\n\n{told}\n\n{told}" for t, n in works.items())
    parsed = read(f"STORIE DEL FARO\n\na cura di Teresa Vanni\n\nINDICE\n\n{listed}\n\n\n{texts}")
    titles = [plain_text(c.title).casefold() for c in parsed.book.chapters if c.kind != "front"]
    assert titles == [t.casefold() for t in works]


def test_a_contents_list_ends_where_its_first_short_title_comes_again() -> None:
    listed = "The Wick ........ Ada Penrose\nDrip ........ Samuel Oke\nOut ........ Lotte Vane"
    works = ("THE WICK\nby Ada Penrose", "DRIP\nby Samuel Oke", "OUT\nby Lotte Vane")
    texts = "\n\n\n".join(f"{head}\n\n{STORY}" for head in works)
    parsed = read(f"THE TALLOW CLUB\n\nedited by Beatrix Holm\n\n\nCONTENTS\n\n{listed}\n\n\n{texts}")
    assert [plain_text(c.title) for c in parsed.book.chapters if c.kind != "front"] == ["THE WICK", "DRIP", "OUT"]
