"""`Title: ...`, `Rated: T - English - ...`, `by Somebody`: what the head of a story file says about it.

The labels are the vocabulary's `[fields]`, the names of languages its `[language]`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from unicodedata import category, normalize

from converter.document.model import LISTS, NAMED_ROLES, Metadata, Person
from converter.document.patterns import regex
from converter.recognisers.lines.dates import is_date
from converter.recognisers.lines.volumes import Volume
from converter.recognisers.metadata.kinds_of_story import fandom_of, genres_of, is_trail_to_fandom
from converter.recognisers.metadata.names import clean_name, split_names
from converter.recognisers.vocabulary import either, language_table, languages, listed_words

# what belongs to a word and is no letter to Python
_MARKS = "\\u0300-\\u036f\\u0591-\\u05c7\\u05f3\\u05f4\\u064b-\\u0652\\u0900-\\u0903\\u093a-\\u094f\\u200c"
FIELD = regex(
    r"[^\w\"'“”‘’«»„(){}<–—….,;!?:：]{0,6}_{0,2}"
    rf"([^\W\d_][\w{_MARKS}'’()/#&\- ]{{0,28}}?)\s?[*_]{{0,3}}\s?[:：]\s*[*_\]]{{0,3}}\s*(.*?)[*_\]]{{0,3}}\Z"
)
_BRACKETED = regex(r"【\s*([^【】:：]{1,20})\s*】\s*[:：]?\s*(?=\S)", within=200)  # "【作者】林"
STAT_LINE = regex(r"\brated:?\s|\bwords:\s*[\d,]+|\bchapters:\s*\d+|\bstatus:\s|\breviews:\s*\d", re.I)
TRAIL = regex(r"[^»]{2,60} » [^:»]{1,60} (?=rated: )", re.I, 200)  # to a story's row of facts
_RATED = regex(r"(?<=\S)\s(?=rated:\s)", re.I)  # "Category: Books » Misc. Rated: T"
PART_WORDS = 15  # of one fact among others on a line: one that has more is told
LEAST_FACTS, FACT_WORDS, LONGEST_FACTS = 2, 3, 300  # on a line without marks between them: facts, words of one, letters
LONGEST_TITLE = 200  # characters
_TYPED_JOINTS = regex(r"(?<=\w)[_\-](?=\w)")
_IN_BRACKETS = rf"[(\[【]\s*{either('titles', 'status')}(?!\w)[^()\[\]】]{{0,30}}[)\]】]"
STATUS_FIRST = regex(rf"\A{_IN_BRACKETS}\s*", re.I, LONGEST_TITLE)
STATUS_LAST = regex(rf"(?<=\S)\s?{_IN_BRACKETS}\Z", re.I, LONGEST_TITLE)
_TAG = rf"[(\[【]\s*{either('titles', 'tags')}\s*[)\]】]"
_TAG_FIRST = regex(rf"\A{_TAG}\s*", re.I, LONGEST_TITLE)
_TAG_LAST = regex(rf"(?<=\S)\s?{_TAG}\Z", re.I, LONGEST_TITLE)
_TICKS = " \u2713\u2714\u2705\u2611\ufe0f"  # set beside a title when the story is complete
COUNTED = regex(
    rf"\D{{0,14}}\d[\d.,'’ \u00a0]{{0,12}}\+?\s?(?:k|{either('typescript', 'words')})?\W{{0,3}}", re.I, 60
)  # "ca. 1,200 words"
LONGEST_VALUE = 500  # characters of a field that holds names
NUMBERED_SERIES = regex(
    r"(.+?)[\s,]*(?:(?:#|\b(?:book|part|vol(?:ume)?\.?|no\.?)\s*)(\d+(?:\.\d+)?)"
    r"|[(\[](?:#|(?:book|part|vol(?:ume)?\.?|no\.?)\s)?(\d{1,3}(?:\.\d+)?)[)\]])\Z",
    re.I,
    LONGEST_VALUE,
)


@cache
def _labels() -> dict[str, str]:
    """What is written before a colon -> the field it means. "extra" is kept with its own label, "ignore" is of no use
    to a reader, "note" stays in the text as an author's note, "released" is the date of a digital library's copy."""
    return {
        label: name for tag in languages() for name, labels in language_table(tag, "fields").items() for label in labels
    }


@cache
def _folded_labels() -> dict[str, str]:
    """The same as they stand in capitals, or in a hurry, without their accents. Vietnamese has other words then."""
    bare: dict[str, str] = {}
    for tag in languages():
        if tag != "vi":
            for name, labels in language_table(tag, "fields").items():
                bare |= {_without_accents(label): name for label in labels if _without_accents(label) not in bare}
    return bare


def _without_accents(label: str) -> str:
    plain = "".join(c for c in normalize("NFD", label) if category(c) != "Mn")
    return plain.replace("ı", "i").replace("ς", "σ")


@cache
def _lists_contents() -> frozenset[str]:
    """The headings of contents lists: alone above others they are no label."""
    return frozenset(listed_words("headings", "contents"))


@cache
def _divides() -> frozenset[str]:
    """What chapters are called: beside a name it is a heading, beside a number it counts them."""
    return frozenset(w for tag in languages() for w in language_table(tag, "headings").get("division", ()))


@cache
def _language_names() -> dict[str, str]:
    """What languages are called, in English and by those who write them -> their tags."""
    return {name: tag for tag in languages() for name in listed_words("language", "names", tag)}


@dataclass(slots=True)
class HeadFields:
    """What was found so far: values by field name, each with the line it stood on."""

    values: dict[str, list[str]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    extra: list[tuple[str, str]] = field(default_factory=list)

    def add(self, name: str, value: str, line: int, label: str = "") -> None:
        """Keep a value; the first one of a field wins, list fields add up."""
        value = value.strip()
        if not value or name == "ignore":
            return
        if name == "status" and is_date(value):  # "Completed: 2021-05-09"
            self.add("updated", value, line)
            value = label or value
        if name == "genres":
            value = self._without_rating(value, line) if " / " in value else genres_of(value)
        if name == "words" and not COUNTED.fullmatch(value):  # "Length: three parts"
            name = "extra"
        if name == "fandoms" and value.casefold() in listed_words("interface", "categories"):  # "Category: F/F"
            name = "extra"
        if name == "fandoms":
            value, name = (fandom, name) if (fandom := fandom_of(value)) else (value, "extra")
        if name in ("extra", "released") and label:
            self.extra.append((label, value))
        if name == "extra":
            return
        own = self.values.setdefault(name, [])
        if own and name not in LISTS:
            return
        own.append(value)
        self.lines.setdefault(name, line)

    def _without_rating(self, value: str, line: int) -> str:
        """The genres of a value that has other facts behind strokes: "Drama, Freundschaft / P12 / Gen"."""
        genres: list[str] = []
        for part in value.split(" / "):
            folded = part.strip().casefold()
            if folded in listed_words("interface", "ratings"):
                self.add("rating", part, line)
            elif folded in listed_words("interface", "categories"):
                self.extra.append(("", part.strip()))
            else:
                genres.append(part)
        return " / ".join(genres)

    def extend(self, name: str, value: str, label: str = "", *, between: str = " ") -> None:
        """A further line of the value added last."""
        if self.values.get(name):
            self.values[name][-1] += f"{between}{value.strip()}"
        if self.extra and self.extra[-1][0] == label:
            self.extra[-1] = (label, f"{self.extra[-1][1]} {value.strip()}")

    def names_volume(self, volume: Volume, line: int) -> None:
        """Keep the series and the number of a volume; its own title is the book's, whatever was found before."""
        self.add("series", volume.series, line)
        self.add("series_index", str(volume.number), line)
        if volume.title:
            self.values["title"] = [volume.title]
            self.lines["title"] = line

    def one(self, name: str) -> str:
        """The value of a field that has one."""
        return (self.values.get(name) or [""])[0]

    def metadata(self) -> Metadata:
        """All of it as metadata with its provenance."""
        people = [
            Person(clean_name(n), role)
            for name, role in NAMED_ROLES.items()
            for v in self.values.get(name, ())
            for n in split_names(v)
        ]
        listed = {f: tuple(dict.fromkeys(x for v in self.values.get(f, ()) for x in _split(v))) for f in LISTS}
        names = {"author": "people"}
        provenance = tuple((names.get(f, f), f"text, line {n}") for f, n in sorted(self.lines.items()))
        series, index = split_series(self.one("series"), self.one("series_index"))
        return Metadata(
            title=tidy_title(self.one("title")),
            subtitle=tidy_title(self.one("subtitle")),
            people=tuple(dict.fromkeys(people)),
            language=tag_of_language(self.one("language")),
            series=series,
            series_index=index,
            description=self.one("description"),
            rating=self.one("rating"),
            status=self.one("status"),
            published=self.one("published"),
            updated=self.one("updated"),
            words=self.one("words"),
            chapters=self.one("chapters"),
            publisher=self.one("publisher"),
            rights=self.one("rights"),
            source=self.one("source"),
            extra=tuple(self.extra),
            provenance=provenance,
            fandoms=listed["fandoms"],
            relationships=listed["relationships"],
            characters=listed["characters"],
            genres=listed["genres"],
            tags=listed["tags"],
            warnings=listed["warnings"],
        )


