"""Mails as mail programs save them: what they say, whatever it is encoded in, under their subject and sender."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from converter.build.api import convert
from converter.build.folders import folder_tree
from converter.document.contracts import Parsed, Source
from converter.document.errors import NotAStory
from converter.document.words import book_text
from converter.parsers.html import html_parser
from converter.parsers.mail import mail_parser
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.folders import books, lay, others, told

OPENING = "Die Mühle stand still, und Jörg ging über das Wehr – „endlich“."
PAGE = f"<html><body><p>{OPENING}</p><p>Es war <i>kalt</i>.</p></body></html>"


def mail(subject: str = "[storylist] Die Mühle (1/2)", sender: str = "Jörg Müller <jm@example.org>") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "storylist@example.org", subject
    message["Date"] = "Mon, 09 Oct 2006 10:11:12 +0200"
    return message


def read(message: EmailMessage | bytes) -> Parsed:
    data = message if isinstance(message, bytes) else bytes(message)
    parsed = mail_parser(text_parser(), html_parser())(Source("mail.eml", data, ".eml"))
    prove_parsed(parsed)
    return parsed


def names(parsed: Parsed) -> tuple[str, tuple[str, ...]]:
    return parsed.book.metadata.title, parsed.book.metadata.authors


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        ("quoted-printable", "utf-8"), ("quoted-printable", "windows-1252"), ("base64", "utf-8"), ("base64", "utf-16"),
        ("8bit", "utf-8"), ("8bit", "windows-1252"),
    ],
)  # fmt: skip
def test_what_a_mail_says_is_read_in_every_encoding(encoding: str, charset: str) -> None:
    message = mail()
    message.set_content(f"{OPENING}\n\nEs war kalt.\n", charset=charset, cte=encoding)
    parsed = read(message)
    assert names(parsed) == ("Die Mühle", ("Jörg Müller",))
    assert book_text(parsed.book).split("\n") == [OPENING, "Es war kalt."]


@pytest.mark.parametrize("subject", ["The Weir", "Fwd: a story"])
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_whoever_sends_a_story_that_is_signed_has_not_written_it(subject: str, kind: str) -> None:
    said = ["Dear all, here it is.", "The Weir", "by Odile Marsh", OPENING, "Es war kalt."]
    message = mail(subject, "Aunt Bea <bea@example.org>")
    text = "".join(f"<p>{line}</p>" for line in said) if kind == "html" else "\n\n".join(said)
    message.set_content(text, subtype=kind)
    parsed = read(message)
    assert parsed.book.metadata.authors == ("Odile Marsh",)
    assert "Dear all" in book_text(parsed.book)


def test_of_two_ways_to_say_it_the_plain_one_is_read_and_files_are_named() -> None:
    message = mail()
    message.set_content(f"{OPENING}\n")
    message.add_alternative(PAGE, subtype="html")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Karte.pdf")
    parsed = read(message)
    assert book_text(parsed.book) == OPENING
    assert [f.message.split(" is ")[0] for f in parsed.findings if f.code == "mail-attached"] == ["Karte.pdf"]


def test_a_mail_that_has_a_page_alone_is_read_as_one() -> None:
    message = mail("Die Mühle")
    message.set_content(PAGE, subtype="html", charset="windows-1252")
    parsed = read(message)
    assert names(parsed) == ("Die Mühle", ("Jörg Müller",))
    assert book_text(parsed.book).split("\n") == [OPENING, "Es war kalt."]
    assert "Emphasis" in repr(parsed.book)


def test_a_text_that_was_sent_as_a_file_is_read_where_the_mail_says_nothing() -> None:
    message = mail("Die Mühle")
    message.set_content("\n")
    message.add_attachment(f"{OPENING}\n".encode(), maintype="text", subtype="plain", filename="muehle.txt")
    assert book_text(read(message).book) == OPENING


def test_a_mail_with_a_bare_head_and_a_list_s_footer() -> None:
    list_s = "_" * 40 + "\nstorylist mailing list\nhttp://lists.example.org/storylist\n"
    said = f"From: bob@example.org\nSubject: Weir (2/6)\n\nThey came to the weir at low tide.\n\n-- \nBob\n{list_s}"
    parsed = read(said.encode())
    assert names(parsed) == ("Weir", ("bob",))
    assert book_text(parsed.book) == "They came to the weir at low tide."


def test_what_is_called_a_text_and_is_none_takes_nothing_with_it() -> None:
    message = mail("Die Mühle")
    message.set_content(f"{OPENING}\n")
    message.add_attachment(b"\x89PNG\r\n\x1a\n\0\0\0\r" * 9, maintype="text", subtype="plain", disposition="inline")
    assert book_text(read(message).book) == OPENING


@pytest.mark.parametrize(
    "data", [b"\n\n", b"Subject: x\n\n \n", b"Subject: x\nContent-Type: multipart/mixed; boundary=\n\n--\n"]
)
def test_a_mail_without_a_text_is_no_story(data: bytes) -> None:
    with pytest.raises(NotAStory, match=r"no text|white space|blank"):
        read(data)


def test_mails_are_chapters_beside_those_that_were_saved_as_texts(tmp_path: Path) -> None:
    lay(tmp_path, {f"Weir {n}_4.txt": f"From: Ada Thorn <ada@example.org>\nDate: Mon, {n} Oct 1999 19:01:11 +0100\nSubject: Weir ({n}/4)\n\n{told(str(n))}" for n in (1, 2)})  # fmt: skip
    for n in (3, 4):
        message = mail(f"Weir ({n}/4)", "Ada Thorn <ada@example.org>")
        message.set_content(told(str(n)), cte="base64")
        (tmp_path / f"Weir {n}_4.eml").write_bytes(bytes(message))
    lay(tmp_path, {"all.mbox": "From ada@example.org Mon Oct  4 1999\nSubject: hi\n\nhello\n"})
    assert books(tmp_path) == {("Weir 1_4.txt", "Weir 2_4.txt", "Weir 3_4.eml", "Weir 4_4.eml")}
    assert "a box of mails" in others(folder_tree(tmp_path))["all.mbox"].why
    book = convert(tmp_path, to=("txt",))["txt"].decode()
    assert [book.count(told(str(n))[:30]) for n in (1, 2, 3, 4)] == [1, 1, 1, 1]
    assert "Content-Type" not in book


def test_a_box_that_is_named_is_one_story_in_its_order(tmp_path: Path) -> None:
    one = "From ada@example.org Mon Oct  4 1999\nFrom: Ada Thorn <ada@example.org>\nDate: Mon, {0} Oct 1999 19:01:11 +0100\nMessage-ID: <{0}@x>\nSubject: Weir ({0}/2)\n\n{1}\n"  # fmt: skip
    (tmp_path / "weir.mbox").write_text("".join(one.format(n, told(str(n))) for n in (1, 2)))
    book = convert(tmp_path / "weir.mbox", to=("txt",))["txt"].decode()
    assert 0 < book.index(told("1")[:30]) < book.index(told("2")[:30])
    assert "Message-ID" not in book


def test_the_byline_below_the_title_says_who_wrote_it_whoever_sent_it() -> None:
    message = mail("Die Mühle")
    message.set_content(f"Hört zu, hier ist sie.\n\nDie Mühle\nvon Ida Moor\n\n{OPENING}\n\nEs war kalt.\n")
    parsed = read(message)
    assert names(parsed) == ("Die Mühle", ("Ida Moor",))
    assert any("Jörg Müller" in omission.text for omission in parsed.omissions)
