"""Papers that a story shows: telegrams, signs on a wall, cuttings from newspapers, mail that quotes other mail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from converter.document.model import Block, Line, Paragraph, Quote, Text, Verse
from converter.document.patterns import regex
from converter.document.words import plain_text
from converter.parsers.items.mottos import paragraph_text
from converter.parsers.text.blocks.poems import heads_poem
from converter.recognisers.lines.dates import WEEKDAY, is_date, is_dateline
from converter.recognisers.lines.papers import TELEGRAM
from converter.recognisers.vocabulary import either, listed_words

SIGN_LINES = 8  # lines in capitals: more are a poem shouted
HEAD_WORDS, HEAD_BLOCKS = 12, 4  # of lines in capitals above a telegram: of one, and how many
PLACARD_WORDS = 3  # in capitals alone above a sign's lines: "NOTICE"
FOOT_WORDS = 4  # of its sender's name below it
CUTTING_LINES = 6  # of a newspaper's head: its name, the day, headlines
HEADLINE_WORDS = 3  # of a headline alone at least
_PLACE = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.\-]+"
OPENING = 100  # characters of a report that may hold its place and the day
NEWS = regex(  # the place in capitals, perhaps the day or the agency, and a dash
    rf"{_PLACE}(?: {_PLACE}){{0,3}}(?:,[^—–:\n]{{1,30}})?(?: ?\([\w .,]{{2,20}}\))?\s?(?:--|—|–)\s?(?=\S)",
    within=OPENING,
)
DATED = regex(  # the place, the day, and a dash
    r"((?:[^\W\d_][\w'’.\-]*\s){0,3}[^\W\d_][\w'’.\-]*),\s([^—–:;\n]{3,30}?)\.?\s?(?:--|—|–)\s?(?=[A-ZÀ-Þ])",
    within=OPENING,
)
WEEKDAY_ONLY = regex(rf"{WEEKDAY}(?:\s[^\W\d_]+)?", re.I, 40)
BYLINE = regex(rf"{either('papers', 'byline')}(?!\w)", re.I, 60)
HEADLINES, BYLINE_WORDS = 4, 6  # of a cutting; words of the line that says who reports
REPORTED = 8  # paragraphs of a cutting up to the line that says where it goes on
CONTINUED = regex(rf"\W?{either('papers', 'continued')}\b", re.I, 60)
SPOKEN = frozenset("\"'“‘«„—–")
QUOTING = regex(r"(>{1,6}|(?:> ){1,6})[ \t]*(?=[^\s>])")  # what mail programs set before lines of other mail
LEAST_QUOTED = 2  # such lines together


def name_papers(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with such papers as what they are."""
    parted = _parted_cuttings(_placards(_quoted_mail(blocks)))
    return _whole_telegrams(_announced_signs([_paper(block) for block in _cuttings(parted)]))


