"""What readers marked in books, as devices and programs write it down, is named and no book."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.folders import folder_tree
from tests.folders import books, lay, others, page, told

QUOTE = "The weir had been sold twice before anybody thought of asking the river what it made of that."
KINDLE = {  # where an entry stood, and when it was made
    "English": "- Your Highlight on page 3 | Location 40-44 | Added on Friday, 4 May 2018 22:10:05",
    "an old one": "- Highlight Loc. 40-44  | Added on Friday, May 04, 2012, 10:10 PM",
    "German": "- Ihre Markierung auf Seite 42 | bei Position 1234-1236 | Hinzugefügt am Montag, 30. Dezember 2024 14:46:33",
    "French": "- Votre surlignement sur la page 5 | emplacement 1234-1236 | Ajouté le lundi 30 septembre 2019 18:00:39",
    "Spanish": "- La subrayado en la página 6 | posición 36-40 | Añadido el lunes, 3 de mayo de 2019 10:11:12",
    "Japanese": "- 位置No. 35-36のハイライト |作成日: 2018年5月4日金曜日 22:10:05",
}
STYLES = "<style>.noteHeading {color: gray} .noteText {margin: 1em}</style>"
MARKED = (
    "Weir Road\n\nHighlight (yellow) - Page 9\n{0}\n\nNote - Chapter 2 > Page 18\nwhy?\n",
    "Wehrweg\n\nMarkierung (gelb) - Seite 9\n{0}\n\nNotiz - Seite 18 · Position 44\nwarum?\n",
    "“{0}”\n\nExcerpt From\nWeir Road\nAda Thorn\nThis material may be protected by copyright.\n",
    "„{0}“\n\nAuszug aus\nWehrweg\nAda Thorn\nDieses Material ist möglicherweise urheberrechtlich geschützt.\n",
    "« {0} »\n\nExtrait de: Ada Thorn. « La route ».\n\n« {0} »\n\nExtrait de: Ada Thorn. « La route ».\n",
)


@pytest.mark.parametrize("language", KINDLE)
@pytest.mark.parametrize("times", [1, 40])
def test_what_a_kindle_clips_is_named_in_every_language(tmp_path: Path, language: str, times: int) -> None:
    entry = f"\ufeffWeir Road (Ada Thorn)\r\n{KINDLE[language]}\r\n\r\n{QUOTE}\r\n==========\r\n"
    lay(tmp_path, {"kiln.txt": told("kiln"), "My Clippings.txt": entry * times})
    _is_named(tmp_path, "My Clippings.txt")


@pytest.mark.parametrize("text", MARKED)
def test_what_other_programs_write_down_is_named(tmp_path: Path, text: str) -> None:
    lay(tmp_path, {"kiln.txt": told("kiln"), "Weir Road.txt": text.format(QUOTE)})
    _is_named(tmp_path, "Weir Road.txt")


@pytest.mark.parametrize(
    "markup",
    [
        page("Weir Road: Notebook", QUOTE * 40, STYLES),
        page("Weir Road", f"Highlight, page 9\n\n{QUOTE}\n\nHighlight, page 12\n\n{QUOTE}"),
    ],
)
def test_pages_of_them_are_named(tmp_path: Path, markup: str) -> None:
    lay(tmp_path, {"kiln.txt": told("kiln"), "notebook.html": markup})
    _is_named(tmp_path, "notebook.html")


@pytest.mark.parametrize(
    "text",
    [
        f"Weir\n- Nobody came, said Odile | and it was 9.\n\n{told('a')}\n==========\n\nThe Weir\nShe slept.\n==========\n",
        f"Salt\n- You are 34, said Odile.\n\n{QUOTE}\n\n==========\n\n{QUOTE}\n",
        f"{QUOTE}\n\nExcerpt from\nWeir Road\nThis material may be protected by copyright.\n\n{told('b')}",
        "The note on page 9 was in her hand, and he knew it.\n\nHe turned to page 18, where the next note was.\n",
    ],
)
def test_stories_in_which_such_lines_stand_are_stories(tmp_path: Path, text: str) -> None:
    lay(tmp_path, {"kiln.txt": told("kiln"), "weir.txt": text})
    assert ("weir.txt",) in books(tmp_path)


def _is_named(folder: Path, name: str) -> None:
    assert books(folder) == {("kiln.txt",)}
    assert others(folder_tree(folder))[name].why.startswith("highlights out of other books")
