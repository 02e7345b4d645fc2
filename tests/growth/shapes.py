"""Stories of any length in every shape that stories have: what is said of reading them must hold for all."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

WORDS = (
    "a heron stood in the shallows all winter while Ilse mended nets by the stove and nobody asked what the "
    "harbour had been before the breakwater came or why its oldest bell hung muffled from morning till dusk"
).split()
Make = Callable[[int], str]


class Shape(NamedTuple):
    """A kind of file; `make(n)` has n of what it is made of, `start` of them are a sensible beginning."""

    suffix: str
    start: int
    make: Make


def sentence(i: int, length: int = 11) -> str:
    return " ".join(WORDS[(i * 5 + k) % len(WORDS)] for k in range(length)).capitalize() + "."


def prose(i: int) -> str:
    return f"{sentence(i)} {sentence(i + 3)} {sentence(i + 8)}"


def word(i: int) -> str:
    return WORDS[i % len(WORDS)]


def apart(piece: Callable[[int], str]) -> Make:
    """Blocks between blank lines."""
    return lambda n: "\n\n".join(piece(i) for i in range(n))


def lines(piece: Callable[[int], str]) -> Make:
    return lambda n: f"{prose(1)}\n\n" + "\n".join(piece(i) for i in range(n)) + f"\n\n{prose(2)}"


def running(piece: Callable[[int], str]) -> Make:
    """One paragraph, which is one line."""
    return lambda n: f"{prose(1)}\n\n" + " ".join(piece(i) for i in range(n)) + f"\n\n{prose(2)}"


def row(sign: str) -> Make:
    return lambda n: f"{prose(1)}\n\nA {sign * n} b.\n\n{prose(2)}"


def headed(heading: Callable[[int], str]) -> Make:
    return apart(lambda i: f"{heading(i)}\n\n{prose(i)}\n\n{prose(i + 1)}")


def roman(n: int) -> str:
    out = ""
    for value, sign in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        out, n = out + sign * (n // value), n % value
    return out


def wrapped(text: str, width: int = 64) -> str:
    import textwrap

    return "\n".join(textwrap.wrap(text, width))


def listed(n: int) -> str:
    contents = "\n".join(f"Chapter {i + 1}. The {word(i).title()} ..... {i + 3}" for i in range(n))
    return f"Contents\n\n{contents}\n\n" + headed(lambda i: f"Chapter {i + 1}. The {word(i).title()}")(n)


def noted(n: int) -> str:
    body = "\n\n".join(f"{sentence(i)} {word(i)}[{i + 1}] {sentence(i + 4)}" for i in range(n))
    return body + "\n\nNotes\n\n" + "\n\n".join(f"[{i + 1}] {sentence(i + 2)}" for i in range(n))


SMALL_NAMES = ("Ilse Brandt", "Tomas Reyer", "Ana do Carmo", "Peer Lund")
TEXT: dict[str, tuple[int, Make]] = {
    "paragraphs": (200, apart(prose)),
    "hard-wrapped lines": (150, apart(lambda i: wrapped(f"{prose(i)} {prose(i + 2)}"))),
    "one hard-wrapped paragraph": (300, lambda n: wrapped(" ".join(prose(i) for i in range(n)))),
    "hyphens at line ends": (500, lines(lambda i: f"{sentence(i)[:-1]} and the har-\nbour lay still")),
    "one long line": (300, running(prose)),
    "many short lines": (400, lines(lambda i: f"{word(i)} {word(i + 7)}")),
    "many short paragraphs": (300, apart(lambda i: f"{word(i).title()}, {word(i + 3)}.")),
    "many signs as paragraphs": (300, apart(lambda i: "x")),
    "white space": (20_000, row(" ")),
    "tabs": (20_000, row("\t")),
    "dots": (20_000, row(".")),
    "dashes": (20_000, row("-")),
    "underscores": (20_000, row("_")),
    "stars": (20_000, row("*")),
    "stars and spaces": (10_000, row("* ")),
    "brackets": (20_000, row("[")),
    "angle brackets": (20_000, row("<")),
    "commas": (20_000, row(", ")),
    "exclamation marks": (20_000, row("!")),
    "quotation marks": (3_000, row('"')),
    "apostrophes": (3_000, row("'")),
    "the same word": (5_000, row("hush ")),
    "words without vowels": (5_000, row("Brr-")),
    "chapters": (80, headed(lambda i: f"Chapter {i + 1}")),
    "chapters with titles": (80, headed(lambda i: f"CHAPTER {roman(i % 400 + 1)}: The {word(i).title()}")),
    "headings without numbers": (80, headed(lambda i: "CHAPTER")),
    "roman numbers": (80, headed(lambda i: f"{roman(i % 400 + 1)}.")),
    "numbers": (80, headed(lambda i: f"{i + 1}")),
    "lines in capitals": (80, headed(lambda i: f"THE {word(i).upper()} AND THE {word(i + 3).upper()}")),
    "parts and chapters": (60, headed(lambda i: f"PART {i + 1}\n\nChapter {i + 1}")),
    "dates as headings": (80, headed(lambda i: f"March {i % 28 + 1}, 19{i % 80 + 10}")),
    "prologues": (80, headed(lambda i: f"Interlude {i + 1}: {word(i).title()}")),
    "headings in stars": (80, headed(lambda i: f"*** Chapter {i + 1} ***")),
    "headings in equals signs": (80, headed(lambda i: f"== Chapter {i + 1} ==")),
    "headings in brackets": (80, headed(lambda i: f"[Chapter {i + 1}]")),
    "headings with hashes": (80, headed(lambda i: f"# Chapter {i + 1}")),
    "headings underlined": (80, headed(lambda i: f"Chapter {i + 1}\n---------")),
    "LaTeX": (60, headed(lambda i: f"\\chapter{{{word(i)}}}\n\n\\emph{{{sentence(i)}}}\\footnote{{{sentence(i)}}} {{\\it {word(i)}}}")),
    "LaTeX in one group": (60, lambda n: "\\section{One}\n\n" + "{\\it " * n + sentence(1) + "}" * n + f"\n\n\\section{{Two}}\n\n{prose(2)}"),
    "a wiki": (60, headed(lambda i: f"== {word(i).title()} ==\n\n''{word(i)}'' [[a|{word(i)}]] {{{{w|b}}}}<ref>{sentence(i, 7)}</ref>")),
    "a wiki in one line": (60, lambda n: f"== One ==\n\n{prose(1)}\n\n" + " ".join(f"''{word(i)}'' [[a|b]] {{{{w|{word(i)}}}}}" for i in range(n))),
    "an outline of Org": (60, lambda n: "#+TITLE: A\n\n" + headed(lambda i: f"* {word(i).title()}\n\n/{word(i)}/ [[a][b]] [fn:: {sentence(i, 7)}]")(n)),
    "reStructuredText": (60, lambda n: ":Author: A\n\n" + headed(lambda i: f"Chapter {i}\n==========\n\n| {word(i)}\n| {word(i + 1)}\n\n.. TODO {word(i)}\n\n{word(i)} [#]_\n\n.. [#] {word(i)}")(n)),
    "an archive of news": (40, apart(lambda i: f"From: Ann <a@b.example>\nNewsgroups: a.b\nSubject: A ({i + 1}/9)\nContent-Transfer-Encoding: quoted-printable\n\n{prose(i)}=\n{prose(i)} =E9\n\n> {word(i)}\n\n-- \nann")),
    "Textile": (60, headed(lambda i: f"h2. {word(i).title()}\n\nbq. {sentence(i)}\n\n\"{word(i)}\":http://x.example/a")),
    "tags of forums": (60, apart(lambda i: f"[quote={word(i)}]{sentence(i)}[/quote]\n\n[list][*]{word(i)}[*]{word(i)}[/list] {prose(i)}")),
    "a contents list": (60, listed),
    "notes at the end": (100, noted),
    "ways to other pages": (80, headed(lambda i: f"Previous Chapter | Next Chapter\n\nChapter {i + 1}")),
    "lines over comments": (300, apart(lambda i: "Post Comment" if i % 2 else f"{word(i)} says:")),
    "words of an interface": (300, lines(lambda i: ("Share", "Home", "97", "Like Quote Reply")[i % 4])),
    "posts of a thread": (60, apart(lambda i: f"{word(i % 5)}\nFeb 2, 2020 #{i}\n\n{prose(i)}\n\nLike Quote Reply")),
    "notes below paragraphs": (100, apart(lambda i: f"{sentence(i)} {word(i)}[{i + 1}] {sentence(i)}\n\n[{i + 1}] {sentence(i)}")),
    "notes with stars": (100, apart(lambda i: f"{sentence(i)} {word(i)}* {sentence(i)}\n\n* {sentence(i)}")),
    "notes to one paragraph": (100, lambda n: running(lambda i: f"{sentence(i, 5)} {word(i)}[{i + 1}]")(n) + "\n\n" + apart(lambda i: f"[{i + 1}] {sentence(i)}")(n)),
    "notes of the author": (80, apart(lambda i: f"Chapter {i + 1}\n\nA/N: {sentence(i)}\n\n{prose(i)}")),
    "breaks": (150, apart(lambda i: f"{sentence(i)}\n\n* * *")),
    "breaks of letters": (150, apart(lambda i: f"{sentence(i)}\n\noOoOoO")),
    "weak breaks": (150, apart(lambda i: f"{sentence(i)}\n\n...")),
    "named breaks": (150, apart(lambda i: f"{sentence(i)}\n\n~ line break ~")),
    "speech": (120, apart(lambda i: f'"{sentence(i)}" said {word(i)}. "{sentence(i + 1)}"')),
    "speech in one paragraph": (200, running(lambda i: f'"{sentence(i, 5)}" said {word(i)}.')),
    "speech within speech": (120, apart(lambda i: f"“{sentence(i, 4)} ‘{sentence(i)}’ {sentence(i)}”")),
    "speech never closed": (150, running(lambda i: f'"{sentence(i, 5)}')),
    "single quotation marks": (150, running(lambda i: f"'{sentence(i, 5)}' isn't th' {word(i)}'s.")),
    "emphasis": (600, running(lambda i: f"_{word(i)}_ and *{word(i + 1)} {word(i + 2)}*")),
    "strong emphasis": (600, running(lambda i: f"**{word(i)}** then __{word(i + 1)}__ ***{word(i)}***")),
    "emphasis of joined words": (600, running(lambda i: f"_{word(i)}_{word(i + 1)}_{word(i + 2)}_")),
    "emphasis never closed": (600, running(lambda i: f"_{word(i)} *{word(i + 1)}")),
    "emphasis never opened": (600, running(lambda i: f"{word(i)}_ {word(i + 1)}*")),
    "emphasis of all kinds": (400, running(lambda i: ("*a _b", "_c* d", "**e", "~f~", "/g/ *h")[i % 5])),
    "words joined by signs": (600, running(lambda i: f"{word(i)}*{word(i + 1)}/{word(i + 3)}-{word(i + 5)}")),
    "tags": (400, running(lambda i: f"<i>{word(i)}</i> <b>{word(i + 1)}</b>")),
    "tags never closed": (600, running(lambda i: f"<i>{word(i)} [b]{word(i + 1)}")),
    "addresses": (300, running(lambda i: f"see http://pier.example/{word(i)}/{i} or {word(i)}.{i}@pier.example")),
    "an endless mail address": (4_000, lambda n: f"{prose(1)}\n\nilse@pier {'a.' * n}\n\n{prose(2)}"),
    "readings": (300, running(lambda i: "港《みなと》の鐘《かね》")),
    "a table of bars": (200, lines(lambda i: f"| {word(i)} | {i} | {word(i + 3)} |")),
    "a table of columns": (200, lines(lambda i: f"{word(i):12}     {i:6}     {word(i + 3)}")),
    "dotted lines": (200, lines(lambda i: f"The {word(i)} ........ {i + 1}")),
    "bullets": (150, apart(lambda i: f"* {sentence(i, 6)[:-1]}")),
    "a numbered list": (150, apart(lambda i: f"{i + 1}. {sentence(i, 6)}")),
    "quotations": (200, lines(lambda i: f"> {sentence(i, 7)}")),
    "verse": (150, apart(lambda i: "\n".join(f"    {sentence(i + k, 5)}" for k in range(4)))),
    "letters": (60, apart(lambda i: f"Dear Tomas,\n\n{prose(i)}\n\nYours truly,\nIlse")),
    "greetings": (150, apart(lambda i: f"Dear {word(i).title()},\n\n{sentence(i)}")),
    "names and commas": (150, apart(lambda i: f"{word(i).title()},")),
    "mails": (60, apart(lambda i: f"From: {word(i)}\nTo: Ilse\nSubject: {word(i)}\n\nDear Ilse,\n\n{sentence(i)}\n\nBest,\nTomas")),
    "labels of scenes": (80, apart(lambda i: f"{('Later that night', '[Ilse]', 'Flashback', 'End flashback')[i % 4]}\n\n{prose(i)}")),
    "strokes between lines": (100, apart(lambda i: " / ".join(sentence(i + k, 4)[:-1] for k in range(5)))),
    "cuttings": (60, apart(lambda i: f"THE HARBOUR ECHO\n\n9 October 1934\n\nTHE {word(i).upper()}\n\n{prose(i)}")),
    "a play": (150, apart(lambda i: f"{('ILSE', 'TOMAS', 'THE HERON')[i % 3]}. {sentence(i)}")),
    "a chat": (200, lines(lambda i: f"{('ilse_b', 'tomas')[i % 2]}: {sentence(i, 6)}")),
    "attributions": (150, apart(lambda i: f"“{sentence(i)}”\n\n-- {SMALL_NAMES[i % 4]}, The Muffled Bell")),
    "names": (600, lambda n: f"Title: The Bell\nAuthor: {'; '.join(SMALL_NAMES[i % 4] for i in range(n))}\n\n{prose(1)}"),
    "names and white space": (2_000, lambda n: f"Title: The Bell\nAuthor: Ilse{' and' * n} Brandt{' ' * n}\n\n{prose(1)}"),
    "fields": (200, lambda n: "Title: The Bell\n" + "\n".join(f"Genre: {word(i)}" for i in range(n)) + f"\n\n{prose(1)}"),
    "unknown fields": (200, lambda n: "\n".join(f"{word(i).title()}: {word(i + 2)}" for i in range(n)) + f"\n\n{prose(1)}"),
    "page numbers": (150, apart(lambda i: f"{prose(i)}\n\n- {i + 1} -")),
    "running heads": (150, apart(lambda i: f"{prose(i)}\n\nTHE MUFFLED BELL   {i + 1}")),
    "pictures that are missing": (150, apart(lambda i: f"[Illustration: {sentence(i)}]\n\n{sentence(i)}")),
    "wrong encodings": (300, running(lambda i: f"Ã©tÃ© {word(i)} â€œ{word(i)}â€")),
}  # fmt: skip
MARKDOWN: dict[str, tuple[int, Make]] = {
    "paragraphs": (150, apart(prose)),
    "one long line": (300, running(prose)),
    "many short lines": (300, lines(lambda i: f"{word(i)} {word(i + 7)}")),
    "headings": (60, headed(lambda i: f"## Chapter {i + 1}")),
    "headings underlined": (60, headed(lambda i: f"Chapter {i + 1}\n=======")),
    "notes": (80, lambda n: apart(lambda i: f"{sentence(i)}[^{i}] {sentence(i)}")(n) + "\n\n" + apart(lambda i: f"[^{i}]: {sentence(i)}")(n)),
    "notes to one paragraph": (80, lambda n: running(lambda i: f"{sentence(i, 5)}[^{i}]")(n) + "\n\n" + apart(lambda i: f"[^{i}]: {sentence(i)}")(n)),
    "links": (150, running(lambda i: f"[{word(i)}](http://pier.example/{i})")),
    "links by name": (80, lambda n: running(lambda i: f"{sentence(i, 4)} [{word(i)} {i}][r{i}]")(n) + "\n\n" + "\n".join(f"[r{i}]: http://pier.example/{i}" for i in range(n))),
    "emphasis": (400, running(lambda i: f"*{word(i)}* and **{word(i + 1)}** _{word(i)}_")),
    "emphasis never closed": (400, running(lambda i: f"*{word(i)} **{word(i + 1)}")),
    "brackets": (1_500, lambda n: f"{prose(1)}\n\n{'[' * n}a{']' * n}\n\n{prose(2)}"),
    "lists": (150, lines(lambda i: f"- {sentence(i, 6)}")),
    "numbered lists": (150, lines(lambda i: f"{i + 1}. {sentence(i, 6)}")),
    "quotations": (150, lines(lambda i: f"> {sentence(i, 6)}")),
    "breaks": (150, apart(lambda i: f"{sentence(i)}\n\n* * *")),
    "a table": (150, lambda n: f"{prose(1)}\n\n| a | b |\n|---|---|\n" + "\n".join(f"| {word(i)} | {i} |" for i in range(n))),
    "markup": (150, apart(lambda i: f"<div>\n\n{sentence(i)}\n\n</div>")),
    "verse set in": (100, apart(lambda i: "\n".join(f"    {'   ' * (k % 3)}{sentence(i + k, 5)}" for k in range(4)))),
    "code set in": (100, apart(lambda i: f"    {word(i)}({i});\n\t{word(i + 1)}({i});")),
    "verse and code set in": (100, apart(lambda i: f"    {word(i)}({i});\n    b();" if i % 2 else "    a heron stood\n    by the stove")),
    "lines behind bars": (200, lines(lambda i: f"| {sentence(i, 5)}")),
    "lines behind bars, and a row": (200, lambda n: lines(lambda i: f"| {word(i)}")(n) + "\n| a |"),
    "parts between colons": (100, apart(lambda i: f"::: {word(i)}\n{sentence(i)}\n:::")),
    "parts in one another": (100, lambda n: "\n".join("::: a" for _ in range(n)) + f"\n{prose(1)}\n" + "\n".join(":::" for _ in range(n))),
    "parts never closed": (100, apart(lambda i: f"::: {word(i)}\n{sentence(i)}")),
    "words in braces": (150, running(lambda i: f"[{word(i)}]{{.{word(i + 1)} a=b}}")),
    "messages": (150, lines(lambda i: f"**{('ilse', 'tomas')[i % 2]}:** {sentence(i, 6)}")),
    "code": (300, running(lambda i: f"`{word(i)}` {word(i + 1)}")),
    "comments never closed": (1_000, lambda n: f"{prose(1)}\n\n{'<!-- ' * n}\n\n{prose(2)}"),
    "speech": (150, apart(lambda i: f'"{sentence(i)}" said {word(i)}.')),
    "tags never closed": (300, running(lambda i: f"<i>{word(i)} <span id=s{i}>{word(i + 1)}")),
    "tags that close nothing": (300, running(lambda i: f"{word(i)}</i></span> {word(i + 1)}</b>")),
    "blocks never closed": (150, apart(lambda i: f"<div>{sentence(i)}")),
    "paragraphs in a list that is never closed": (150, apart(lambda i: f"<li><p>{sentence(i)}</div></p>")),
    "cells without a table": (150, apart(lambda i: f"<td>{sentence(i)}</td></tr>")),
    "a table in tags": (150, lambda n: f"{prose(1)}\n\n<table>\n" + "\n".join(f"<tr><td>{word(i)}<td>{i}" for i in range(n)) + "\n</table>"),
    "readings in tags": (200, running(lambda i: f"<ruby>{word(i)}<rt>{word(i + 1)}</rt></ruby>")),
    "quotations in tags": (200, running(lambda i: f"<q>{word(i)}</q> <q>{word(i + 1)}")),
    "places": (80, lambda n: apart(lambda i: f"See [{word(i)} and {word(i + 3)}](#p{i}), {sentence(i)}")(n) + "\n\n" + apart(lambda i: f"<a id=p{i}></a>\n\n{sentence(i)}")(n)),
    "a contents list": (80, lambda n: lines(lambda i: f"- [{sentence(i, 4)}](#c{i})")(n) + "\n\n" + apart(lambda i: f"## Chapter {i + 1}\n\n{prose(i)}")(n)),
    "contents in paragraphs": (80, lambda n: apart(lambda i: f"[{sentence(i, 4)}](#c{i})")(n) + "\n\n" + apart(lambda i: f"## Chapter {i + 1}\n\n{prose(i)}")(n)),
    "contents lists": (60, apart(lambda i: f"- [{word(i)}](#a)\n- [{word(i + 1)}](#b)\n- [{word(i + 2)}](#c)\n\n{sentence(i)}")),
    "notes cited by links": (80, lambda n: apart(lambda i: f"{sentence(i)}<sup>[{i}](#n{i})</sup>")(n) + "\n\n" + apart(lambda i: f"<p id=n{i}>{i}. {sentence(i)}</p>")(n)),
    "spoilers": (100, apart(lambda i: f"<details><summary>{word(i)}</summary>\n\n{sentence(i)}\n\n</details>")),
}  # fmt: skip


def page(body: Make, head: Make = lambda _: "") -> Make:
    return lambda n: f"<!DOCTYPE html><html><head><title>The Bell</title>{head(n)}</head><body>{body(n)}</body></html>"


def each(piece: Callable[[int], str], before: str = "", after: str = "") -> Make:
    return page(lambda n: before + "".join(piece(i) for i in range(n)) + after)


def within(piece: Callable[[int], str]) -> Make:
    """In one paragraph."""
    return each(piece, f"<p>{prose(1)}</p><p>{prose(2)}</p><p>", f"</p><p>{prose(3)}</p>")


def among(piece: Callable[[int], str]) -> Make:
    """Between paragraphs that are the story."""
    paragraphs = "".join(f"<p>{prose(i)}</p>" for i in range(12))
    return each(piece, paragraphs, paragraphs)


def note(i: int) -> str:
    return f"<p>{sentence(i)}<a href='#n{i}' id='r{i}'>[{i}]</a></p>"


def noted_page(n: int) -> str:
    back = "".join(f"<p id='n{i}'><a href='#r{i}'>[{i}]</a> {sentence(i)}</p>" for i in range(n))
    return "".join(map(note, range(n))) + back


def noted_list(n: int) -> str:
    cited = "".join(f"<p>{sentence(i)}<sup><a href='#n{i}' id='r{i}'>{i + 1}</a></sup></p>" for i in range(n))
    return (
        cited + "<ol>" + "".join(f"<li id='n{i}'>{sentence(i)} <a href='#r{i}'>↩</a></li>" for i in range(n)) + "</ol>"
    )


def contents_page(n: int) -> str:
    links = "".join(f"<li><a href='#c{i}'>Chapter {i + 1}</a></li>" for i in range(n))
    return f"<ul>{links}</ul>" + "".join(f"<h2 id='c{i}'>Chapter {i + 1}</h2><p>{prose(i)}</p>" for i in range(n))


def styled(rules: Callable[[int], str]) -> Make:
    return lambda n: f"<style>{''.join(map(rules, range(n)))}</style>"


def download(body: Make) -> Make:
    """An archive's own download: its table of selectors is asked."""
    work = "<a href='https://archiveofourown.org/works/1'>Archive of Our Own</a>"
    posted = f"<p class='message'>Posted originally on the {work}.</p>"
    about = f"<div class='meta'><h1>The Bell</h1><p>Summary</p><blockquote>{prose(1)}</blockquote></div>"
    return page(
        lambda n: f"<div id='preface'>{posted}{about}</div><div id='chapters' class='userstuff'>{body(n)}</div>"
    )


