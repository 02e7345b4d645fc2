"""Headings as other languages have them: the last of a series, ordinals, commas before the title, numbers with signs."""

from __future__ import annotations

import pytest

from converter.document.contracts import Source
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import shown

TALES = {
    "pt": "A casa ficava no fim da rua, e ninguém sabia quem tinha deixado a luz acesa durante a noite toda.",
    "sv": "Snön föll hela natten, och ingen i byn visste vem som hade tänt lampan på andra sidan sjön.",
    "pl": "Pan Ignacy naprawiał lampy od sześćdziesięciu lat i jeszcze nigdy żadna mu nie zgasła bez powodu.",
    "ja": "灯台の郵便局には、毎朝一通だけ手紙が届いた。宛先はいつも同じで、差出人の名前はどこにもなかった。",
    "hu": "A villamos minden reggel ötkor indult, és senki sem tudta, ki ül az utolsó kocsiban a folyóig.",
    "ro": "Ceasul din perete bătea de trei ori în fiecare noapte, dar nimeni nu știa de ce și nimeni nu întreba.",
    "en": "The lamp was lit at nine, and nobody on the pier could say who had carried the oil up there.",
}
SERIES = {
    "a last one with a title": ("pt", ["Capítulo Um – O Mar", "Capítulo Dois – A Luz", "Capítulo Final – O Cais"]),
    "a last one behind its number": ("sv", ["Första kapitlet", "Andra kapitlet", "Tredje och sista kapitlet"]),
    "titles behind commas": (
        "pl",
        [
            "Rozdział pierwszy,\nw którym lampa gaśnie",
            "Rozdział drugi,\nw którym nikt nie pyta",
            "Rozdział trzeci i ostatni,\nw którym świta",
        ],
    ),
    "a last one without a number": ("ja", ["第一話　宛先不明", "第二話　返事", "最終話　速達"]),
    "roman numbers before small words": ("hu", ["I. fejezet: A híd", "II. fejezet: A csengő", "III. fejezet: A kör"]),
    "ordinals with articles": ("ro", ["CAPITOLUL I", "CAPITOLUL AL II-LEA", "CAPITOLUL AL III-LEA"]),
    "ordinals in words": ("ro", ["Capitolul întâi", "Capitolul al doilea", "Capitolul al treilea"]),
    "a serial that goes on": ("en", ["#7 — Umbrella (213)", "#8 — Left Shoe, Red", "#9 — Misc."]),
    "names over dates": ("en", ["MARIS\nFriday, 3rd May", "TEO\nSaturday, 4th May", "MARIS\nSunday, 5th May"]),
}


@pytest.mark.parametrize(("language", "headings"), SERIES.values(), ids=SERIES)
def test_each_heads_a_chapter(language: str, headings: list[str]) -> None:
    tale = "\n\n".join([TALES[language]] * 3)
    parsed = text_parser()(Source("story.txt", "\n\n".join(f"{h}\n\n{tale}" for h in headings).encode(), ".txt"))
    prove_parsed(parsed)
    letters = [
        "".join(c for c in line.partition("]")[2] if c.isalnum()) for line in shown(parsed) if line.startswith("# ")
    ]
    assert letters == ["".join(c for c in h if c.isalnum()) for h in headings]


def test_the_address_over_a_letter_heads_nothing() -> None:
    def letter(place: str, date: str, whom: str) -> str:
        return f"{place}\n{date}\n\nDear {whom},\n\n{TALES['en']}\n\nYours,\nA."

    letters = [letter("The Lamp House", "2nd May", "Tom"), letter("Pier Row", "9th May", "Ada")] * 2
    parsed = text_parser()(Source("story.txt", "\n\n".join(letters).encode(), ".txt"))
    assert [line for line in shown(parsed) if line.startswith("#")] in ([], ["# [chapter]"])


@pytest.mark.parametrize("headings", [("　　一", "　　二", "　　三"), ("　　一　石段", "　　二　貸出票", "　　三　道")])
def test_numerals_of_east_asia_alone_and_before_titles(headings: tuple[str, ...]) -> None:
    tale = "　" + TALES["ja"]
    text = "\n\n".join(f"{h}\n\n{tale}\n\n{tale}" for h in headings)
    parsed = text_parser()(Source("story.txt", text.encode(), ".txt"))
    prove_parsed(parsed)
    assert [line.partition("] ")[2].replace(" / ", "　") for line in shown(parsed) if line.startswith("#")] == [
        h.strip() for h in headings
    ]


def test_a_sentence_about_an_epilogue_heads_nothing() -> None:
    tale = "Снег шёл всю ночь, и никто в деревне не знал, кто зажёг лампу на другом берегу озера."
    text = f"Глава 1\n\n{tale}\n\nЭпилог был коротким\n\n{tale}\n\nГлава 2\n\n{tale}\n"
    parsed = text_parser()(Source("story.txt", text.encode(), ".txt"))
    assert [line.partition("] ")[2] for line in shown(parsed) if line.startswith("#")] == ["Глава 1", "Глава 2"]
