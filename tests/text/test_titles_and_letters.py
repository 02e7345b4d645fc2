"""Titles in capitals as their language writes them; letters of a few lines; words that a language doubles."""

from __future__ import annotations

import pytest

from converter.checks import check_book
from converter.document.contracts import Parsed, Source
from converter.document.findings.words import WordDoubled
from converter.document.model import Paragraph, Quote
from converter.parsers.text import text_parser
from converter.proof import prove_parsed

POLISH = "Młynarz stał nad rzeką, a stary most nie skrzypiał, bo Anna z Gdyni trzymała go za poręcz i milczała."
GREEK = "Η λάμπα έκαιγε κάθε βράδυ στην αποβάθρα και κανείς δεν ήξερε ποιος ανέβαζε το λάδι εκεί πάνω."
TURKISH = "Lamba her gece yanardı ve iskeledeki hiç kimse yağı oraya kimin taşıdığını bilmezdi, sormazdı da."
FRENCH = "La lampe brûlait chaque soir, et personne sur le quai ne savait qui montait l'huile jusque là-haut."
SPANISH = "La lámpara ardía cada noche, y en el muelle nadie supo nunca quién subía el aceite, salvo doña Carmen."
ITALIAN = (
    "Ogni sera la lanterna ardeva già sul molo, e però Rosa non diceva mai chi ci portava l'olio, perché la più bella "
    "rosa rossa della città era quella di Rosa, e non degli altri."
)
PORTUGUESE = "A lâmpada ardia todas as noites, e no cais ninguém soube nunca quem subia o azeite, a não ser a Teresa."
DUTCH = "De lamp brandde elke avond, en niemand op de kade wist wie de olie naar boven bracht, behalve misschien Griet."
SWEDISH = "Lampan brann varje kväll, och ingen på kajen visste vem som bar upp oljan, utom möjligen gamla Karin."
GERMAN = "Jeden Abend brannte die Lampe, und niemand am Kai wusste, wer das Öl hinauftrug, außer vielleicht Anna."


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
        ("LA LAMPE DU QUAI", "Auteur : Anne Roy", FRENCH, "La lampe du quai"),
        ("LE SOIR À SAINT-MALO", "Auteur : Anne Roy", FRENCH, "Le soir à Saint-Malo"),
        ("LA LAMPE DE HENRI IV", "Auteur : Anne Roy", FRENCH, "La lampe de Henri IV"),
        ("PERSONNE DE CHÂLONS-SUR-MARNE", "Auteur : Anne Roy", FRENCH, "Personne de Châlons-sur-Marne"),
        ("LA LÁMPARA DE DOÑA INÉS", "Autora: Ana Ríos", SPANISH, "La lámpara de doña Inés"),
        ("LA LANTERNA DI ROSA E DEI GATTI MUTI", "Autrice: Anna Riva", ITALIAN, "La lanterna di Rosa e dei gatti muti"),
        ("EL VIEJO FARO", "Autora: Ana Ríos", SPANISH, "El viejo faro"),
        ("¿QUIÉN APAGÓ LA LÁMPARA?", "Autora: Ana Ríos", SPANISH, "¿Quién apagó la lámpara?"),
        ("LE CHÂTEAU DES OMBRES MUETTES", "Auteur : Anne Roy", FRENCH, "Le château des ombres muettes"),
        ("L'ÎLE DE MADAME BONNARD", "Auteur : Anne Roy", FRENCH, "L'île de madame Bonnard"),
        ("LA VILLE AUX MILLE PORTES", "Auteur : Anne Roy", FRENCH, "La ville aux mille portes"),
        ("A CASA DOS PÁSSAROS MUDOS", "Autora: Ana Reis", PORTUGUESE, "A casa dos pássaros mudos"),
        ("O SEGREDO DE DONA BRANCA", "Autora: Ana Reis", PORTUGUESE, "O segredo de dona Branca"),
        ("DE STILLE VOGELS", "Auteur: Anna Vos", DUTCH, "De stille vogels"),
        ("DET GAMLA FYRTORNET", "Författare: Anna Lind", SWEDISH, "Det gamla fyrtornet"),
        ("DAS HAUS DER STUMMEN VÖGEL", "Autorin: Anna Lind", GERMAN, "DAS HAUS DER STUMMEN VÖGEL"),
        ("DIE LAMPE", "Autorin: Anna Lind", GERMAN, "Die Lampe"),
        ("LA LANTERNA DELLA ROSA", "Autrice: Anna Riva", ITALIAN, "La lanterna della Rosa"),
    ],
)
def test_a_title_in_capitals(title: str, author: str, prose: str, cased: str) -> None:
    assert read(title, author, prose).book.metadata.title == cased


@pytest.mark.parametrize(
    ("file", "cased"),
    [
        ("Le marchand de lampes.txt", "Le marchand de lampes"),
        ("Anne Roy - Le Marchand de lampes (2019).txt", "Le Marchand de lampes"),
        ("le_marchand_de_lampes.txt", "Le marchand de lampes"),
        ("Le Marchand De Lampes.txt", "Le marchand de lampes"),
        ("s.txt", "Le marchand de lampes"),
    ],
)
def test_the_name_of_the_file_knows_the_capitals(file: str, cased: str) -> None:
    text = "\n\n".join(["LE MARCHAND DE LAMPES", "Auteur : Anne Roy", *[FRENCH] * 5])
    assert text_parser()(Source(file, text.encode(), ".txt")).book.metadata.title == cased


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


@pytest.mark.parametrize(
    "head",
    [
        "14 Quay Street, Wexcombe\nChristmas Eve 1949",
        "14 Quay Street, Wexcombe\n\nChristmas Eve",
        "Quay Cottage\nLate Summer 1949",
        "3 Mill Lane\nHarbour View\nBoxing Day",
        "12 rue des Lilas\nVeille de Noël 1949",
    ],
)
def test_address_and_day_over_a_letter_name_neither_title_nor_author(head: str) -> None:
    """They stay with the letter, word for word."""
    prose = "They came by the low road, and there was nobody at the mill, and I waited until it was dark."
    text = f"{head}\n\nDear Liesel,\n\n{prose}\n\n{prose}\n\nYour loving sister,\nMarta\n"
    parsed = text_parser()(Source("s.txt", text.encode(), ".txt"))
    assert (parsed.book.metadata.title, parsed.book.metadata.people) == ("", ())
    prove_parsed(parsed)
    assert not parsed.omissions


def test_a_day_below_a_title_is_no_author() -> None:
    parsed = read(
        "The Mill Lamp", "Christmas Eve", "The lamp was out, and nobody in the house would say who had done it."
    )
    assert parsed.book.metadata.people == ()