def _parted_cuttings(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with cuttings whose parts blank lines part as such: a newspaper's name and the day, headlines in
    capitals, perhaps who wrote it, and what it reports: up to the line that says where it goes on, or one paragraph."""
    out: list[Block] = []
    k = 0
    while k < len(blocks):
        end = _cutting_end(blocks, k)
        if end:
            out.append(Quote(tuple(blocks[k:end]), "document", blocks[k].origin))
        else:
            out.append(blocks[k])
        k = max(end, k + 1)
    return out


def _cutting_end(blocks: Sequence[Block], k: int) -> int:
    """Where the cutting ends that begins in place `k`; 0 where none does."""
    at = _below_headlines(blocks, k) or _below_headline(blocks, k)
    if not at:
        return 0
    if at + 1 < len(blocks) and _is_byline(paragraph_text(blocks[at])):
        at += 1
    if at == len(blocks) or not isinstance(blocks[at], Paragraph) or paragraph_text(blocks[at])[:1] in SPOKEN:
        return at
    goes_on = (n for n in range(at, min(len(blocks), at + REPORTED)) if CONTINUED.match(paragraph_text(blocks[n])))
    return next(goes_on, at) + 1


def _below_headlines(blocks: Sequence[Block], k: int) -> int:
    """The place below a newspaper's name, the day and headlines; 0 where they are not all there."""
    name, _, day = paragraph_text(blocks[k]).partition(",")
    dated = bool(day) and is_dateline(day.strip())
    if not name.isupper() or len(name.split()) < 2 or (day and not dated):
        return 0
    at = k + 1
    if not dated and (at == len(blocks) or not is_dateline(paragraph_text(blocks[at]))):
        return 0
    first = at = at if dated else at + 1
    while at < len(blocks) and at - first < HEADLINES and _in_capitals(blocks[at], HEAD_WORDS):
        at += 1
    return at if at > first else 0


def _below_headline(blocks: Sequence[Block], k: int) -> int:
    """The place below a headline alone, where a line that says who reports, or a report that begins with its place and
    a dash, shows that it is one; 0 where none does."""
    if not _in_capitals(blocks[k], HEAD_WORDS) or len(paragraph_text(blocks[k]).split()) < HEADLINE_WORDS:
        return 0
    texts = [paragraph_text(block) for block in blocks[k + 1 : k + 3]]
    reports = [text for text in texts if _reports(text)]
    if texts and (texts[0] in reports or (BYLINE.match(texts[0]) and _is_byline(texts[0]) and len(texts) > 1)):
        return k + 1
    return k + 1 if len(texts) > 1 and _is_byline(texts[0]) and texts[1] in reports else 0


def _reports(text: str) -> bool:
    """Whether a paragraph begins as a newspaper's report does: with its place in capitals, or with its place and the
    day, and a dash."""
    opening = text[:OPENING]
    dated = DATED.match(opening)
    on_day = dated is not None and (is_date(dated[2]) or WEEKDAY_ONLY.fullmatch(dated[2]) is not None)
    return NEWS.match(opening) is not None or on_day


def _is_byline(text: str) -> bool:
    """Whether a line below headlines says who reports: a few words that end no sentence."""
    return 0 < len(text.split()) <= BYLINE_WORDS and text[-1] not in '.!?…:"”' and text[0] not in SPOKEN


def _announced_signs(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with a line in capitals as a sign, which the sentence above it says is to be read somewhere."""
    out: list[Block] = []
    for k, block in enumerate(blocks):
        above = paragraph_text(blocks[k - 1]) if k else ""
        said = isinstance(block, Paragraph) and not block.role and not heads_poem(blocks, k)
        if above[-1:] == ":" and said and _is_inscription(block):
            out.append(Quote((block,), "sign", block.origin))
        else:
            out.append(block)
    return out


def _is_inscription(block: Block) -> bool:
    text = paragraph_text(block)
    return _in_capitals(block, HEAD_WORDS) and len(text.split()) > 1 and text[0].isalpha() and text[-1] not in "!?:"


def _cuttings(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with lines that stand right below each other as the head of a newspaper, where they are one."""
    out: list[Block] = []
    k = 0
    while k < len(blocks):
        end = k + 1
        while end < len(blocks) and _is_right_below(blocks[end - 1], blocks[end]):
            end += 1
        if _is_cutting([paragraph_text(b) for b in blocks[k:end]]):
            out.append(Quote(tuple(blocks[k:end]), "document", blocks[k].origin))
        else:
            out.extend(blocks[k:end])
        k = end
    return out


def _is_right_below(above: Block, below: Block) -> bool:
    """Whether a paragraph stands in the line below another's only one."""
    if not isinstance(above, Paragraph) or not isinstance(below, Paragraph):
        return False
    return above.origin is not None and below.origin is not None and below.origin.line == above.origin.line + 1


def _is_cutting(lines: Sequence[str]) -> bool:
    """Whether these are a newspaper's name, and below it the day and headlines."""
    few = 2 < len(lines) <= CUTTING_LINES
    return few and lines[0].isupper() and any(map(is_dateline, lines[1:])) and any(map(str.isupper, lines[2:]))


def _placards(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with lines mostly in capitals, below a word or two in capitals alone, as a sign on a wall."""
    out: list[Block] = []
    for block in blocks:
        if out and isinstance(block, Verse) and len(block.stanzas) == 1 and _in_capitals(out[-1], PLACARD_WORDS):
            lines = [plain_text(line.content) for line in block.stanzas[0]]
            if (
                len(lines) <= SIGN_LINES
                and not TELEGRAM.search(" ".join(lines))
                and (2 * sum(map(str.isupper, lines)) >= len(lines) or heads_poster(paragraph_text(out[-1])))
            ):
                above = out.pop()
                out.append(Quote((above, block), "sign", above.origin))
                continue
        out.append(block)
    return out


def heads_poster(text: str) -> bool:
    """Whether a word or two alone in capitals head a poster: "MISSING"."""
    return text.isupper() and text.strip(" .!:*").casefold() in listed_words("papers", "posters")


def _paper(block: Block) -> Block:
    """A stanza in capitals as a telegram or a sign, one with a day among headlines as a cutting; any other as it is."""
    if isinstance(block, Verse) and len(block.stanzas) == 1 and len(block.stanzas[0]) <= SIGN_LINES:
        lines = [plain_text(line.content).strip() for line in block.stanzas[0]]
        text = "\n".join(lines)
        if text.isupper() and re.search(r"[^\W\d_]{2}", text):  # a script without capitals has none
            return Quote((block,), "telegram" if TELEGRAM.search(text) else "sign", block.origin)
        if _is_cutting(lines):
            return Quote((block,), "document", block.origin)
    if isinstance(block, Paragraph) and (text := paragraph_text(block)).isupper() and len(TELEGRAM.findall(text)) > 1:
        return Quote((block,), "telegram", block.origin)
    return block


def _whole_telegrams(blocks: list[Block]) -> list[Block]:
    """The blocks with what is in capitals right above and below a telegram as parts of it: where it was handed in, to
    whom it goes, who sent it."""
    out: list[Block] = []
    k = 0
    while k < len(blocks):
        block = blocks[k]
        k += 1
        if not isinstance(block, Quote) or block.kind != "telegram":
            out.append(block)
            continue
        inside = list(block.blocks)
        while out and len(inside) <= HEAD_BLOCKS and _in_capitals(out[-1], HEAD_WORDS):
            inside.insert(0, out.pop())
        if k < len(blocks) and _in_capitals(blocks[k], FOOT_WORDS):
            inside.append(blocks[k])
            k += 1
        out.append(replace(block, blocks=tuple(inside), origin=inside[0].origin))
    return out


def _in_capitals(block: Block, words: int) -> bool:
    text = paragraph_text(block)
    return text.isupper() and len(text.split()) <= words


def _quoted_mail(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with lines that all begin with the signs of quoted mail as quotations, one in another where a line has
    several."""
    out: list[Block] = []
    run: list[tuple[int, Paragraph]] = []

    def close() -> None:
        if len(run) >= LEAST_QUOTED:
            out.append(_nested([(depth, _without_sign(p)) for depth, p in run], 1))
        else:
            out.extend(p for _, p in run)
        run.clear()

    for block in blocks:
        lines = _quoting_lines(block)
        if lines:
            run.extend(lines)
            continue
        close()
        out.append(block)
    close()
    return out


def _quoting_lines(block: Block) -> list[tuple[int, Paragraph]]:
    """The lines of a block with the depth of each, where every one begins with such signs; else none."""
    if isinstance(block, Paragraph):
        lines = [block]
    elif isinstance(block, Verse):
        lines = [Paragraph(line.content, "", "", line.origin) for stanza in block.stanzas for line in stanza]
    else:
        return []
    signs = [QUOTING.match(p.content[0].text) if p.content and isinstance(p.content[0], Text) else None for p in lines]
    if not all(m is not None and (len(m[0]) > len(m[1]) or m[1][-1] == " " or len(m[1]) > 1) for m in signs):
        return []
    return [(m[1].count(">"), p) for m, p in zip(signs, lines, strict=True) if m is not None]


def _without_sign(paragraph: Paragraph) -> Paragraph:
    first = paragraph.content[0]
    assert isinstance(first, Text)
    m = QUOTING.match(first.text)
    rest = first.text[m.end() :] if m else first.text
    return replace(paragraph, content=((Text(rest),) if rest else ()) + paragraph.content[1:])


def _nested(lines: Sequence[tuple[int, Paragraph]], depth: int) -> Quote:
    """The lines as a quotation; those with more signs than `depth` as quotations in it. Lines that end no sentence are
    verse, or were broken to fit: they stay lines."""
    inside: list[Block] = []
    k = 0
    while k < len(lines):
        end = k
        while end < len(lines) and lines[end][0] > depth:
            end += 1
        if end > k:
            inside.append(_nested(lines[k:end], depth + 1))
            k = end
            continue
        while end < len(lines) and lines[end][0] <= depth:
            end += 1
        level = [p for _, p in lines[k:end]]
        if len(level) > 1:
            inside.append(Verse((tuple(Line(p.content, 0, p.origin) for p in level),), level[0].origin))
        else:
            inside.extend(level)
        k = end
    return Quote(tuple(inside), "quote", lines[0][1].origin)
