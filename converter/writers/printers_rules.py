"""What a printer sees to before a page is laid out: which words stay together in a title, how capitals are set, which
lines may end a paragraph or a chapter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from converter.recognisers.vocabulary import listed_words
from converter.writers.joined_signs import last_sign_held

SHORT_WORD = 9  # characters; longer ones look well on a line of their own
LONGEST_HELD = 16  # characters of an entry's last word; longer ones, and titles without spaces, are held by their end
LONGEST_LEANING = 24  # characters that are held together by words that lean
LEANING = 3  # letters; articles and prepositions as short as this lean on the word after them
RUNT = 4  # characters; a last line of so few is hardly wider than the next paragraph's indent
LINE = 70  # characters; no line of a book has more: so many lines a paragraph takes at least
FEW_TURNS = 3  # of a chat that stays on one page
LAST_LINES = 4  # that the last page of a chapter holds at least
LABEL, REMARK = 40, 12  # characters; a line that names what is below it, a word or a number below what is set apart
BOXES = frozenset(["blockquote", "aside"])
SET_APART = BOXES | frozenset(["ul", "ol", "table", "pre", "figure", "div"])
LEADING = frozenset(["hr", "header", "h2", "h3", "h4", "h5", "h6"])
SENTENCE_ENDS = frozenset('.!?…。！？”’"»')
_SMALL = frozenset(listed_words("titles", "small"))
_ROMAN = re.compile(r"(?=[MDCLXVI])M{0,3}(?:CM|CD|D?C{0,4})(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})\b\.?")
_PARTS = re.compile(r"([^\W\d_]+(?:['’][^\W\d_]+)*)")


def set_title(title: etree._Element) -> None:
    """The words of a heading that stay together: a short one with the next, the last with the one before; and its
    capitals, if it is all in capitals."""
    if is_capitals("".join(title.itertext())):
        title.set("class", f"{title.get('class', '')} capitals".strip())
    runs = list(_runs(title))
    for at, (holder, tail, text) in enumerate(runs):
        _set(holder, tail, _bound(text, last=at == len(runs) - 1))


def _runs(element: etree._Element) -> Iterator[tuple[etree._Element, bool, str]]:
    if element.text:
        yield element, False, element.text
    for child in element:
        if child.text:
            yield child, False, child.text
        if child.tail:
            yield child, True, child.tail


def _set(holder: etree._Element, tail: bool, text: str) -> None:
    if tail:
        holder.tail = text
    else:
        holder.text = text


def _bound(text: str, *, last: bool) -> str:
    words = text.split(" ")
    joined = words[0]
    for at, word in enumerate(words[1:], 1):
        before = words[at - 1]
        leans = 0 < len(before) <= LEANING and before.isalpha() and at < len(words) - 1
        leans = leans and len(joined.rpartition(" ")[2]) + 1 + len(word) <= LONGEST_LEANING
        ends = last and at == len(words) - 1 and 0 < len(word) <= SHORT_WORD and _has_room(joined, word)
        joined += ("\u00a0" if leans or ends else " ") + word
    return joined


def _has_room(joined: str, word: str) -> bool:
    """Whether a title that ends in this word, held to the one before, can still be broken: one that can't and is wider
    than the line would be torn within a word."""
    _, gap, piece = joined.rpartition(" ")
    return bool(gap) and len(piece) + 1 + len(word) <= LONGEST_LEANING


def is_capitals(text: str) -> bool:
    """Whether a title is typed in capitals: two words of letters at least, or one of more than three that is no
    numeral."""
    if text != text.upper() or text == text.lower():
        return False
    words = [word for word in _PARTS.findall(text) if word != word.lower() and not _ROMAN.fullmatch(word)]
    return len(words) > 1 or any(len(word) > LEANING for word in words)


def title_case(text: str, language: str) -> str:
    """A title that is typed in capitals, as a running head has it in English: "THE HOUSE OF GLASS" is "The House of
    Glass". Elsewhere only names are large, and nobody says which: it stays as it is."""
    if language.partition("-")[0].lower() != "en" or not is_capitals(text):
        return text
    words = 0

    def lowered(match: re.Match[str]) -> str:
        nonlocal words
        words += 1
        word = match[0]
        if _ROMAN.fullmatch(word):
            return word
        begins = words == 1 or text[: match.start()].rstrip(" “‘\"'").endswith((":", ".", "?", "!", "—"))
        if word.lower() in _SMALL and not begins:
            return word.lower()
        return word[0] + word[1:].lower()

    return _PARTS.sub(lowered, text)


def calmed_label(text: str, language: str) -> str:
    """A label that is typed in capitals ("CHAPTER ONE", "PROLOGUE"), beside words that are not: its words are no names,
    so that it is known in every language which are large. German writes nouns so: there all of them."""
    tongue = language.partition("-")[0].lower()
    if tongue == "en" or not is_capitals(text):
        return title_case(text, language)
    words = 0

    def lowered(match: re.Match[str]) -> str:
        nonlocal words
        words += 1
        word = match[0]
        large = words == 1 or tongue == "de"
        return word if _ROMAN.fullmatch(word) else word[0] + word[1:].lower() if large else word.lower()

    return _PARTS.sub(lowered, text)


