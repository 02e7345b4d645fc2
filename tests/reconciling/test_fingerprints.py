"""A chapter is known again by its runs of words, and no other is taken for it."""

from __future__ import annotations

import random

import pytest

from converter.reconciling.fingerprints import MANY, bare_words, digest_of, pairs_alike, share, sketch_of

WORDS = [f"{a}{b}{c}{d}" for a in "bdfglmnprst" for b in "aeiou" for c in "lmnrst" for d in ("", "a", "er")]


def _text(seed: int, size: int = 2000) -> list[str]:
    return random.Random(seed).choices(WORDS, k=size)


def _revised(words: list[str], part: float, seed: int = 1) -> list[str]:
    random_ = random.Random(seed)
    return [random_.choice(WORDS) if random_.random() < part else word for word in words]


@pytest.mark.parametrize("part", [0.05, 0.1, 0.2, 0.3, 0.4])
@pytest.mark.parametrize("size", [250, 2000])
def test_a_revised_chapter_is_known_again(part: float, size: int) -> None:
    own = [_text(seed, size) for seed in range(40)]
    texts = [*own, *(_revised(words, part) for words in own)]
    found = {(a.one, a.other) for a in pairs_alike([digest_of(w) for w in texts], [sketch_of(w) for w in texts])}
    wanted = {(n, n + 40) for n in range(40)}
    assert found <= wanted
    assert len(found) >= (0.97 if size > 1000 or part < 0.4 else 0.85) * len(wanted)


def test_a_piece_is_known_again_and_a_shared_passage_is_none() -> None:
    long, other = _text(1), _text(2)
    assert share(sketch_of(long), sketch_of(long[900:1100])) > 0.9
    assert share(sketch_of(long), sketch_of(other)) == 0
    assert share(sketch_of([*long[:300], *other]), sketch_of([*long[:300], *_text(3)])) == 0


def test_encodings_and_typography_make_no_difference() -> None:
    ways = ("“It’s Zoë’s café”, he said.", "\"It's Zoe\u0308's cafe\u0301\", HE said.", "It s Zoe s cafe he said")
    assert {digest_of(bare_words(way)) for way in ways} == {digest_of("it s zoe s cafe he said".split())}


def test_scripts_without_spaces_have_sketches() -> None:
    text = "夜が明けると港は静かで船の影だけが水の上に長く伸びていた。" * 2
    assert sketch_of(bare_words(text))
    assert sketch_of(bare_words("one two three")) == b""


def test_many_copies_of_one_text_do_not_make_all_pairs() -> None:
    words = _text(5, 100)
    copies = 10 * MANY
    found = list(pairs_alike([digest_of(words)] * copies, [sketch_of(words)] * copies))
    assert copies - 1 <= len(found) <= 2 * copies
    assert {a.other for a in found} == set(range(1, copies))
