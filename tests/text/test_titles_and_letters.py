"""Titles in capitals as their language writes them; letters of a few lines; words that a language doubles."""

from __future__ import annotations

import pytest

from converter.checks import check_book
from converter.document.contracts import Parsed, Source
from converter.document.findings.words import WordDoubled
from converter.document.model import Paragraph, Quote
from converter.parsers.text import text_parser

POLISH = "Młynarz stał nad rzeką, a stary most nie skrzypiał, bo Anna z Gdyni trzymała go za poręcz i milczała."
GREEK = "Η λάμπα έκαιγε κάθε βράδυ στην αποβάθρα και κανείς δεν ήξερε ποιος ανέβαζε το λάδι εκεί πάνω."
TURKISH = "Lamba her gece yanardı ve iskeledeki hiç kimse yağı oraya kimin taşıdığını bilmezdi, sormazdı da."
FRENCH = "La lampe brûlait chaque soir, et personne sur le quai ne savait qui montait l'huile jusque là-haut."


def read(title: str, author: str, prose: str) -> Parsed:
    return text_parser()(Source("s.txt", "\n\n".join([title, author, *[prose] * 5]).encode(), ".txt"))


@pytest.mark.parametrize(
    ("title", "author", "prose", "cased"),
    [
        ("STARY MOST", "Autorka: Ewa Lis", POLISH, "Stary most"),
        ("RZEKĄ Z GDYNI", "Autorka: Ewa Lis", POLISH, "Rzeką z Gdyni"),
        ("MOST NAD WILGĄ", "Autorka: Ewa Lis", POLISH, "MOST NAD WILGĄ"),
        ("Η ΛΑΜΠΑ ΤΗΣ ΝΥΧΤΑΣ", "της Άννας Ρήγα", GREEK, "Η ΛΑΜΠΑ ΤΗΣ ΝΥΧΤΑΣ"),
        ("İSKELENİN IŞIĞI", "Yazan: Deniz Kaya", TURKISH, "İskelenin Işığı"),
        ("LE MARCHAND DE LAMPES", "Auteur : Anne Roy", FRENCH, "Le marchand de lampes"),
    ],
)
def test_a_title_in_capitals(title: str, author: str, prose: str, cased: str) -> None:
    assert read(title, author, prose).book.metadata.title == cased


@pytest.mark.parametrize(
    ("prose", "lines"),
    [
        (TURKISH, "Sayın komşu,\nLambanız iki gecedir yanmıyor.\nYönetim"),
        (POLISH, "Droga Anno,\nmost jeszcze stoi.\nWróć przed zimą.\nTwój Jan"),
    ],
)
def test_a_letter_of_a_few_lines(prose: str, lines: str) -> None:
    text = "\n\n".join([prose] * 3 + [lines] + [prose] * 3)
    blocks = text_parser()(Source("s.txt", text.encode(), ".txt")).book.chapters[0].blocks
    letters = [b for b in blocks if isinstance(b, Quote) and b.kind == "letter"]
    assert [[p.role for p in b.blocks if isinstance(p, Paragraph)] for b in letters] == [
        ["salutation", *[""] * (lines.count("\n") - 1), "signature"]
    ]


def test_doubled_words() -> None:
    book = read("Lamba", "Yazan: Deniz Kaya", f"{TURKISH} Ağır ağır, sonra yavaş yavaş yürüdü ve ve durdu.").book
    assert {f.word for f in check_book(book) if isinstance(f, WordDoubled)} == {"ve"}
