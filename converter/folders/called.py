"""What a book of several files is called, by what they say and by their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from converter.document.patterns import regex
from converter.folders.listing import Look
from converter.parsers.works.dates import dated_files
from converter.parsers.works.heads import file_head
from converter.parsers.works.shuffled import names_work, tail_of
from converter.parsers.works.titles import fold
from converter.recognisers.metadata.copies_in_names import is_counted_copy
from converter.recognisers.metadata.file_names import fits_any_row, says_part
from converter.recognisers.metadata.matter_in_names import matter_in_name
from converter.recognisers.metadata.parts_in_names import ARTICLES, only_volume, part_in_name
from converter.recognisers.metadata.symbols_in_names import without_symbols
from converter.recognisers.metadata.volumes_in_names import place_in_volume
from converter.recognisers.vocabulary import either, language_table, languages, listed_words

MOST = 0.6  # of a work's files: what so many have over their chapters is its title
ASKED = 12  # files of a work that are asked for its title

LEAST_LETTERS = 4  # of what names share, beside what is counted, where it is a title
LONGEST_NAME = 255  # characters
LETTERS = 2  # files of a book that are asked whether they are letters: a foreword stands before them
_WORDS = regex(r"[^\W\d_]+")
_TAGGED = regex(
    rf"\A{either('titles', 'tags')}[:_]\s+(?=\S)", re.I, LONGEST_NAME
)  # "Fic_ The Weir", of "Fic: The Weir"
_JOINED = regex(r"[._-]+")  # between the words of an address: "salt-road-chapter-1"


def stem_of(files: Sequence[str], folder: str, look: Look, told: str = "") -> str:
    """The name of the book of these files: the title that they say, or that a file beside them tells (`told`), else
    what their own names share, where that may be a title and is no part of the folder's name, else "" where `folder`
    may name it. A folder, or a name, that says the title and more, or which volume it holds, stays its name, and so
    does one whose name a file says inside; `folder` is "" where it says nothing, or other books lie there, too."""
    title = _title(files, look) or told
    shared = _book_of_letters(shared_name(files), files, look) if not folder or not title else ""
    if not folder:
        agree = fold(title) in fold(shared) or (shared and fold(shared) in fold(title))
        return shared if agree else title
    copies = all(is_counted_copy(name.rpartition(".")[0]) for name in files)
    if only_volume(folder) or fold(title or shared) in fold(folder) or (copies and not title):
        return ""
    return title or (shared if _may_be_title(shared, folder) and not _speak_for(folder, files, look) else "")


def _book_of_letters(shared: str, files: Sequence[str], look: Look) -> str:
    """What a book is called whose files are letters and share no more than for whom they are: "Letters to Liesel" for
    "to Liesel"; any other shared name as it is."""
    for entry in listed_words("files", "letters_to"):
        before, name = entry.rpartition(" ")[2], shared.partition(" ")[2]
        if shared.lower().startswith(f"{before} ") and all(file_head(look.first(f)).letter for f in files[-LETTERS:]):
            return f"{entry} {name}"
    return shared


def _may_be_title(shared: str, folder: str) -> bool:
    """Whether what the names of files share is more than what they count ("day", "scene") or a folder's name in short
    ("wh" for "The Weigh House"), no longer form of it, and none of a program ("view_story.php")."""
    words = [word for word in _WORDS.findall(shared.lower()) if word not in _counted()]
    letters = "".join(words)
    initials = "".join(word[0] for word in _WORDS.findall(folder.lower()))
    longer = fold(folder) and fold(folder) in fold(shared)
    short = letters in initials or _shortens(shared, folder)
    return len(letters) >= LEAST_LETTERS and not (short or longer or any(sign in shared for sign in "._"))


def only_counts(shared: str) -> bool:
    """Whether what the names of files share is nothing but what they count: "day", "my poems"."""
    words = _WORDS.findall(shared.lower())
    return bool(words) and _counted().issuperset(words)


def _shortens(shared: str, folder: str) -> bool:
    """Whether one small word is made of a folder's letters in their order: "lmplght" for "Lamplighter"."""
    if " " in shared or not shared.islower():
        return False
    letters = iter(fold(folder))
    return all(letter in letters for letter in fold(shared))


