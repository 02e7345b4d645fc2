"""Which language is it? pycld2 on samples from the middle of the text, the script alone where the text is too short.

Samples avoid both ends, where headers, licences and notes stand, often in another language than the story.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from string import ascii_letters

from converter.document.patterns import regex

UNKNOWN = "und"
SAMPLES, SAMPLE = 6, 1500  # characters; together 9,000: about 3 ms, and more does not change an answer
EDGE = 0.08  # of the text at either end is left out; a Gutenberg licence is 3 to 10 % of a novel
WHOLE_TEXT = 2 * SAMPLES * SAMPLE  # a text this long or shorter is taken whole
FEW_LETTERS = 12  # fewer decide nothing, except where a script has one language
NOISE = regex(r"https?://\S+|www\.\S+|(?<!\S)\S+@\S+|[_*~#=<>|{}\[\]/\\]+|\d+")
RENAMED = {
    "iw": "he",
    "jw": "jv",
    "zh-Hant": "zh-Hant",
    "zh": "zh-Hans",
    "no": "nb",
    "tl": "fil",
    "mo": "ro",
    "sh": "sr",
}
SCRIPTS: tuple[tuple[tuple[tuple[str, str], ...], str], ...] = (  # a script with one usual language
    ((("\u3041", "\u30ff"),), "ja"),  # kana before Han: Japanese has both
    ((("\uac00", "\ud7a3"), ("\u1100", "\u11ff")), "ko"),
    ((("\u4e00", "\u9fff"), ("\u3400", "\u4dbf")), "zh"),
    ((("\u0370", "\u03ff"), ("\u1f00", "\u1fff")), "el"),
    ((("\u0590", "\u05ff"),), "he"),
    ((("\u0600", "\u06ff"),), "ar"),
    ((("\u0e00", "\u0e7f"),), "th"),
    ((("\u0900", "\u097f"),), "hi"),
    ((("\u10a0", "\u10ff"),), "ka"),
    ((("\u0530", "\u058f"),), "hy"),
    ((("\u0400", "\u04ff"),), "ru"),
)
_NEAR = ascii_letters.encode()
_FAR = regex(r"[^\x00-\x7f]+")
FIRST_FAR = "\u0370"  # the first letter of any of them
KANA_SHARE = (
    0.05  # of a text's letters: Japanese prose has over 40 % kana, a Chinese text with a Japanese name nearly none
)
SIMPLIFIED = frozenset("这个们来国说时对会过发后里么经进还现样无没从开长问见书门东车马风飞让谁话语认识爱听写买卖")
TRADITIONAL = frozenset("這個們來國說時對會過發後裡麼經進還現樣無沒從開長問見書門東車馬風飛讓誰話語認識愛聽寫買賣")


@lru_cache(maxsize=1)  # the same sample is asked twice: for the headings of a page, and for the story
def detect_language(text: str) -> tuple[str, float]:
    """The BCP 47 tag of a story's language ("en", "pt", "zh-Hant") and a confidence between 0 and 1.

    "und" and 0.0 when nothing can be said. Chinese carries its script; a country is never guessed.
    """
    sample = NOISE.sub(" ", _middle(text))
    far = Counter({c: n for c, n in Counter("".join(_FAR.findall(sample))).items() if c.isalpha()})
    plain = sample.encode("ascii", "ignore")
    total = far.total() + len(plain) - len(plain.translate(None, _NEAR))
    if not total:
        return UNKNOWN, 0.0
    if (script := _by_script(far, total)) and script[0] in ("ja", "ko", "zh", "el", "he", "th", "ka", "hy"):
        return _chinese(far, script[1]) if script[0] == "zh" else script
    if total >= FEW_LETTERS and (guess := _by_words(sample)):
        return guess
    return script or (UNKNOWN, 0.0)


def _middle(text: str) -> str:
    if len(text) <= WHOLE_TEXT:
        return text
    first, last = int(len(text) * EDGE), int(len(text) * (1 - EDGE)) - SAMPLE
    starts = [first + (last - first) * i // (SAMPLES - 1) for i in range(SAMPLES)]
    return "\n".join(text[s : s + SAMPLE] for s in starts)


def _by_script(letters: Counter[str], total: int) -> tuple[str, float] | None:
    far = [(c, n) for c, n in letters.items() if c >= FIRST_FAR]
    for ranges, language in SCRIPTS:
        share = sum(n for c, n in far if any(low <= c <= high for low, high in ranges)) / total
        if share > (KANA_SHARE if language == "ja" else 0.5):
            return language, 0.95 if language == "ja" else round(share, 2)
    return None


def _chinese(letters: Counter[str], share: float) -> tuple[str, float]:
    simple = sum(letters[c] for c in SIMPLIFIED - TRADITIONAL)
    full = sum(letters[c] for c in TRADITIONAL - SIMPLIFIED)
    if simple == full:
        return "zh", share
    return ("zh-Hans" if simple > full else "zh-Hant"), share


def _by_words(sample: str) -> tuple[str, float] | None:
    import pycld2

    clean = sample.translate({ord(c): " " for c in set(sample) if not c.isprintable()})
    try:
        reliable, _, details = pycld2.detect(clean.encode("utf-8"), bestEffort=True)
    except pycld2.error:
        return None
    _, code, percent, _ = details[0]
    if code == "un":
        return None
    confidence = round(percent / 100 * (1.0 if reliable else 0.6), 2)
    return RENAMED.get(code, code), confidence
