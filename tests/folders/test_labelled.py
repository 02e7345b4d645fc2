"""Labelled folders: what a careful person sees in each is what is understood of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from converter.build.folders import folder_tree, stories_of
from tests.folders import books, lay, others, page, told


@dataclass(frozen=True)
class Folder:
    """The files of a folder, and what is to be seen in it: books, series, files that are twins, covers, no stories."""

    files: Mapping[str, str | bytes]
    books: set[tuple[str, ...]]
    series: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    twins: Mapping[str, set[str]] = field(default_factory=dict)
    covers: Mapping[str, str] = field(default_factory=dict)
    left: Mapping[str, str] = field(default_factory=dict)  # part of the reason
    doubts: int = 0


def signed(title: str, author: str, text: str) -> str:
    return f"{title}\nby {author}\n\n{text}"


def chaptered(seed: str, *numbers: int) -> str:
    return "\n".join(f"Chapter {n}\n\n{told(f'{seed} {n}')}" for n in numbers)


def one(*stems: str) -> dict[str, str]:
    """Files of these names whose texts say nothing of what they are."""
    return {f"{stem}.txt": told(stem) for stem in stems}


def whole(*stems: str) -> set[tuple[str, ...]]:
    """The one book of these files."""
    return {tuple(f"{stem}.txt" for stem in stems)}


def alone(*names: str) -> set[tuple[str, ...]]:
    return {(name,) for name in names}


TALE = told("tale", 30)
HTML = page("Salt", TALE.replace("the weir", "the <em>weir</em>"))
MARKED = "# Salt\n\n" + TALE
SIX = ("Kiln", "Forge", "Ash", "Bell", "Oar", "Lamp")
SHOTS = {
    f"{t}.txt": signed(t, a, told(t))
    for t, a in zip(SIX, ("Ada Thorn", "Bo Marsh", "Cy Oakes", "Dov Perrin", "Enid Crane", "Fay Low"), strict=True)
}
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
WORDS = ("One", "Two", "Three", "Four", "Five", "Six", "Seven")
SCENES = ("Act I Scene 1", "Act I Scene 2", "Act II Scene 1", "Act II Scene 2", "Act IX Scene 1", "Act X Scene 1")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HUNDREDS = ("Ninety-Nine", "One Hundred", "One Hundred and One", "One Hundred Two")
MATTER = (
    "Dedication",
    "Foreword",
    "Preface",
    "Introduction",
    "Prologue",
    "Afterword",
    "Glossary",
    "Author's Note",
    "Acknowledgments",
    "About the Author",
)
ISO = ("2020-12-25", "2021-01-01", "2021-01-08", "2021-02-05")
CHAPTERS = {f"Chapter {n:02}.txt": f"Chapter {n}\n\n{told(f'c{n}')}" for n in range(1, 13)}
CODE = "import os\nimport sys\n\n\ndef main(path):\n    for name in os.listdir(path):\n        if name.endswith('.txt'):\n            print(name)\n    return 0\n\n\nif __name__ == '__main__':\n    sys.exit(main(sys.argv[1]))\n"
NO_STORIES: dict[str, tuple[str, str]] = {
    "passwords.txt": ("bank: Gulls99x\nmail: t1deline\nlibrary 44: weir-lock7\nforum: saltRoad3\n", "passwords"),
    "todo.txt": ("buy rope\nmend the net\ncall Hedda\nrent\n", "things to do"),
    "Shopping list.txt": ("eggs\nflour\nsalt\ntwine\n", "shopping"),
    "helper.txt": (CODE, "source code"),
    "run.txt": ("#!/bin/sh\nset -e\nfor f in *.txt; do\n  echo $f\ndone\n", "source code"),
    "ships.txt": ("name;port;year;tons\nHedda;Salt Pans;1902;31\nOdile;Weir;1911;44\nMaren;Weir;1899;12\nPiet;Mill;1920;8\n", "table"),
    "export.txt": ('{"id": 4, "name": "weir", "tags": ["salt", "road"]}\n', "JSON"),
    "sync.txt": ("2026-01-02 10:00:01 INFO started\n2026-01-02 10:00:02 WARN slow disk\n2026-01-02 10:00:09 ERROR gone\n2026-01-02 10:01:00 INFO end\n", "log"),
    "tasks of may.md": ("- [ ] rope\n- [x] net\n- [ ] rent\n- [ ] call Hedda\n", "things to do"),
    "program.txt": ("[window]\nwidth = 800\nheight = 600\n\n[paths]\nhome = /home/ada\nlast = /tmp\n", "settings"),
    "weir ideas.txt": ("IDEAS\n- maybe the aunt did it?\n- ch 4: move the fire earlier\n- names: Hedda? Odile?\n- check: when do eels run\n- cut the last line\n", "a list of points"),
    "market.txt": ("* eggs\n* flour, two bags\n* Twine\n* lamp oil\n", "a list of points"),
    "soup.txt": ("Lentil soup\n\n200 g lentils\n1 onion\n2 carrots\n1 l stock\n\nFry the onion. Add the rest. 40 min.\n", "a recipe"),
    "old.zip": ("PK", "archive"),
    "letter.odt": ("PK", "word processor"),
    "draft": (TALE, "no ending"),
    "sheet.csv": ("a,b\n1,2\n", "table"),
    "script.py": (CODE, "source code"),
    "README.txt": ("About this folder.\n", "goes with stories"),
    "LICENSE": ("Do what you like.\n", "no ending"),
}  # fmt: skip
FOLDERS: dict[str, Folder] = {
    "three books of a series, with heads": Folder(
        {f"Ashfall {n} - The {t}.txt": signed(f"Ashfall: The {t}", "Ada Thorn", f"Chapter One\n\n{told(t)}\nChapter Two\n\n{told(t + '2')}") for n, t in enumerate(SIX[:3], 1)},
        alone(*(f"Ashfall {n} - The {t}.txt" for n, t in enumerate(SIX[:3], 1))),
        {f"Ashfall {n} - The {t}.txt": ("Ashfall", str(n)) for n, t in enumerate(SIX[:3], 1)},
    ),
    "three books of a series, without heads": Folder(
        {f"Ashfall {n} - The {t}.txt": told(t) for n, t in enumerate(SIX[:3], 1)},
        alone(*(f"Ashfall {n} - The {t}.txt" for n, t in enumerate(SIX[:3], 1))),
        {f"Ashfall {n} - The {t}.txt": ("Ashfall", str(n)) for n, t in enumerate(SIX[:3], 1)},
        doubts=1,
    ),
    "a series in roman numbers, by an author in the name": Folder(
        {f"Ada Thorn - Saltmarsh, Book {n} - The {t}.txt": told(t, 40) for n, t in zip(ROMANS, SIX[:3], strict=False)},
        alone(*(f"Ada Thorn - Saltmarsh, Book {n} - The {t}.txt" for n, t in zip(ROMANS, SIX[:3], strict=False))),
        {f"Ada Thorn - Saltmarsh, Book {n} - The {t}.txt": ("Saltmarsh", str(i)) for i, (n, t) in enumerate(zip(ROMANS, SIX[:3], strict=False), 1)},
    ),
    "a series whose number stands in brackets": Folder(
        {f"The {t} (Ashfall {n}).txt": signed(f"The {t}", "Ada Thorn", told(t)) for n, t in enumerate(SIX[:2], 1)},
        alone("The Kiln (Ashfall 1).txt", "The Forge (Ashfall 2).txt"),
        {"The Kiln (Ashfall 1).txt": ("Ashfall", "1"), "The Forge (Ashfall 2).txt": ("Ashfall", "2")},
    ),
    "twelve chapters": Folder(CHAPTERS, {tuple(CHAPTERS)}),
    "acts and scenes": Folder(one(*SCENES), whole(*SCENES)),
    "acts and scenes in words, behind the work's name": Folder(
        one("Weir - act two, scene one", "Weir - act one, scene two", "Weir - act one, scene one"),
        whole("Weir - act one, scene one", "Weir - act one, scene two", "Weir - act two, scene one"),
    ),
    "the last part is called final": Folder(one("[FINAL] The Weir", "[Part 1] The Weir", "[Part 2] The Weir"), whole("[Part 1] The Weir", "[Part 2] The Weir", "[FINAL] The Weir")),
    "the final part of another story": Folder(
        one("[FINAL] The Mill", "[Part 1] The Weir", "[Part 2] The Weir"), {("[FINAL] The Mill.txt",), ("[Part 1] The Weir.txt", "[Part 2] The Weir.txt")}
    ),
    "months alone": Folder(one(*(f"Kite - {m}" for m in "Jan Feb Mar Apr May".split())), whole(*(f"Kite - {m}" for m in "Jan Feb Mar Apr May".split()))),
    "months over a new year": Folder(one("December", "February", "January", "November"), whole("November", "December", "January", "February")),
    "days of a week": Folder(one(*DAYS), whole(*DAYS)),
    "days of a week with a gap": Folder(one("Monday", "Wednesday", "Thursday"), whole("Monday", "Wednesday", "Thursday"), doubts=1),
    "days over two weeks with a gap": Folder(one("Saturday", "Sunday", "Tuesday"), whole("Saturday", "Sunday", "Tuesday"), doubts=1),
    "every other day of a week": Folder(one("mon", "wed", "fri", "sat"), whole("mon", "wed", "fri", "sat"), doubts=1),
    "days of a week with a gap, beside a story": Folder(
        {**one("Monday", "Wednesday", "Thursday"), "Kiln.txt": SHOTS["Kiln.txt"]}, alone("Monday.txt", "Wednesday.txt", "Thursday.txt", "Kiln.txt")
    ),
    "days of a week, shortened": Folder(one("Ferry Tue", "Ferry Wed", "Ferry Thu"), whole("Ferry Tue", "Ferry Wed", "Ferry Thu")),
    "months that don't follow each other are names": Folder(one("April", "June", "August"), alone("April.txt", "June.txt", "August.txt")),
    "two months are names": Folder(one("April", "May"), alone("April.txt", "May.txt")),
    "months of several authors": Folder({f"{m}.txt": signed(m, a, told(m)) for m, a in (("April", "Ada Thorn"), ("May", "Bo Marsh"), ("June", "Cy Oakes"))}, alone("April.txt", "May.txt", "June.txt")),
    "months beside other stories": Folder(one("April", "May", "June", "The Weir", "Salt"), {("April.txt", "May.txt", "June.txt"), ("The Weir.txt",), ("Salt.txt",)}),
    "chapters counted in words beyond a hundred": Folder(
        one(*(f"Chapter {w}" for w in HUNDREDS)), whole(*(f"Chapter {w}" for w in HUNDREDS)), doubts=1
    ),
    "chapters counted in words": Folder({f"Chapter {w}.txt": told(w) for w in WORDS}, {tuple(sorted(f"Chapter {w}.txt" for w in WORDS))}),
    "chapters in roman numbers": Folder(
        {f"The Weir - {n}.txt": told(f"weir{n}") for n in ROMANS}, {tuple(sorted(f"The Weir - {n}.txt" for n in ROMANS))}
    ),
    "ten one-shots by different people": Folder(SHOTS, alone(*SHOTS)),
    "numbered one-shots by different people": Folder(
        {f"Entry {n}.txt": t for n, t in enumerate(SHOTS.values(), 1)}, alone(*(f"Entry {n}.txt" for n in range(1, 7)))
    ),
    "one story in three formats": Folder(
        {"book.txt": TALE, "book.html": HTML, "book.md": MARKED}, alone("book.html"), twins={"book.html": {"book.txt", "book.md"}}
    ),
    "two stories of one name in two formats": Folder({"Salt.txt": TALE, "Salt.html": page("Salt", told("another", 30))}, alone("Salt.txt", "Salt.html")),
    "a page that has lost its end": Folder(
        {"Salt.txt": TALE + told("the end", 20), "Salt.html": HTML},
        alone("Salt.txt", "Salt.html"), doubts=1,
    ),
    "a download twice": Folder({"story.txt": TALE, "story (1).txt": TALE}, alone("story.txt"), twins={"story.txt": {"story (1).txt"}}),
    "parts that the system has numbered": Folder(
        {f"salt ({n}).txt": told(f"part {n}") for n in (1, 2, 3)}, {("salt (1).txt", "salt (2).txt", "salt (3).txt")}
    ),
    "drafts and finals": Folder(
        {
            "draft_v1.txt": "\n\n".join(TALE.split("\n\n")[:20]),
            "draft_v2.txt": "\n\n".join(TALE.split("\n\n")[:24]),
            "final.txt": TALE,
            "final2 (copy).txt": TALE + told("afterwards", 2),
        },
        alone("final2 (copy).txt"),
        twins={"final2 (copy).txt": {"draft_v1.txt", "draft_v2.txt", "final.txt"}},
    ),
    "a final that is shorter than the draft": Folder(
        {"Salt draft.txt": TALE, "Salt final.txt": "\n\n".join(TALE.split("\n\n")[:20])}, alone("Salt draft.txt", "Salt final.txt"), doubts=1
    ),
    "finals of two stories": Folder({"draft.txt": told("one", 30), "final.txt": told("two", 30)}, alone("draft.txt", "final.txt")),
    "no stories": Folder(
        {"Salt.txt": TALE, **{name: text for name, (text, _) in NO_STORIES.items()}}, alone("Salt.txt"), left={name: why for name, (_, why) in NO_STORIES.items()}
    ),
    "stories that are called like lists": Folder(
        {"passwords.txt": told("p"), "todo.txt": told("t"), "The Shopping List.md": told("s")}, alone("passwords.txt", "todo.txt", "The Shopping List.md")
    ),
    "a story in folders": Folder({f"part{n}/text.txt": told(f"part{n}") for n in (1, 2, 3)}, {("part1/text.txt", "part2/text.txt", "part3/text.txt")}),
    "folders of authors": Folder(
        {"Ada/Salt.txt": told("salt"), "Bo/Weir.txt": told("weir"), "Bo/Eels.txt": told("eels")}, alone("Ada/Salt.txt", "Bo/Weir.txt", "Bo/Eels.txt")
    ),
    "books in numbered folders, by two people": Folder(
        {"1/text.txt": signed("Salt", "Ada Thorn", told("salt")), "2/text.txt": signed("Eels", "Bo Marsh", told("eels"))}, alone("1/text.txt", "2/text.txt")
    ),
    "pictures named like stories": Folder(
        {"Salt.txt": TALE, "Salt.jpg": b"x", "Weir.txt": told("weir"), "WEIR.png": b"x", "cover.jpg": b"x"},
        alone("Salt.txt", "Weir.txt"), covers={"Salt.txt": "Salt.jpg", "Weir.txt": "WEIR.png"}, left={"cover.jpg": "no story is called like it"},
    ),
    "a cover beside chapters": Folder({**CHAPTERS, "cover.png": b"x"}, {tuple(CHAPTERS)}, covers={"Chapter 01.txt": "cover.png"}),
    "a picture in the page itself": Folder(
        {"lamp.html": page("Lamp", told("lamp")) .replace("</body>", "<img src='lamp.png'></body>"), "lamp.png": b"x"}, alone("lamp.html"), left={"lamp.png": "a picture that a story here shows"}
    ),
    "a number that all names share": Folder(
        {f"mp3-{w}.txt": told(f"m{w}") for w in ("bare", "ended", "locked")}, alone("mp3-bare.txt", "mp3-ended.txt", "mp3-locked.txt")
    ),
    "a serial and other stories": Folder({**CHAPTERS, "Kiln.txt": SHOTS["Kiln.txt"]}, {tuple(CHAPTERS), ("Kiln.txt",)}),
    "chapters, each as text and page": Folder(
        {f"ch{n}.{e}": t for n in (1, 2, 3) for e, t in (("txt", told(f"x{n}", 20)), ("html", page(f"Chapter {n}", told(f"x{n}", 20))))},
        {("ch1.html", "ch2.html", "ch3.html")}, twins={"ch1.html": {"ch1.txt", "ch2.txt", "ch3.txt"}},
    ),
    "a story.toml above separate stories": Folder(
        {**SHOTS, "story.toml": 'author = "Somebody"\n'}, alone(*SHOTS), left={"story.toml": "it speaks of one book, and 6 stories are here"}
    ),
    "a story.toml with its chapters": Folder({**CHAPTERS, "story.toml": 'title = "Salt"\n'}, {tuple(CHAPTERS)}),
    "chapters in German words": Folder(one("Erstes Kapitel", "Zweites Kapitel", "Drittes Kapitel"), whole("Erstes Kapitel", "Zweites Kapitel", "Drittes Kapitel")),
    "chapters in French words": Folder(one("Chapitre premier", "Chapitre deux", "Chapitre dix"), whole("Chapitre premier", "Chapitre deux", "Chapitre dix"), doubts=1),
    "chapters in Spanish words": Folder(one("Capítulo uno", "Capítulo dos", "Epílogo"), whole("Capítulo uno", "Capítulo dos", "Epílogo")),
    "chapters in Italian words": Folder(one("Capitolo primo", "Capitolo secondo"), whole("Capitolo primo", "Capitolo secondo")),
    "chapters in Dutch words": Folder(one("Hoofdstuk een", "Hoofdstuk twee", "Hoofdstuk drie"), whole("Hoofdstuk een", "Hoofdstuk twee", "Hoofdstuk drie")),
    "chapters in Russian words": Folder(one("Пролог", "Глава первая", "Глава вторая"), whole("Пролог", "Глава первая", "Глава вторая")),
    "chapters in East Asian numbers": Folder(one("第一章 霧", "第二章 塩", "第十二章"), whole("第一章 霧", "第二章 塩", "第十二章"), doubts=1),
    "ordinals before the chapter": Folder(one("The First Chapter", "The Second Chapter"), whole("The First Chapter", "The Second Chapter")),
    "episodes of seasons": Folder(one("Weir s01e01", "Weir s01e02", "Weir s02e01"), whole("Weir s01e01", "Weir s01e02", "Weir s02e01")),
    "parts of so many": Folder(one("Salt (1 of 3)", "Salt (2 of 3)", "Salt (3 of 3)"), whole("Salt (1 of 3)", "Salt (2 of 3)", "Salt (3 of 3)")),
    "books of so many": Folder(one("Salt Road Book 1 of 2", "Salt Road Book 2 of 2"), alone("Salt Road Book 1 of 2.txt", "Salt Road Book 2 of 2.txt"),
        {f"Salt Road Book {n} of 2.txt": ("Salt Road", str(n)) for n in (1, 2)}),
    "a first part without a number": Folder(
        {**one("Salt", "Salt part 2", "Salt part 3"), "Eels.txt": signed("Eels", "Bo Marsh", told("eels"))}, {*whole("Salt", "Salt part 2", "Salt part 3"), ("Eels.txt",)}
    ),
    "a story and the next one": Folder(one("Salt", "Salt 2"), alone("Salt.txt", "Salt 2.txt")),
    "chapters by their headings alone": Folder(
        {f"{name}.txt": f"Chapter {n}\n\n{told(name)}" for n, name in ((2, "lamp"), (3, "oar"), (1, "bell"))}, whole("bell", "lamp", "oar")
    ),
    "chapters by their headings alone, and a story": Folder(
        {**{f"{name}.txt": f"Chapter {n}\n\n{told(name)}" for n, name in ((2, "lamp"), (3, "oar"), (1, "bell"))}, "Kiln.txt": SHOTS["Kiln.txt"]},
        {*whole("bell", "lamp", "oar"), ("Kiln.txt",)}, doubts=1,
    ),
    "stories that all begin with chapter 1": Folder(
        {f"{name}.txt": f"Chapter 1\n\n{told(name)}\nChapter 2\n\n{told(name + '2')}" for name in ("lamp", "oar", "bell")}, alone("lamp.txt", "oar.txt", "bell.txt")
    ),
    "pages that a browser has counted": Folder(
        {f"view ({n}).html": page(t, told(t), f"<meta name='author' content='{a}'>") for n, t, a in ((1, "The Lamp", "Ada Thorn"), (2, "The Oar", "Bo Marsh"), (3, "The Bell", "Cy Oakes"))},
        alone("view (1).html", "view (2).html", "view (3).html"),
    ),
    "pages that a browser has counted, of whose authors nothing is said": Folder(
        {f"view ({n}).html": page(f"{t} - Harbour Tales", told(t)) for n, t in ((1, "The Lamp"), (2, "The Oar"), (3, "The Bell"))},
        alone("view (1).html", "view (2).html", "view (3).html"), doubts=1,
    ),
    "letters by their dates": Folder(one("letter 2024-01-03", "letter 2024-02-11"), alone("letter 2024-01-03.txt", "letter 2024-02-11.txt")),
    "diaries by their days": Folder(one("Diary 3 May 2024", "Diary 4 May 2024"), alone("Diary 3 May 2024.txt", "Diary 4 May 2024.txt")),
    "one text under two names": Folder(
        {"Salt Road.txt": TALE, "the one about the salt.txt": TALE.replace("\n", "\r\n"), "Eels.txt": told("eels")},
        alone("Salt Road.txt", "Eels.txt"), twins={"Salt Road.txt": {"the one about the salt.txt"}},
    ),
    "one text under two names, of which a person says more": Folder(
        {"Salt Road.txt": TALE, "Weir Road.txt": TALE, "Weir Road.toml": 'title = "Weir Road"\n'}, alone("Salt Road.txt", "Weir Road.txt")
    ),
    "one text under two names but for a sign": Folder(
        {"Salt Road.txt": TALE, "Weir Road.txt": TALE[:-2] + "!\n"}, alone("Weir Road.txt"), twins={"Weir Road.txt": {"Salt Road.txt"}}
    ),
    "a tale, and more of it under another name": Folder(
        {"that tale.txt": TALE + told("more"), "Salt.txt": TALE}, alone("that tale.txt"), twins={"that tale.txt": {"Salt.txt"}}
    ),
    "a page and a text of one tale, under two names": Folder(
        {"ferry.html": page("The Ferryman", TALE), "The Ferryman.txt": "The Ferryman\n\n" + TALE, "Eels.txt": told("eels")},
        alone("The Ferryman.txt", "Eels.txt"), twins={"The Ferryman.txt": {"ferry.html"}},
    ),
    "a work and its chapters": Folder(
        {**{f"Mill Town - {n}": t for n, t in CHAPTERS.items()}, "Mill Town (complete).txt": "Mill Town\n\n" + "\n".join(CHAPTERS.values())},
        alone("Mill Town (complete).txt"), twins={"Mill Town (complete).txt": {f"Mill Town - {n}" for n in CHAPTERS}},
    ),
    "a tale, and a collection that begins with it": Folder(
        {"All Tales.txt": signed("All Tales", "Ada Thorn", TALE + told("moth", 40)), "Salt.txt": signed("The Salt", "Ada Thorn", TALE)},
        alone("All Tales.txt", "Salt.txt"), doubts=1,
    ),
    "two that tell much the same": Folder(
        {"Salt.txt": TALE + told("salt", 9), "that tale.txt": TALE + told("weir", 9)}, alone("Salt.txt", "that tale.txt"), doubts=1
    ),
    "drafts whose names stress how final they are": Folder(
        {
            "bread draft1.txt": TALE, "bread final2.txt": TALE + told("two", 3), "bread FINAL really.txt": TALE + told("two", 3) + told("three", 3),
            "stone.txt": told("stone", 20), "stone REALLY FINAL.txt": told("stone", 20) + told("end"),
        },
        alone("bread FINAL really.txt", "stone REALLY FINAL.txt"),
        twins={"bread FINAL really.txt": {"bread draft1.txt", "bread final2.txt"}, "stone REALLY FINAL.txt": {"stone.txt"}},
    ),
    "drafts with their days": Folder(
        {"oar v3.txt": told("oar", 12) + told("old", 2), "oar v4 2024-01-03.txt": told("oar", 12) + told("new", 3)},
        alone("oar v4 2024-01-03.txt"), twins={"oar v4 2024-01-03.txt": {"oar v3.txt"}},
    ),
    "rooms, which are no series": Folder(one("Room 101", "Room 102"), alone("Room 101.txt", "Room 102.txt")),
    "a copy of a copy": Folder(
        {"Salt.txt": TALE, "Salt (1).txt": TALE, "that tale.txt": TALE}, alone("Salt.txt"), twins={"Salt.txt": {"Salt (1).txt", "that tale.txt"}}
    ),
    "instalments by their days, in figures with dots": Folder(one("05.03.2021", "12.03.2021", "02.04.2021"), whole("05.03.2021", "12.03.2021", "02.04.2021")),
    "instalments by days that one of them makes clear": Folder(one("15-01-2021", "01-02-2021", "03-03-2021"), whole("15-01-2021", "01-02-2021", "03-03-2021")),
    "instalments by days that can be read both ways": Folder(one("03-02-2021", "01-05-2021", "02-06-2021"), whole("01-05-2021", "02-06-2021", "03-02-2021"), doubts=1),
    "instalments by days without joints": Folder(one("Weir 20210305", "Weir 20210312", "Weir 20210402"), whole("Weir 20210305", "Weir 20210312", "Weir 20210402")),
    "instalments by ISO days": Folder(one(*(f"Weir {d}" for d in ISO)), whole(*(f"Weir {d}" for d in ISO))),
    "instalments by ISO days, beside a story": Folder({**one(*(f"Weir {d}" for d in ISO)), "Kiln.txt": SHOTS["Kiln.txt"]}, {*whole(*(f"Weir {d}" for d in ISO)), ("Kiln.txt",)}),
    "two serials by ISO days": Folder(
        one(*(f"{d} {n}" for d in ISO for n in ("Weir", "Eels"))), {*whole(*(f"{d} Weir" for d in ISO)), *whole(*(f"{d} Eels" for d in ISO))}
    ),
    "days with a title each": Folder(one("2021-03-05 The Lamp", "2021-03-12 The Oar", "2021-04-02 The Bell"), whole("2021-03-05 The Lamp", "2021-03-12 The Oar", "2021-04-02 The Bell"), doubts=1),
    "days with a story each": Folder(
        {f"{d} {t}.txt": f"{t}\n\n{told(t)}" for d, t in zip(ISO, SIX, strict=False)}, alone(*(f"{d} {t}.txt" for d, t in zip(ISO, SIX, strict=False))), doubts=1
    ),
    "days by two people": Folder(
        {f"{d}.txt": signed("The Lamp", a, told(d)) for d, a in zip(ISO, ("Ada Thorn", "Bo Marsh", "Cy Oakes"), strict=False)}, alone(*(f"{d}.txt" for d in ISO[:3]))
    ),
    "one story as it was on three days": Folder(
        {f"Salt {d}.txt": TALE + told(d, 2) for d in ISO[:3]}, alone(*(f"Salt {d}.txt" for d in ISO[:3])), doubts=2
    ),
    "instalments by days in words": Folder(one("5 March 2021", "12 March 2021", "2 April 2021"), whole("5 March 2021", "12 March 2021", "2 April 2021")),
    "instalments by days in words, the month first": Folder(
        one("Mar 5 2021 - Weir", "Mar 12 2021 - Weir", "Apr 2 2021 - Weir"), whole("Mar 5 2021 - Weir", "Mar 12 2021 - Weir", "Apr 2 2021 - Weir")
    ),
    "instalments by days without a year": Folder(one("March 5", "March 12", "April 2"), whole("March 5", "March 12", "April 2")),
    "instalments by German days": Folder(one("Wehr 5. März 2021", "Wehr 12. März 2021", "Wehr 2. Oktober 2021"), whole("Wehr 5. März 2021", "Wehr 12. März 2021", "Wehr 2. Oktober 2021")),
    "chapters with the days on which they came": Folder(
        one("2021-03-12 Chapter 1", "2021-03-05 Chapter 2", "2021-03-05 Chapter 3"), whole("2021-03-12 Chapter 1", "2021-03-05 Chapter 2", "2021-03-05 Chapter 3")
    ),
    "chapters that are named each in its way": Folder(
        one("ch1", "Chapter 2", "03", "chap_4", "Ch.5 - The Well", "6 - Night", "Chapter Seven"), whole("ch1", "Chapter 2", "03", "chap_4", "Ch.5 - The Well", "6 - Night", "Chapter Seven")
    ),
    "chapters of which some have titles": Folder(one("01 Dawn", "02 Noon", "Chapter 3"), whole("01 Dawn", "02 Noon", "Chapter 3")),
    "numbers that clash with chapters": Folder(
        {**one("Chapter 1", "Chapter 2", "Chapter 3"), "3 - Night.txt": told("night")}, {*whole("Chapter 1", "Chapter 2", "Chapter 3"), ("3 - Night.txt",)}
    ),
    "a number that does not go on from chapters": Folder(
        {**one("Chapter 1", "Chapter 2", "Chapter 3"), "100 - Night.txt": told("night")}, {*whole("Chapter 1", "Chapter 2", "Chapter 3"), ("100 - Night.txt",)}
    ),
    "a numbered story by somebody else beside chapters": Folder(
        {**{f"Chapter {n}.txt": signed("Salt", "Ada Thorn", told(f"c{n}")) for n in (1, 2, 3)}, "4 - Night.txt": signed("Night", "Bo Marsh", told("night"))},
        {*whole("Chapter 1", "Chapter 2", "Chapter 3"), ("4 - Night.txt",)},
    ),
    "front and back matter beside chapters": Folder(one(*MATTER[:5], "Chapter 1", "Chapter 2", *MATTER[5:]), whole(*MATTER[:5], "Chapter 1", "Chapter 2", *MATTER[5:])),
    "German front and back matter beside chapters": Folder(
        one("Widmung", "Vorwort", "Kapitel 1", "Kapitel 2", "Nachwort", "Danksagung"), whole("Widmung", "Vorwort", "Kapitel 1", "Kapitel 2", "Nachwort", "Danksagung")
    ),
    "notes of the author beside chapters": Folder(
        one("Salt ch 1", "Salt ch 2", "Salt ch 3", "Salt - Author's Note", "author's note (hiatus)", "About the Author"),
        whole("Salt ch 1", "Salt ch 2", "Salt ch 3", "Salt - Author's Note", "author's note (hiatus)", "About the Author"),
    ),
    "a work's own afterword among two works": Folder(
        one("Salt ch 1", "Salt ch 2", "Eels ch 1", "Eels ch 2", "Salt - Afterword", "Foreword"),
        {*whole("Salt ch 1", "Salt ch 2", "Salt - Afterword"), *whole("Eels ch 1", "Eels ch 2"), ("Foreword.txt",)},
    ),
    "an afterword among stories": Folder(one("Kiln", "Weir", "Afterword"), alone("Kiln.txt", "Weir.txt", "Afterword.txt")),
    "an author's series, each book in a folder or a file": Folder(
        {
            **{f"Ursel Brandt/The Copper Road/1 - Ash Wagon/ch0{n}.txt": told(f"ash{n}") for n in (1, 2, 3)},
            "Ursel Brandt/The Copper Road/2 - The Toll.txt": told("toll"), "Ursel Brandt/A Field of Chairs.txt": told("chairs"),
            **{f"Tom Hale/Nine Bells/Chapter {n}.txt": told(f"bells{n}") for n in (1, 2)},
        },
        {
            tuple(f"Ursel Brandt/The Copper Road/1 - Ash Wagon/ch0{n}.txt" for n in (1, 2, 3)), ("Ursel Brandt/The Copper Road/2 - The Toll.txt",),
            ("Ursel Brandt/A Field of Chairs.txt",), tuple(f"Tom Hale/Nine Bells/Chapter {n}.txt" for n in (1, 2)),
        },
        {"Ursel Brandt/The Copper Road/1 - Ash Wagon/ch01.txt": ("The Copper Road", "1"), "Ursel Brandt/The Copper Road/2 - The Toll.txt": ("The Copper Road", "2")},
    ),
    "numbered chapters in folders, and a file that has none": Folder(
        {**{f"Nine Bells/{n} - {t}.txt": told(t) for n, t in enumerate(SIX[:3], 1)}, "Nine Bells/Weir.txt": told("weir")},
        {tuple(f"Nine Bells/{n} - {t}.txt" for n, t in enumerate(SIX[:3], 1)), ("Nine Bells/Weir.txt",)}, doubts=1,
    ),
    "stretches of chapters that follow each other": Folder(
        {"Salt 1-3.txt": chaptered("a", 1, 2, 3), "Salt 4-6.txt": chaptered("b", 4, 5, 6)}, whole("Salt 1-3", "Salt 4-6")
    ),
    "stretches of chapters that overlap": Folder(
        {"Salt 1-3.txt": chaptered("a", 1, 2, 3), "Salt 3-5.txt": chaptered("b", 3, 4, 5)}, alone("Salt 1-3.txt", "Salt 3-5.txt"), doubts=1
    ),
    "a chapter that speaks of the next": Folder(
        {f"Salt ch {n}.txt": f"Chapter {n}\n\n{told(f'c{n}')}\n\nChapter {n + 1}: soon\n" for n in (1, 2, 3)}, whole("Salt ch 1", "Salt ch 2", "Salt ch 3")
    ),
    "a list of all chapters above the first": Folder(
        {**CHAPTERS, "Chapter 01.txt": "\n".join(f"Chapter {n}" for n in range(1, 13)) + f"\n\nChapter 1\n\n{told('c1')}"}, {tuple(CHAPTERS)}
    ),
    "chapters of which one is missing": Folder({n: t for n, t in CHAPTERS.items() if n != "Chapter 04.txt"}, {tuple(n for n in CHAPTERS if n != "Chapter 04.txt")}, doubts=1),
    "chapters of which one is missing, by their names alone": Folder(one("Salt ch 1", "Salt ch 2", "Salt ch 4"), whole("Salt ch 1", "Salt ch 2", "Salt ch 4"), doubts=1),
    "drafts of two stories": Folder(one("Salt draft 2", "Salt draft 3"), alone("Salt draft 2.txt", "Salt draft 3.txt")),
}  # fmt: skip


@pytest.mark.parametrize("label", FOLDERS)
def test_a_folder_is_understood(tmp_path: Path, label: str) -> None:
    want = FOLDERS[label]
    lay(tmp_path, want.files)
    tree = folder_tree(tmp_path)
    assert {tuple(sorted(b)) for b in books(tmp_path)} == {tuple(sorted(b)) for b in want.books}
    stories = {str(s.files[0].relative_to(tmp_path)): s for s in stories_of(tree)}
    found = {n: s.book for n, s in stories.items() if s.book}
    assert {n: (b.series, b.series_index) for n, b in found.items() if b.series} == want.series
    assert {n: twins for n, b in found.items() if (twins := {t.name for t in b.twins if not t.made})} == want.twins
    assert {n: b.cover for n, b in found.items() if b.cover} == want.covers
    reasons = others(tree)
    assert {n: n in reasons and why in reasons[n].why for n, why in want.left.items()} == dict.fromkeys(want.left, True)
    doubtful = sum(bool(b.doubt) + len(b.remarks) + sum(t.made for t in b.twins) for b in found.values())
    assert doubtful == want.doubts