HTML: dict[str, tuple[int, Make]] = {
    "paragraphs": (150, each(lambda i: f"<p>{prose(i)}</p>")),
    "lines": (200, within(lambda i: f"{sentence(i)}<br>")),
    "empty lines": (150, within(lambda i: f"{sentence(i)}<br><br>")),
    "nothing but line ends": (600, among(lambda i: "<br>")),
    **{f"headings of level {k}": (60, each(lambda i, k=k: f"<h{k}>Chapter {i + 1}</h{k}><p>{prose(i)}</p>")) for k in (1, 2, 4)},
    "headings without numbers": (60, each(lambda i: f"<h2>The Bell</h2><p>{prose(i)}</p>")),
    "headings in bold": (60, each(lambda i: f"<p><b>Chapter {i + 1}</b></p><p>{prose(i)}</p>")),
    "a contents list": (60, page(contents_page)),
    "notes": (80, page(noted_page)),
    "notes in a list": (80, page(noted_list)),
    "one note": (120, each(lambda i: f"<p>{sentence(i)}<sup><a href='#n'>1</a></sup></p>", after="<p id='n'>1. Bells ring twice.</p>")),
    "breaks": (120, each(lambda i: f"<p>{sentence(i)}</p><p>* * *</p>")),
    "rules": (120, each(lambda i: f"<p>{sentence(i)}</p><hr>")),
    "emphasis": (300, within(lambda i: f"<em>{word(i)}</em> <strong>{word(i + 1)}</strong> ")),
    "emphasis never closed": (120, each(lambda i: f"<p><i>{sentence(i)}</p>")),
    "spans": (300, within(lambda i: f"<span class='c{i % 3}'>{word(i)}</span> ")),
    "lists": (120, among(lambda i: f"<ul><li>{sentence(i)}</li></ul>")),
    "one list": (200, each(lambda i: f"<li>{sentence(i)}</li>", f"<p>{prose(1)}</p><ul>", "</ul>")),
    "typed lists": (150, each(lambda i: f"<p>{i + 1}. {sentence(i, 6)}</p>")),
    "definitions": (120, each(lambda i: f"<dt>{word(i)}</dt><dd>{sentence(i)}</dd>", f"<p>{prose(1)}</p><dl>", "</dl>")),
    "tables": (100, among(lambda i: f"<table><tr><td>{sentence(i, 4)}</td><td>{i}</td></tr></table>")),
    "one table": (150, each(lambda i: f"<tr><td>{sentence(i, 4)}</td><td>{i}</td></tr>", f"<p>{prose(1)}</p><table>", "</table>")),
    "a table with spans": (150, each(lambda i: f"<tr><td rowspan=2>{word(i)}</td><td>{i}</td></tr>", f"<p>{prose(1)}</p><table>", "</table>")),
    "links in sentences": (100, each(lambda i: f"<p>{prose(i)}</p><p>{prose(i + 1)} See <a href='http://pier.example/{word(i)}{i}'>the {word(i)} of {word(i + 3)}</a> again.</p><p>{prose(i + 2)}</p>")),
    "links in the page": (100, each(lambda i: f"<p id='a{i}'>{sentence(i)} <a href='#a{i * 7 % (i + 1)}'>there</a></p>")),
    "quotations": (100, each(lambda i: f"<blockquote><p>{sentence(i)}</p></blockquote><p>{sentence(i)}</p>")),
    "speech": (120, each(lambda i: f"<p>\"{sentence(i)}\" said {word(i)}.</p>")),
    "set text": (200, each(lambda i: f"{sentence(i)}\n", f"<p>{prose(1)}</p><pre>", "</pre>")),
    "readings": (200, within(lambda i: "<ruby>港<rt>みなと</rt></ruby>")),
    "spaces that don't break": (4_000, within(lambda i: "&nbsp;")),
    "empty paragraphs": (300, among(lambda i: "<p>&nbsp;</p>")),
    "references": (3_000, within(lambda i: "&amp;&eacute;")),
    "hidden words": (120, each(lambda i: f"<p>{sentence(i)}<span style='display:none'>{word(i)}</span></p>")),
    "posts": (40, each(lambda i: f"<article class='post'><h2>Day {i}</h2><div class='entry-content'><p>{prose(i)}</p></div></article>")),
    "comments of readers": (80, each(lambda i: f"<div class='comment'><b>Peer</b> said: <p>{sentence(i)}</p></div>", "".join(f"<p>{prose(i)}</p>" for i in range(20)) + "<div id='comments'>", "</div>")),
    "elements never closed": (120, each(lambda i: f"<div><p>{sentence(i)}")),
    "a known site's elements in one another": (900, download(lambda n: "".join(f"<div><p>{word(i)}" for i in range(n)) + prose(1))),
    "a line in elements in one another": (900, page(lambda n: f"<p>{prose(1)}</p><p>{prose(2)}</p>{'<div>' * n}{word(n)}{'</div>' * n}<p>{prose(3)}</p>" * 2)),
    "ends of nothing": (2_000, among(lambda i: "</div>")),
    "code": (300, among(lambda i: "<script>let a = 1;</script>")),
    "comments": (1_000, among(lambda i: "<!-- a -->")),
    "comments never closed": (3_000, each(lambda i: "<!--", f"<p>{prose(1)}</p>")),
    "scripts never closed": (2_000, each(lambda i: "<script ", f"<p>{prose(1)}</p>")),
    "styles never closed": (2_000, each(lambda i: "<style ", f"<p>{prose(1)}</p>")),
    "tags never closed": (3_000, each(lambda i: "<a ", f"<p>{prose(1)}</p>")),
    "rules of style": (120, page(lambda n: "".join(f"<p class='c{i}'>{sentence(i)}</p>" for i in range(n)), styled(lambda i: f".c{i}{{font-style:italic}}"))),
    "rules of style for what is in something": (120, page(lambda n: "".join(f"<div><p class='c{i}'>{sentence(i)}</p></div>" for i in range(n)), styled(lambda i: f"div p.c{i}{{font-style:italic}}"))),
    "an element of many classes": (400, page(lambda n: f"<p class='{' '.join(f'c{i}' for i in range(n))}'>{prose(1)}</p>", styled(lambda i: f".c{i}{{font-style:italic}}"))),
    "a long style": (1_500, page(lambda n: f"<p style='{';'.join(f'a{i}:b' for i in range(n))}'>{prose(1)}</p>")),
    "comments in a style": (5_000, page(lambda n: f"<p>{prose(1)}</p>", lambda n: f"<style>{'/*' * n}</style>")),
    "many attributes": (1_500, page(lambda n: f"<p {' '.join(f'a{i}=b' for i in range(n))}>{prose(1)}</p>")),
}  # fmt: skip
SHAPES: dict[str, Shape] = {
    **{f"text, {name}": Shape(".txt", *made) for name, made in TEXT.items()},
    **{f"Markdown, {name}": Shape(".md", *made) for name, made in MARKDOWN.items()},
    **{f"page, {name}": Shape(".html", *made) for name, made in HTML.items()},
}
