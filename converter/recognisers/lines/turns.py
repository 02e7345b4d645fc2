"""Whether the posts of a thread are one person's story with what others say to it, or are told by several in turn: a
role-play, a round robin.

A reader sees it by the others' posts: they are about as long as those of whoever began, and tell; they thank nobody,
quote nobody and say nothing of chapters and updates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from converter.document.patterns import regex
from converter.document.words import text_size
from converter.recognisers.lines.authors_notes import surely_to_readers
from converter.recognisers.lines.posts import answers_somebody
from converter.recognisers.vocabulary import either

TOLD_WORDS = 30  # of a post that tells something
LIKE_OWN = 0.5  # of the words that the first writer's posts have
TELLERS_SHARE = 0.5  # of the others' posts, and of their words
OPENING = 400  # letters of a post in which it shows what it is about
TAG = 200  # letters of a thread's title
_IN_TURN = regex(rf"(?<!\w){either('interface', 'told_in_turn')}(?!\w)", re.I, TAG)
_REACTS = regex(rf"(?<!\w){either('interface', 'reactions')}(?!\w)", re.I, OPENING)
_QUOTES = regex(rf"\W{{0,3}}[^\n:]{{1,60}}\s{either('interface', 'wrote')}:", re.I, OPENING)


class Post(NamedTuple):
    """Who wrote a post, and its text."""

    writer: str
    text: str


class Turns(NamedTuple):
    """What others wrote into a thread: `together`: they tell its story with its first writer; `like_story`: how many of
    their posts read like a story."""

    together: bool
    like_story: int


def turns(posts: Sequence[Post], title: str = "") -> Turns:
    """How a thread's story is told. `title`: the thread's, which may say it: "[RP]", "round robin". A thread in which a
    post has no writer is nobody's in turn."""
    if len({post.writer for post in posts}) < 2 or not all(post.writer for post in posts):
        return Turns(together=False, like_story=0)
    first = posts[0].writer
    names = frozenset(post.writer for post in posts)
    own = median(text_size(post.text) for post in posts if post.writer == first)
    others = [post for post in posts if post.writer != first]
    like = [p for p in others if text_size(p.text) >= max(TOLD_WORDS, LIKE_OWN * own) and not talks(p.text, names)]
    if _IN_TURN.search(title[:TAG]):
        return Turns(together=True, like_story=len(like))
    words = sum(text_size(p.text) for p in like)
    all_words = sum(text_size(p.text) for p in others)
    most = len(like) >= TELLERS_SHARE * len(others) and words >= TELLERS_SHARE * all_words
    return Turns(together=bool(like) and most, like_story=len(like))


def talks(text: str, names: frozenset[str]) -> bool:
    """Whether a post speaks to others in the thread, or about its story, and doesn't tell it."""
    opening = text[:OPENING].lstrip()
    return (
        answers_somebody(opening, frozenset())
        or any(opening.startswith((f"{n},", f"{n}:", f"{n}!", f"@{n}")) for n in names)
        or _QUOTES.match(opening) is not None
        or _REACTS.search(opening) is not None
        or surely_to_readers(opening)
    )
