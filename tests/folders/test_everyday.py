"""Papers of every day become no books and are named; poems and tales in their form stay stories."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.folders import folder_tree
from tests.folders import books, lay, others, told

SEALED = "12/03/2024, 08:14 - Messages and calls are end-to-end encrypted. No one outside of this chat can read them.\n"
GROUP = "12/03/2024, 08:15 - Wenna created group “Weir”\n12/03/2024, 08:15 - Wenna added Piet\n"
SAID = "12/03/2024, 08:{n} - {who}: {said}\n"
TALK = "".join(SAID.format(n=20 + n, who=("Wenna", "Piet")[n % 2], said=said) for n, said in enumerate(("ok", "at six", "bring rope", "late again", "the net", "fine")))  # fmt: skip
LONG_TALK = "".join(SAID.format(n=20 + n, who="Wenna", said="I will be at the weir at six, so please wait for me there.") for n in range(9))  # fmt: skip
SIEGEL = "[12.03.24, 08:14:02] Wenna: \u200eNachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.\n"
RELAYED = "18:01 <wenna> anyone there\n18:02 <piet> me\n18:02 <wenna> the net is torn\n18:04 <piet> again\n"
RULE = "=" * 62
CHANNEL = (
    f"{RULE}\nGuild: Weirside\nChannel: General / {{name}}\n{RULE}\n\n{{said}}\n{RULE}\nExported 3 message(s)\n{RULE}\n"
)
SHORT_TALK = "".join(f"[03/12/2021 8:0{n} PM] {who}\n{said}\n\n" for n, who, said in ((2, "wenna", "who brings the dice"), (5, "piet", "not me"), (9, "gm", "lol")))  # fmt: skip
GAME = "".join(f"[03/12/2021 8:0{n} PM] {who}\n{who} walks along the weir with a lamp, and the eels in it turn away from her.\n\n" for n, who in ((2, "Wenna"), (5, "Piet"), (9, "Hedda")))  # fmt: skip
PAPERS = {
    "WhatsApp Chat with Wenna.txt": (SEALED + TALK, "a chat"),
    "_chat.txt": (SEALED + GROUP + TALK, "a chat"),
    "WhatsApp Chat mit Wenna.txt": (SIEGEL + LONG_TALK, "a chat"),
    "irc chat log.txt": (RELAYED, "a chat"),
    "Weirside - general [8112].txt": (CHANNEL.format(name="general", said=SHORT_TALK), "a chat"),
    "packing list.txt": ("boots\nsocks x 5\nrain jacket\ncharger\nLiquorice (hide!)\n", "a packing list"),
    "Packliste Ostsee.txt": ("3 Hemden\nBadehose\nZahnbürste\nLadekabel\nKrimi\n", "a packing list"),
    "valise.md": ("- chaussettes\n- pull\n- chargeur\n- un livre\n", "a packing list"),
    "Note_20230902_101112.txt": ("Eggs\nbutter (salted)\ncall the plumber\nGran birthday!!\nreturn the lamp book\n", "a note to oneself"),
    "Notiz 7.txt": ("Milch\nBrot\nbezahlen Zeitung\nMia\n", "a note to oneself"),
    "reminder.txt": ("pick up shoes\npay the rent\nbook the dentist\n", "a note to oneself"),
    "vocab unit 2.txt": ("der Kahn - boat\nder Aal - eel\ndas Wehr - weir\ndie Flut - flood\n", "words to be learnt"),
    "Vokabeln 4.txt": ("Unit 4\nto row - rudern\neel - der Aal\nweir - das Wehr\nflood - die Flut\n", "words to be learnt"),
    "vocabulaire.txt": ("the eel : l'anguille\nthe boat : le bateau\nthe lamp : la lampe\n", "words to be learnt"),
    "maths p 12.txt": ("p. 12\na) 3x + 1 = 10, x = 3\nb) 2x - 4 = 0, x = 2\n", "sums"),
    "Mathe Hausaufgabe.txt": ("Nr. 2\n12 × 4 = 48\n9 · 7 = 63\n81 : 9 + 1 = 10\n", "sums"),
    "devoirs.txt": ("2 + 3 = 5\n7 - 4 = 3\n6 × 6 = 36\n", "sums"),
    "rejections 2023.txt": ("The Heron - Nine Bells - form\nKiln & Co - Salt - \"not quite\"\nThe Heron - Salt - form\n", "sent in"),
    "submission log.txt": ("Heron: rejected\nKiln: accepted\nWeir Quarterly: no reply\n", "sent in"),
    "Absagen.txt": ("Reiher - Salz - Absage\nOfen - Salz - keine Antwort\nWehr - Neun Glocken - offen\n", "sent in"),
    "Running order.txt": ("Running order\nForeword\n1. Marsh\n2. The Loft\n3. Slow Rain\nThanks\n", "a list of titles"),
    "order.md": ("1. Reed\n2. Ember\n", "a list of titles"),
    "Reihenfolge.txt": ("Der Aal - Mia Thal\nDas Wehr - Jon Reet\n", "a list of titles"),
}  # fmt: skip
STORIES = {
    "Dead Chat.txt": f"Dead Chat\n\n{TALK}",
    "The Last Chat.txt": "Wenna: are you there\nPiet: no\nWenna: where then\nPiet: at the weir\n",
    "Weirside - the-weir [8113].txt": CHANNEL.format(name="the-weir", said=GAME),
    "Packing List.txt": "two coats for nobody\nhis letters, unread\nnothing for the rain\nyou\n",
    "Packing.txt": "She packed the boots.\nThen she packed the lamp.\nThen nothing.\n",
    "Note.txt": "milk light on the sill\nbread of the moon, a ring of frost\nnobody calls\n",
    "Note to Self.txt": "Call her.\nCall her now.\nAsk her to come home.\n",
    "Memo.txt": "the weir is up\nthe eels are gone\nso is Hedda\n",
    "Vocab.txt": "home - what we left\nhome - what we found\nhome - neither\n",
    "Homework.txt": "She wrote 2 and 2 = 5 on the wall.\nNobody wiped it off.\nIt rained.\n",
    "Maths.txt": "one and one\nis one\nand a child\n",
    "Rejections.txt": "Dear Wenna, no\nDear Wenna, not this time\nDear Wenna, who is this\n",
    "Running Order.txt": "1. She ran.\n2. He ran after her.\n3. The dog won.\n",
    "The New Order.txt": "1. Salt\n2. Bread\n3. Nobody\n",
}


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_of_every_day_is_named_and_no_book(tmp_path: Path, name: str) -> None:
    lay(tmp_path, {"Kiln.txt": told("kiln"), "Weir.txt": told("weir"), name: PAPERS[name][0]})
    assert books(tmp_path) == {("Kiln.txt",), ("Weir.txt",)}
    left = others(folder_tree(tmp_path))[name]
    assert left.kind == "no story"
    assert PAPERS[name][1] in left.why


@pytest.mark.parametrize("name", STORIES)
def test_what_may_be_told_in_such_a_form_is_a_story(tmp_path: Path, name: str) -> None:
    lay(tmp_path, {"Kiln.txt": told("kiln"), "Weir.txt": told("weir"), name: STORIES[name]})
    assert (name,) in books(tmp_path)