def _speak_for(folder: str, files: Sequence[str], look: Look) -> bool:
    """Whether a file calls itself or its work as the folder is called."""
    name = fold(folder)
    heads = (file_head(look.first(file)) for file in files[:ASKED])
    return any(name in (head.title, head.own, head.work, head.called, *head.names) for head in heads)


@cache
def _counted() -> frozenset[str]:
    """What is numbered within a book: chapters by whatever name, and what fits any row."""
    divisions = (w for tag in languages() for w in language_table(tag, "headings").get("division", ()))
    return frozenset((*divisions, *listed_words("files", "chapter", "page"), *listed_words("files", "counted")))


def _title(files: Sequence[str], look: Look) -> str:
    """The title that the heads of a work's files say beside an author or in a field, or most of them over their
    chapters; "" where they say none, or several. One file speaks for all when it is the first, or nothing but front
    matter stands before it."""
    heads = [file_head(look.first(name)) for name in files[:ASKED]]
    titles = [head.as_written for head in heads]
    told = [title for title in titles if title]
    named = [head.named for head in heads if head.named]
    if not told and len(set(map(fold, named))) == 1 and len(named) > max(1, MOST * len(heads)):
        return named[0]
    if len(set(map(fold, told))) != 1:
        return ""
    matter = (matter_in_name(name.rpartition(".")[0].lower()) for name in files)
    begin = next((i for i, m in enumerate(matter) if not (m and m.place < 0)), 0)
    return told[0] if len(told) > 1 or titles.index(told[0]) <= begin else ""


def shared_name(files: Sequence[str]) -> str:
    """What the names of a work's files share and may be called by: "salt road" of "salt road - 1.txt", else "". Front
    and back matter has a name of its own."""
    stems = [without_symbols(name.rpartition(".")[0]) for name in files]
    if len(chapters := [stem for stem in stems if not matter_in_name(stem.lower())]) > 1:
        stems = chapters
    dated = dated_files([stem.lower() for stem in stems])
    if len(dated) == len(stems):
        stems = [" ".join(filter(None, dated[i].date.without(stem))) for i, stem in enumerate(stems)]
    shared = _beginning(stems)
    bare = shared.rstrip("0123456789").strip(" ._-–—#([")
    volume = _word_for_volumes(stems)
    in_parts = bool(volume) or says_part(bare.lower())
    words = _JOINED.split(bare) if in_parts and " " not in bare else bare.split()
    while words and (words[-1].lower() == volume or _is_counted(words[-1]) or _is_article_behind_part(words)):
        words.pop()
    stem = _TAGGED.sub("", " ".join(words).strip(" ._-–—#(["))
    return stem if any(map(str.isalpha, stem)) and not fits_any_row(stem.lower()) else _behind(stems)


def _word_for_volumes(stems: Sequence[str]) -> str:
    """The word by which all these names say their volumes, in small letters; "" where not all say one."""
    words = {place.word if (place := place_in_volume(stem.lower())) else "" for stem in stems}
    return words.pop() if len(words) == 1 else ""


def _beginning(stems: Sequence[str]) -> str:
    """What all these names begin with, before the part that one of them names in words, up to a word's start."""
    first, last = min(stems), max(stems)
    size = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    parts = [part_in_name(stem.lower()) for stem in stems]
    shared = first[: min((size, *(part.start for part in parts if part and part.start)))]
    while shared and (shared[-1].isalnum() and size < len(first) and first[size : size + 1].isalpha()):
        shared = shared[:-1]  # "salt road c" of "chapter" and "cover"
    return shared


def _is_counted(word: str) -> bool:
    """Whether a word before a number says that parts or pages are counted, or is none ("_")."""
    return says_part(word.lower()) or word.lower() in listed_words("files", "page") or not word.strip("_-–—|")


def _is_article_behind_part(words: Sequence[str]) -> bool:
    """Whether these words end as "Chapter the" does, of "Chapter the First"."""
    return len(words) > 1 and words[-1].lower() in ARTICLES and says_part(words[-2].lower())


def _behind(stems: Sequence[str]) -> str:
    """What all these names have behind their chapters' numbers: "Ashwick" of "ch01 Ashwick", "ch02 Ashwick"."""
    tails = [tail_of(stem.lower()) for stem in stems]
    shown = stems[0][len(stems[0]) - len(tails[0]) :]
    same = len(set(tails)) == 1 and len(stems) > 1 and shown.lower() == tails[0]
    return shown if same and names_work(tails[0]) else ""
