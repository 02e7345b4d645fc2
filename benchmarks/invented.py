"""An invented novel of any length, the same on every machine: `python -m benchmarks.invented 120000 > novel.txt`."""

from __future__ import annotations

import random
import sys

ONSETS = "b br c ch d dr f fl g gr h j k l m n p pl qu r s sh st t tr v w".split()
VOWELS = "a e i o u ai ea ou oa".split()
CODAS = ["", "", "", "n", "r", "l", "st", "nd", "ck", "m", "ss", "t", "ble", "ner"]
GLUE = "the a of and to in it was he she they with for on as but at had from his her not that by".split()
NAMES = "Odile Marek Tamsin Bryn Ilse Corvin Hesper Lune".split()
LINE = 72  # columns of the hard-wrapped variant


def novel(words: int, seed: int = 1, wrapped: bool = False) -> str:
    """A story with chapters, dialogue in straight quotes, dashes, ellipses, _italics_ and scene breaks."""
    random_ = random.Random(seed)
    lexicon = [_word(random_) for _ in range(4000)]
    chapters = max(1, words // 3000)
    out = ["Title: The Invented Sea", "Author: Nobody Inparticular", ""]
    for chapter in range(1, chapters + 1):
        out += ["", f"Chapter {chapter}", ""]
        count = 0
        while count < words / chapters:
            paragraph = _paragraph(random_, lexicon)
            count += paragraph.count(" ") + 1
            out += [_wrap(paragraph) if wrapped else paragraph, ""]
            if random_.random() < 0.02:
                out += ["* * *", ""]
    return "\n".join(out) + "\n"


def _word(random_: random.Random) -> str:
    syllables = random_.choice((1, 1, 2, 2, 3))
    return "".join(random_.choice(ONSETS) + random_.choice(VOWELS) for _ in range(syllables)) + random_.choice(CODAS)


def _sentence(random_: random.Random, lexicon: list[str]) -> str:
    words = [
        random_.choice(GLUE) if random_.random() < 0.45 else lexicon[int(random_.random() ** 2 * len(lexicon))]
        for _ in range(random_.randint(4, 22))
    ]
    for i in range(1, len(words)):
        if words[i] == words[i - 1]:
            words[i] = lexicon[i]
    if random_.random() < 0.2:
        words[random_.randrange(len(words))] = random_.choice(NAMES)
    if random_.random() < 0.1:
        words[-2] = f"_{words[-2]}_"
    if random_.random() < 0.1:
        words[2] += " --"
    if random_.random() < 0.15:
        words[1] += random_.choice(("n't", "'s", "'ll"))
    words[0] = words[0].capitalize()
    return " ".join(words) + random_.choice((".", ".", ".", ".", "?", "!", "..."))


def _paragraph(random_: random.Random, lexicon: list[str]) -> str:
    if random_.random() < 0.4:
        said = _sentence(random_, lexicon).rstrip(".")
        return f'"{said}," said {random_.choice(NAMES)}. "{_sentence(random_, lexicon)}"'
    return " ".join(_sentence(random_, lexicon) for _ in range(random_.randint(2, 8)))


def _wrap(paragraph: str) -> str:
    lines = [""]
    for word in paragraph.split(" "):
        if len(lines[-1]) + len(word) >= LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".lstrip()
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(novel(int(sys.argv[1]), wrapped="--wrapped" in sys.argv))
