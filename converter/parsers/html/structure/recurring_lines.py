"""Lines that homepages set above and below a story: ways back, counters of visitors, dates of the last change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set

from converter.document.alignment import pieces
from converter.document.contracts import Omission
from converter.document.model import Aside, Figure, List, Origin, Preformatted, Quote, SceneBreak, Table
from converter.document.patterns import regex
from converter.document.walk import OBJECT, block_text
from converter.parsers.html.dom.nodes import one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.items.kinds import Gap, Item
from converter.parsers.items.normalisation import item_texts

RULE = "stock line"
# "way": a link that leads back or on; "words": its words alone; "contact": where the author is reached
KINDS = ("stock", "way", "link", "contact", "words", "owner")
LINE_WORDS, LINE_LETTERS = 20, 200  # of a stock line
LINK_LETTERS = 60  # of a link that is a line or a part of one
ITEMS = 100  # that are looked at on either side
LEFT_WORDS = 50  # that must stay: a page of nothing but such lines is no story at all
SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*$")
PARTS = re.compile(r"(?:(?<!\s)\s+)?(?:[|•·*~\[\]{}<>«»]|::)+\s*|(?<!\s)\s+[-–—/]+\s+|^[-–—]+|(?<![-–—])[-–—]+$")
_PLACES = r"(?:web\ ?sites?|home\ ?page|pages?|index|archives?)"
_DATE = (
    r"(?:\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z.]*\ \d|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_GUEST = r"(?:visitor|guest|besucher|visiteur)"
STOCK = regex(  # what no story says: such a line needs no company
    rf"""
    (?:you\ are|you['’]re|sie\ sind|vous\ êtes)\ (?:the\ |der\ |le\ )?
    (?:{_GUEST}\ (?:number|no\b|nr\b|nummer|numéro|n°|\#).*|[\d,.]+\S*\ {_GUEST}\b.*)
  | this\ (?:web\ ?)?(?:page|site)\ has\ (?:been\ )?(?:had|visited|accessed|viewed)\b.*\d.*
  | (?:visitors?|hits|besucher|visiteurs)(?:\ (?:since|seit|depuis|to\ this\ page)\b.*\d.*|:\s*[\d,.]+)
  | [\d,.]+\ (?:visitors|hits|besucher)\ (?:since|seit|to\ this)\b.*
  | (?:this\ )?(?:web\ ?)?(?:page|site|story|file|document)\ (?:was\ )?(?:last\ |most\ recently\ )?
    (?:up-?dated|modified|revised|changed)\b.*\d.*
  | (?:last\ )?(?:up-?dated|modified|revised|changed)(?:\ last)?(?:\ on)?:?\ {_DATE}.*
  | (?:letzte\ (?:änderung|aktualisierung)|zuletzt\ geändert|dernière\ mise\ à\ jour|última\ actualización)\b.*\d.*
  | (?:this|these)\ (?:web\ ?)?(?:pages?|site)\ (?:is\ |are\ |was\ |were\ )?(?:proudly\ )?
    (?:hosted|created|designed|maintained|sponsored|powered)\b.*
  | (?:site|page|pages|web\ ?space)\ (?:hosted|designed|created|maintained|provided)\ by\b.*
  | (?:comments?|kommentare?|commentaires?|comentarios?|commenti|комментарии|reacties)\ ?[(\[:]?\ ?\d+[)\]]?
  | (?:コメント|评论|評論|댓글)\ ?[(（\[:]?\ ?\d+[)）\]]?
  | (?:hosted|powered|web\ ?hosting)\ by\ \S.*
  | get\ your\ (?:own\ )?free\ (?:home\ ?page|web\ ?(?:site|page|space)).*
  | (?:this\ (?:page|site)\ is\ )?best\ viewed\b.*(?:netscape|explorer|mozilla|firefox|browser|resolution|\d\ ?x\ ?\d).*
  | (?:please\ )?(?:sign|view|read)\ (?:my|our)\ guest\ ?book.*
    """,
    re.I | re.X,
    LINE_LETTERS,
)
WAY = re.compile(rf"(?:click here to )?(?:go |take me )?(?:back|return) to (?:[\w'’]+ ){{0,6}}{_PLACES}", re.I)
OWNER = re.compile(r"(?:©|\(c\)|copyright\b)", re.I)
NEAR = regex(  # what tells where a link leads; without one, only beside a stock line
    rf"""
    home | index | main | top | up | back | next | previous | prev | links | contents | menu | search | about
  | {_PLACES} | (?:main|top)\ page | (?:next|previous|last|first)\ (?:chapter|part|story|page)
  | (?:my\ |more\ |other\ |the\ |all\ )?
    (?:stories|fiction|fan\ ?fiction|fan\ ?fics?|fics?|writings?|library)(?:\ (?:page|index))?
  | (?:(?:go\ )?back|return)\ to\ [\w'’]+(?:\ [\w'’]+){{0,7}}
  | startseite | zurück(?:\ zu[rm]?\ .*)? | weiter | accueil | retour(?:\ .*)? | suivant | inicio | volver(?:\ .*)?
    """,
    re.I | re.X,
    LINE_LETTERS,
)
CONTACT = regex(
    r"""
    (?:please\ )?(?:e-?mail|mail|contact|write\ to)(?:\ (?:me|us|the\ author|(?:the\ )?web\ ?master))(?:[\s:]+\S+@\S+)?
  | web\ ?master | guest\ ?book | about\ (?:me|us) | site\ ?map | gästebuch | e-?mail(?:[\s:]+\S+@\S+)?
    """,
    re.I | re.X,
    LINE_LETTERS,
)


def take_stock(items: Sequence[Item], page: Page) -> tuple[list[Item], list[Omission]]:
    """The items without the stock lines at their very beginning and end, and those as omissions."""
    if page.index.by_name.get("q"):  # its marks are ours: what is left out must be told as the page has it
        return list(items), []
    links = {t for a in page.index.by_name.get("a", ()) if "href" in a.attrs and (t := _bare(one_line(a)))}
    links = {t for t in links if len(t) <= LINK_LETTERS and not SENTENCE.search(t)}
    head = _run(items, links)
    tail = _run(items[head:][::-1], links)
    end = len(items) - tail
    if not head and not tail:
        return list(items), []
    if sum(len(t.split()) for item in items[head:end] for t in item_texts(item)) < LEFT_WORDS:
        return list(items), []
    omissions = []
    for item in (*items[:head], *items[end:]):
        if words := "\n".join(item_texts(item)):
            omissions.append(Omission(RULE, words, getattr(item, "origin", None) or Origin(page.name, 1)))
    return list(items[head:end]), omissions


def _run(items: Sequence[Item], links: Set[str]) -> int:
    """How many items from here on are stock lines, links that lead away, and the space between them.

    One of them at least must be sure: a line that no story says, or a link whose words tell where it leads. What is
    in doubt and stands next to the story stays: the words of a link without the link, whose story it is.
    """
    taken: list[tuple[int, str]] = []
    for i, item in enumerate(items[:ITEMS]):
        if isinstance(item, Gap | SceneBreak):
            continue
        kind = _kind(item, links)
        if not kind:
            break
        taken.append((i, kind))
    while taken:
        at, kind = taken[-1]
        apart = isinstance(items[at + 1] if at + 1 < len(items) else None, Gap | SceneBreak)
        alone = kind == "words" and not apart and (len(taken) == 1 or taken[-2][1] != "words")
        if kind != "owner" and not alone:
            break
        taken.pop()
    return taken[-1][0] + 1 if any(kind in ("stock", "way") for _, kind in taken) else 0


def _kind(item: Item, links: Set[str]) -> str:
    """What an item's lines are, by the surest of `KINDS`; "" for anything that may be story."""
    if isinstance(item, Figure | Preformatted | Aside):
        return ""
    told = item_texts(item)
    if isinstance(item, List | Quote | Table) and pieces(block_text(item)) != pieces("\n".join(told)):
        return ""  # it has words that are no line's
    return _surest(_line(t, links) for text in told for t in text.split("\n") if t.strip())


def _surest(kinds: Iterable[str]) -> str:
    found = set()
    for kind in kinds:
        if not kind:
            return ""
        found.add(kind)
    return next((kind for kind in KINDS if kind in found), "")


def _line(line: str, links: Set[str]) -> str:
    if OBJECT in line or len(line) > LINE_LETTERS or len(line.split()) > LINE_WORDS:
        return ""
    bare = _bare(line)
    if STOCK.fullmatch(bare.rstrip(".")) or WAY.fullmatch(bare):
        return "stock"
    return _surest(_part(part, links) for p in PARTS.split(bare) if (part := _bare(p)))


def _part(part: str, links: Set[str]) -> str:
    linked = part in links or _all_links(part, links)
    if linked:
        return "way" if NEAR.fullmatch(part) or CONTACT.fullmatch(part) else "link"
    said = (("stock", STOCK), ("contact", CONTACT), ("words", NEAR))
    return next((kind for kind, form in said if form.fullmatch(part)), "owner" if OWNER.match(part) else "")


def _all_links(text: str, links: Set[str]) -> bool:
    """Whether a text is links side by side."""
    for link in sorted((t for t in links if t in text), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(link)}(?!\w)", " ", text)
    return not any(map(str.isalnum, text))


def _bare(text: str) -> str:
    """A line without what is drawn around it."""
    return " ".join(text.split()).strip("[]{}<>|~*=_•·:→←»« -–—")