def hold_number(link: etree._Element) -> None:
    """An entry's last word apart from those before: the page number stays with it where the line is full."""
    words, gap, last = (link.text or "").rpartition(" ")
    if len(last) > LONGEST_HELD:
        words, gap, last = words + gap + last[:-SHORT_WORD], "", last[-SHORT_WORD:]
    if is_capitals(link.text or ""):
        link.set("class", "capitals")
    link.text = None
    if words:
        etree.SubElement(link, "span", {"class": "words"}).text = words + gap
    etree.SubElement(link, "span", {"class": "last", "data-to": link.get("href", "")}).text = last


def set_pieces(piece: etree._Element, *, ends_page: bool = True) -> None:
    """A chapter's scene breaks, paragraph ends and, where its end is that of a page, last lines."""
    _tidy_breaks(piece)
    for chat in piece.iter("blockquote"):
        if chat.get("class") == "chat" and len(chat) <= FEW_TURNS:
            chat.set("class", "chat few")
    for p in piece.iter("p"):
        _hold_runt(p)
    _hold_labels(piece)
    _hold_letters(piece)
    if ends_page:
        _fill_last_page(piece)


def _tidy_breaks(piece: etree._Element) -> None:
    """Breaks in a row are one, and none begins or ends a chapter or what is set apart in it."""
    for hr in [e for e in piece.iter("hr") if e.get("class") == "scene-break"]:
        before, after, holder = hr.getprevious(), hr.getnext(), hr.getparent()
        begins = before is None or before.tag == "header"
        ends = after is None or after.get("class") in ("scene-break", "footnotes")
        if (begins or ends) and len(holder) > 1:
            holder.remove(hr)


def _hold_labels(piece: etree._Element) -> None:
    """A line that names what is set apart below it, one in capitals, or the first below a scene break or a heading,
    stays on a page with what follows, unless that is a picture, which text may go round; what is set apart does with a
    word or number below it that is less than a line."""
    for p in piece.iterchildren("p"):
        words = " ".join("".join(p.itertext()).split())
        before, after = p.getprevious(), p.getnext()
        if not words or len(words) > LABEL or before is None:
            continue
        if before.tag in BOXES and len(words) <= REMARK and words[-1] not in SENTENCE_ENDS:
            before.set("class", f"{before.get('class', '')} keeps".strip())
        if after is None or after.get("class") in ("scene-break", "footnotes"):
            continue
        names_it = after.tag in SET_APART and words[-1] not in SENTENCE_ENDS
        heads = words[0].isalnum() and is_capitals(words) and after.tag == "p" and not _is_loud(after)
        if names_it or heads or (before.tag in LEADING and after.tag != "figure"):
            p.set("class", f"{p.get('class', '')} keeps".strip())


def _is_loud(p: etree._Element) -> bool:
    return is_capitals(" ".join("".join(p.itertext()).split()))


def _hold_letters(piece: etree._Element) -> None:
    """A greeting, and the head of a mail above it, stay with the letter; so do words of parting with the name below."""
    for letter in piece.iter("blockquote"):
        is_letter = "letter" in (letter.get("class") or "").split() and len(letter) > 0
        if is_letter and "verse" in (letter[0].get("class") or "").split():
            _keep(letter[0])
    for p in piece.iter("p"):
        names, below = (p.get("class") or "").split(), p.getnext()
        signs = "signature" in names and below is not None and "signature" in (below.get("class") or "").split()
        if signs or ("salutation" in names and below is not None):
            _keep(p)


def _keep(e: etree._Element) -> None:
    e.set("class", f"{e.get('class', '')} keeps".strip())


def _hold_runt(p: etree._Element) -> None:
    """A last word that would be a line of hardly any width brings the one before with it, a last syllable or sign of
    East Asia that before it."""
    holder, tail = (p[-1], True) if len(p) else (p, False)
    text = (holder.tail if tail else holder.text) or ""
    held = last_sign_held(text)
    if held != text:
        _set(holder, tail, held)
    words, gap, last = held.rpartition(" ")
    if gap and words.strip() and 0 < len(last) <= RUNT:
        _set(holder, tail, f"{words.rstrip(' ')}\u00a0{last}")  # a space beside it would be kept, too


def _fill_last_page(piece: etree._Element) -> None:
    """The last paragraphs of a chapter, as many as make its least number of lines, stay on one page."""
    lines = 0
    for block in reversed(piece):
        if block.tag != "p":
            return
        lines += max(1, len("".join(block.itertext())) // LINE)
        names = block.get("class", "")
        block.set("class", f"{names} {'held' if lines < LAST_LINES else 'last-lines'}".strip())
        if lines >= LAST_LINES:
            return