def read_field(text: str) -> tuple[str, str, str] | None:
    """(field, value, label as written) of a `Label: value` line with a known label, or None."""
    if ":" not in text and "：" not in text and text[:1] != "【":
        return None
    m = FIELD.match(_BRACKETED.sub(r"\1：", text, count=1) if text[:1] == "【" else text)
    if not m:
        return None
    label, value = " ".join(m[1].split()), m[2].strip()
    if "[" in value and value.count("[") > value.count("]") and text[m.end(2) :].startswith("]"):
        value += "]"  # "Series: Salt Road [3]", not "[Series: Salt Road]"
    folded = label.casefold().rstrip("*_ ")
    if folded not in _labels():
        folded = _TYPED_JOINTS.sub(" ", folded)  # "series-index", "cover_artist"
    name = _labels().get(folded) or _folded_labels().get(_without_accents(folded))
    if not name or (name == "description" and not value and folded in _lists_contents()):
        return None
    if name == "chapters" and folded in _divides() and not any(map(str.isnumeric, value)):
        return None  # "Kapitel: Die Brücke"
    return name, value, label


def read_facts(text: str) -> list[tuple[str, str, str]]:
    """Several facts one behind the other, with nothing but blanks between them, as archives have them: "Published:
    2020-01-02 Words: 1,234 Chapters: 3/3"; none where the line is anything else."""
    if len(text) > LONGEST_FACTS:
        return []
    facts: list[tuple[str, str, list[str]]] = []
    for word in text.split():
        name = _labels().get(word[:-1].casefold()) if word.endswith(":") else None
        if name:
            facts.append((name, word[:-1], []))
        elif not facts:
            return []
        else:
            facts[-1][2].append(word)
    if len(facts) < LEAST_FACTS or not all(0 < len(value) <= FACT_WORDS for _, _, value in facts):
        return []
    return [(name, " ".join(value), label) for name, label, value in facts]


