"""What people note down around stories becomes no book and is named; what may be a story stays one."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.folders import folder_tree
from tests.folders import books, lay, others, page, told
from tests.shell.running import chapbook

RULES = "RULES\n\n1. Entries have no more than 2000 words.\n2. One submission each.\n3. The deadline is Lammas.\n4. Three judges read.\n"
CHAT = "".join(f"[0{n}/03/24, 18:0{n}] {who}: {said}\n" for n, who, said in zip(range(1, 7), ("Wenna", "Piet") * 3, ("ok", "at six", "bring rope", "late", "the net?", "fine"), strict=True))  # fmt: skip
EXPORTED = "[2024-03-0{n}, 18:02:11] Wenna: the weir again\n"
ORDER = "1 The Eel Road\n2 A Quiet Kiln\n2.5 The Lodger\n3 Nine Bells\n"
PEOPLE = "CORIN - 34, organist, afraid of eels\nHEDDA - his aunt, a miner\nTHE WARDEN - no name until day 9\n"
CAREER = "CURRICULUM VITAE\n\nWenna Marsh\nBorn 1971\n\n1990-1996 baker, Ashwick\n1996-2004 driver\nSkills: bread, patience\n"
SECRETS = "wifi: gulls99gulls\nbank pin 4411\nnews: odile@example.org / eel123\n"
QUERY = "Dear Ms Vane,\n\nI am looking for representation for THE WEIR, a novel of 80,000 words about eels.\n\nI would gladly send you the manuscript.\n\nYours,\nWenna Marsh\n"
NOTED = {
    "rules.txt": (RULES, "rules of a contest"),
    "Salt outline.txt": ("Outline\n\n- Corin finds the bell\n- Hedda lies\n- storm\n\nTODO: mend ch 2\n", "an outline"),
    "plot notes.md": ("# Act one\n\n- the mine\n- the fire\n", "an outline"),
    "Untitled 4.md": ("# Outline\n\n- Act 1: the mine\n- Act 2: the organ\n", "an outline"),
    "salt names.txt": ("Corin\nHedda\nPiet\n", "a list of names"),
    "character list.txt": (PEOPLE, "a list of names"),
    "reading order.txt": (ORDER, "a list of titles"),
    "daily.md": ("- [ ] 500 words\n- [x] laundry\n", "things to do"),
    "notes.txt": ("TODO\n- mend the net\n- ring Piet\n", "things to do"),
    "remarks.txt": ("Einkaufszettel:\n\n- Mehl\n- Lampenöl\n", "a shopping list"),
    "2024-05-02.md": ("☐ ring the bank\n", "things to do"),
    "_template.md": ("# TITLE\n\nText here.\n", "a template"),
    "scene.md": ("---\ntitle: {{title}}\nchapter:\n---\n\n## Goal\n\n## Conflict\n", "a template"),
    "invoice 77.txt": ("Invoice 77\n\nPaint 30.00\nRope 12.50\n\nTotal 42.50\n", "an invoice"),
    "invoice.html": (page("Invoice 77", "Paint 30.00\n\nTotal 30.00"), "an invoice"),
    "cv.txt": (CAREER, "a CV"),
    "WhatsApp Chat with Piet.txt": (CHAT, "a chat"),
    "chat with Piet.txt": (EXPORTED.format(n=1) + CHAT * 40, "a chat"),
    "Note 4.txt": (SECRETS, "passwords"),
    "schools.txt": ("Schools, links:\nhttps://example.org/a\nhttps://example.org/b\n", "a list of links"),
    "archive_browser.html": (page("Takeout", "Your archive"), "an export"),
    "glossary of salt.txt": ("qi - breath\nli - a third of a mile\n", "a glossary"),
    "query letter.txt": (QUERY, "a letter to an agent"),
    "Query letter (Marsh).html": (page("Chapter", QUERY), "a letter to an agent"),
    "pep talk.txt": ("Dear Writer,\n\nWeek two is a bog. Nobody likes it. Keep typing until you are out of it.\n\nThe club\n", "to writers"),
    "meeting notes May.txt": ("Attendees: Corin, Hedda\n\n- the roof: later\n- the eels: out by Friday\n\nActions: Corin rings.\n", "minutes"),
    "judge notes.txt": ("E3 - a fine end, a slow middle. 7/10\nE5 - too long. 5/10\nE6 mine\n", "a judge's notes"),
    "2023-02-01.md": ("# 2023-02-01\n\n- [x] 500 words\n- tired, wrote at the weir #writing\n", "a day's notes"),
    "Corin (character).md": ("---\ntags: character\n---\n# Corin\n\n**Age:** 34\n**Wants:** eels\n\nSee [[The Weir]].\n", "a list of names"),
    "character template.md": ("# {{title}}\n\n**Age:**\n**Wants:**\n", "a list of names"),
    "location notes.md": ("# The Weir\n\n- nine feet\n- green at the foot\n", "notes on places"),
    "contents.txt": ("NINE DOORS\n\nContents\n\nThe Weir ..... Corin Vale\nKnock ..... Hedda Marsh\nShut ..... Piet Orr\n", "a table of contents"),
    "Contents.md": ("# Contents\n\nKiln\nWeir\n", "a table of contents"),
    "version.txt": ("23\n", "the number of a version"),
    "CV Marsh.txt": ("WENNA MARSH\n12 Eel Row\n\nEXPERIENCE\n2015 baker\n\nEDUCATION\nAshwick school\n\nSKILLS\nbread\n", "a CV"),
    "Figuren.txt": ("Jette - Müllerin, 41, hinkt\nDer Vogt - lügt, hat zwei Häuser\nOma Trine - tot seit Kapitel 2\n", "a list of names"),
    "personnages.md": ("# Personnages\n\n- Lise : boulangère\n- Le curé : sourd d'une oreille\n", "a list of names"),
    "Personajes.txt": ("Nombre: Inés\nEdad: 40\nOficio: partera\n\nNombre: Tadeo\nEdad: 12\n", "a list of names"),
    "персонажи.txt": ("Варя: 19 лет, рыбачка\nДед Егор: слепой, врёт\nПёс: Буран\n", "a list of names"),
    "cast notes.txt": ("WENNA\n- 34\n- baker\nDR ORR\n- 50s, limps\n", "a list of names"),
    "NPCs.md": ("# NPCs\n\n- Old Hedda: inn, lies\n- the cook: inn, knows\n", "a list of names"),
    "chapter outline.txt": ("Ch 1 - Wenna finds the bell\nCh 2 - she hides it\nCh 3 - flood\n", "an outline"),
    "timeline.txt": ("1931 - Wenna born\n1949: the flood\nMay 1950: Piet leaves\n", "a timeline"),
    "Zeitleiste.txt": ("Tag 1: Brief kommt an\nTag 3: Flut\nTag 9: Begräbnis\n", "a timeline"),
    "places.txt": ("Ashwick: harbour town, 900 souls\nthe mill: burnt\n", "notes on places"),
    "pronunciation.txt": ("Hedda - HED-uh\nAshwick - ASH-ik\n", "how names are said"),
    "House rules.md": ("# House rules\n\n- whoever dies brings crisps\n- a 20 is a 20\n", "rules of a game"),
    "translation credits.txt": ("Translated by the Weir Group\nProofread: inkeel\n", "credits"),
}  # fmt: skip
STORIES = {
    "rules.txt": "1. Do not look at the weir.\n2. Do not count the eels.\n3. If someone knocks, it is not Hedda.\n4. It is never Hedda.\n",
    "Rules of the House.txt": "1. Do not enter.\n2. Judge nobody.\n3. Eat what is given.\n",
    "Outline.txt": "the gate in snow\nthe lamp behind it\nnobody\n",
    "Names.txt": "Corin, who left\nHedda, who stayed\nthe weir, which has none\n",
    "Two Characters.txt": "CORIN: Where is it\nHEDDA: Under the weir\nCORIN: Since when\nHEDDA: Since you left\n",
    "Monday Last.txt": "To do\n\n- I went to the weir.\n- I rang nobody.\n",
    "The List.txt": "TODO\nthe net is torn\nthe boat is gone\nand so is Piet\n",
    "Captions.txt": "the beach\nGran asleep\nthe dog, before\n",
    "The Reading Order.txt": "1. Corin read it first.\n2. Hedda read it, and wept.\n3. Nobody read it again.\n",
    "Template.txt": "the body of a gull\nthe name of a town\nfill in the rest\n",
    "Invoice.txt": "For one winter: nothing.\nFor the lamp: the lamp.\nFor you, a third of it.\n",
    "Curriculum Vitae.txt": "I was born in 1971.\n1990: I waited.\n1991: I waited for you.\n",
    "Left on Read.txt": CHAT,
    "Chat.txt": f"Left on Read\n\n{CHAT}",
    "Group chat.txt": "Wenna: are you there\nPiet: no\nWenna: where then\nPiet: at the weir\n",
    "Glossary.txt": "Breath - what she held.\nMile - what was left of it.\nLi - a third of that.\n",
    "The Credits.txt": "the lights come up\nand someone sweeps\nthe names go on\n",
    "PIN.txt": "four numbers\n1 for sorrow\n2 for mirth\n4411\n",
    "Recipe for a Ghost.txt": "1 attic\n2 winters\n1 name that nobody says\n",
    "cast.txt": "PEOPLE\n\nCorin, a miner\nHedda, his aunt\n",
    "The Query Letter.txt": "Dear Hedda,\n\nwhy did you go?\n\nCorin\n",
    "Pep Talk.txt": "You are not drowning, said the weir.\n",
    "Minutes.txt": "nine of them\nthen eight\nthen the bell\n",
    "The Judging.txt": "E3: guilty\nE5: guilty\nE6: mine\n",
    "2023-02-04.md": "- the weir is up\n- Corin gone\n",
    "Locations.txt": "the weir\nthe mill\nthe ground under the mill\n",
    "Contents.txt": "the drawer:\nnine keys\na tooth\n",
    "Version.txt": "23 of them\nand me\n",
    "The Places We Went.txt": "Ostend, where it rained.\nWick, where it did not.\nHome: neither.\n",
    "Timeline.txt": "1990: I waited.\n1991: I waited for you.\n1992: you came.\n",
    "House Rules.txt": "1. Nobody asks.\n2. Nobody answers.\n",
    "Letter.txt": "Dear Hedda,\n\nthe weir is up.\n\nYours,\nCorin\n",
}  # fmt: skip


@pytest.mark.parametrize("name", NOTED)
def test_what_is_noted_around_stories_is_named_and_no_book(tmp_path: Path, name: str) -> None:
    lay(tmp_path, {"Kiln.txt": told("kiln"), "Weir.txt": told("weir"), name: NOTED[name][0]})
    assert books(tmp_path) == {("Kiln.txt",), ("Weir.txt",)}
    left = others(folder_tree(tmp_path))[name]
    assert left.kind == "no story"
    assert NOTED[name][1] in left.why


@pytest.mark.parametrize("name", STORIES)
def test_what_is_called_like_a_note_and_may_be_a_story_is_one(tmp_path: Path, name: str) -> None:
    lay(tmp_path, {"Kiln.txt": told("kiln"), "Weir.txt": told("weir"), name: STORIES[name]})
    assert (name,) in books(tmp_path)


@pytest.mark.parametrize("name", [name for name in NOTED if name != "archive_browser.html"])
def test_long_stories_are_stories_whatever_they_are_called(tmp_path: Path, name: str) -> None:
    text = told(name, 3)
    lay(tmp_path, {"Kiln.txt": told("kiln"), name: page("Salt", text) if name.endswith("l") else text})
    assert (name,) in books(tmp_path)


def test_captions_are_none_without_their_pictures(tmp_path: Path) -> None:
    captions = "P1000 the beach\nP1001 Gran asleep\nP1002 the dog\n"
    lay(tmp_path, {"seen/captions.txt": captions, "seen/P1001.png": b"x", "alone/captions.txt": captions})
    assert books(tmp_path) == {("alone/captions.txt",)}


def test_the_name_of_a_folder_says_what_its_files_are(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {"Characters/Odile.md": "# Odile\n\n- age 13\n", "Scenes/Odile.md": "# Odile\n\n- Gone?\n- To the mill.\n"},
    )
    assert books(tmp_path) == {("Scenes/Odile.md",)}


def test_what_belongs_to_a_novel_stands_in_it(tmp_path: Path) -> None:
    chapters = {f"c00{n}.txt": f"Chapter {n}\n\n{told(str(n))}" for n in (1, 2, 3)}
    asides = {"translation credits.txt": "Translated by the Weir Group\n", "characters.txt": told("characters", 2)}
    lay(tmp_path, {**chapters, **asides})
    assert books(tmp_path) == {("characters.txt", *chapters, "translation credits.txt")}


@pytest.mark.parametrize("name", ["characters", "glossary"])
def test_what_a_writer_notes_of_a_novel_is_no_chapter_of_it(tmp_path: Path, name: str) -> None:
    """Though a book may have a list of that name."""
    chapters = {f"Day 0{n} - {n}640.txt": told(str(n)) for n in (1, 2, 3)}
    noted = {"glossary": "qi - breath\nli - a mile\n", "characters": "Wenna: 34, baker, left-handed\nthe dog: Bram\n"}
    lay(tmp_path, {**chapters, f"{name}.txt": noted[name]})
    assert books(tmp_path) == {tuple(chapters)}
    assert others(folder_tree(tmp_path))[f"{name}.txt"].kind == "no story"


@pytest.mark.parametrize("folder", ["$RECYCLE.BIN", "#recycle"])
def test_what_was_thrown_away_is_named_and_no_book(tmp_path: Path, folder: str) -> None:
    lay(tmp_path, {"Kiln.txt": told("kiln"), f"{folder}/$R1.txt": told("gone")})
    assert books(tmp_path) == {("Kiln.txt",)}
    assert "thrown away" in others(folder_tree(tmp_path))[folder].why
    assert books(tmp_path / folder) == {("$R1.txt",)}


def test_a_writing_programs_project_is_named_with_what_to_do(tmp_path: Path) -> None:
    parts = {f"Files/Data/{n}/content.rtf": "{\\rtf1 " + told(str(n)) + "}" for n in (1, 2)}
    lay(tmp_path, {"Kiln.txt": told("kiln"), **{f"Weir.scriv/{name}": text for name, text in parts.items()}})
    assert books(tmp_path) == {("Kiln.txt",)}
    assert "compile it" in others(folder_tree(tmp_path))["Weir.scriv"].why
    (tmp_path / "Kiln.txt").unlink()
    run = chapbook(".", "-t", "txt", "-o", "out", cwd=tmp_path)
    assert "Weir.scriv: a Scrivener project; compile it" in run.err


def test_pdfs_alone_are_named(tmp_path: Path) -> None:
    """Where there are no stories a person may think that they are some; beside stories they are finished books."""
    lay(tmp_path, {"alone/Weir.pdf": "%PDF-1.4", "beside/Weir.pdf": "%PDF-1.4", "beside/Kiln.txt": told("kiln")})
    run = chapbook("alone", "beside", "-t", "txt", "-o", "out", cwd=tmp_path)
    assert "alone/Weir.pdf: no story is read from .pdf" in run.err
    assert "beside/Weir.pdf" not in run.err


@pytest.mark.parametrize("folder", ["System Volume Information", "@eaDir", "__MACOSX", ".Trash-1000", "lost+found"])
def test_folders_of_systems_hold_no_stories(tmp_path: Path, folder: str) -> None:
    lay(tmp_path, {"Kiln.txt": told("kiln"), f"{folder}/notes.txt": told("n"), "Trash/Weir.txt": told("weir")})
    assert books(tmp_path) == {("Kiln.txt",), ("Trash/Weir.txt",)}


def test_a_run_names_them_and_makes_those_that_are_named(tmp_path: Path) -> None:
    lay(tmp_path / "in", {"Kiln.txt": told("kiln"), "reading order.txt": ORDER})
    run = chapbook("in", "-t", "txt", "-o", "out", cwd=tmp_path)
    assert "reading order.txt: a list of titles" in run.err
    assert not (tmp_path / "out" / "reading order.txt").exists()
    chapbook("in/reading order.txt", "-t", "txt", "-o", "out", cwd=tmp_path)
    assert "Quiet Kiln" in (tmp_path / "out" / "reading order.txt").read_text("utf-8")