def in_head(text: str) -> bool:
    """Whether a line is one of a story's head: a field, or the line of facts of an archive."""
    return read_field(text) is not None or read_stat_line(text, HeadFields(), 0)


def read_stat_line(text: str, head: HeadFields, line: int) -> bool:
    """Whether this is the one-line head of some archives; what it says is added to `head`.

    `Rated: T - English - Drama - Chapters: 12 - Words: 27,137 - Status: Complete`
    """
    parts = _facts_between_marks(text)
    if len(parts) < 3 or not STAT_LINE.search(text) or max(len(p.split()) for p in parts) > PART_WORDS:
        return False
    fields = [read_field(p) for p in parts]
    if not any(fields):
        return False
    for k, (part, reading) in enumerate(zip(parts, fields, strict=True)):
        if reading:
            name, value, label = reading
            head.add(
                "rating" if label.casefold() == "rated" else name,
                value.removeprefix("Fiction").strip(" -"),
                line,
                label,
            )
        elif tag_of_language(part) and "language" not in head.values:
            head.add("language", part, line)
        elif 0 < k <= 3 and re.fullmatch(r"[A-Z][\w/\-& ]+", part):
            head.add("genres", part, line)
        elif is_trail_to_fandom(part):
            head.add("fandoms", part, line)
        elif part:
            head.extra.append(("", part))
    return True


def _facts_between_marks(text: str) -> list[str]:
    """The parts of a row of facts: between dashes, dots and bars, or behind a trail to the story between commas."""
    parts = [p.strip() for part in re.split(r"(?<!\s)\s+[-–—|·•]\s+", text) for p in _RATED.split(part)]
    listed = text[trail.end() :] if (trail := TRAIL.match(text)) else text
    return listed.split(", ") if len(parts) < 3 and listed[:7].casefold() == "rated: " else parts


def tag_of_language(name: str) -> str:
    """The BCP 47 tag for a language's name or tag, "" when it is neither."""
    folded = name.strip().casefold().split(" (")[0].split(";")[0].split(",")[0]
    if tag := _language_names().get(folded):
        return tag
    return name.strip() if re.fullmatch(r"[a-z]{2}(?:-[A-Za-z]{2,4})?", name.strip()) else ""


def _split(value: str) -> list[str]:
    if value.casefold().strip(" .") in ("none", "n/a", "-"):
        return []
    sep = ";" if ";" in value else ","
    return [p.strip() for p in value.split(sep) if p.strip()]


def split_series(value: str, index: str) -> tuple[str, str]:
    """`The Long Road #2`, `Part 2 of The Long Road`, `The Long Road [2]` -> name and number."""
    m = re.match(r"part\s+(\d+(?:\.\d+)?)\s+of\s+(.+)\Z", value, re.I)
    if m:
        return m[2].strip(), m[1]
    m = NUMBERED_SERIES.match(value)
    return (m[1].strip(" ,-(["), m[2] or m[3]) if m else (value, index)


def tidy_title(title: str) -> str:
    """A title without the signs set around it, and without the brackets of a title in Chinese."""
    title = title.strip(" *_#=~").strip()
    return title[1:-1] if title[:1] == "《" and title.find("》") == len(title) - 1 else title


def without_site_tags(title: str) -> str:
    """A title without what people add on a site for its readers: "[OC] The Lamp", "The Lamp (Original)", a tick."""
    bare = title.strip(_TICKS)
    while bare != (shorter := _TAG_LAST.sub("", _TAG_FIRST.sub("", bare)).strip(_TICKS)):
        bare = shorter
    return bare or title


def without_status(title: str) -> str:
    """A title without the brackets beside it that say how far the story is: "(complete, 3 parts)", "[WIP]"."""
    bare = STATUS_FIRST.sub("", STATUS_LAST.sub("", title)).strip()
    return bare or title
