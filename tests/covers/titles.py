"""Invented titles that covers have to bear: short, long, in many scripts, with and without everything else."""

from __future__ import annotations

from converter.document.model import Metadata, Person

LONG = (
    "A Very Long Title About the Weather in the Northern Provinces, and of the People Who Waited There for a Boat "
    "That Came Every Second Winter, Bringing Letters, Salt, and a Single Unripe Pear for Everybody"
)
UNBROKEN = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsänderungsantragsformular"


def story(title: str, *authors: str, **facts: object) -> Metadata:
    """Metadata with a title, authors and some facts; English unless told otherwise."""
    facts.setdefault("language", "en")
    return Metadata(title=title, people=tuple(Person(a) for a in authors), **facts)  # type: ignore[arg-type]


TITLES: dict[str, Metadata] = {
    "plain": story("The Lantern Road", "Ines Hollander", genres=("Fantasy",)),
    "one-word": story("Dust", "Tomas Erdei", genres=("Western",)),
    "one-letter": story("Q", "X"),
    "two-authors": story("What the River Kept", "Amara Osei", "Lin Bao", tags=("grief", "family")),
    "series": story("Salt and the Sea-Glass Queen", "Petra van Dijk", series="Tidewrights", series_index="3"),
    "series-long": story(
        LONG, "R. J. Fenwick", series="The Chronicle of the Slow and Patient Machines", series_index="112"
    ),
    "series-half": story("Interval", "Kit Osaka", series="Tidewrights", series_index="2.5"),
    "long": story(LONG, "Johannes-Maximilian Freiherr von Wolkenstein-Trostburg"),
    "endless": story(" ".join([LONG, LONG]), "Ines Hollander", series="Tidewrights", series_index="3"),
    "subtitle": story("Kettle's On: Eleven Small Stories About Tea", "Maud Perriwinkle", tags=("Fluff",)),
    "long-subtitle": story(
        "Ash", "Oda Nil", subtitle="Being the True and Only Account of a Fire That Burned for Eleven Years in Dry Wells"
    ),
    "unbroken": story(UNBROKEN, "Käthe Brandstätter", language="de"),
    "no-author": story("The House at the End of the World Has a Very Nice Garden", tags=("Humor",)),
    "nothing": story(""),
    "many-authors": story("A Common Table", *(f"Writer Number {n}" for n in ("One", "Two", "Three", "Four", "Five"))),
    "cyrillic": story("Война и море", "Анна Северина", language="ru"),
    "ukrainian": story("Її ґанок і вітер", "Євген Їжак", language="uk"),
    "greek": story("Η θάλασσα της σιωπής", "Ελένη Παππά", language="el"),
    "japanese": story("東京の夜に降る雨の物語と、もうひとつのはなし", "山田 花子", language="ja"),
    "chinese": story("雨夜长街与灯火", "林小北", language="zh-Hans", series="长街", series_index="2"),
    "korean": story("비 오는 밤의 긴 거리", "김하늘", language="ko"),
    "arabic": story("ألف ليلة وقمر واحد", "ليلى الحسن", language="ar", series="أقمار", series_index="7"),
    "hebrew": story("בין הים לבין ההר", "דנה לוי", language="he"),
    "vietnamese": story("Những cơn mưa ở phía bắc", "Nguyễn Thị Ánh", language="vi"),
    "accents": story("ÅNGSTRÖM & ÇÖKÜŞ: Ñandú Ỳ", "Žofie Ďurišová", language="cs"),
}

SHOWCASE: tuple[tuple[str, Metadata], ...] = (
    ("frame", story("Salt and the Sea-Glass Queen", "Petra van Dijk", series="Tidewrights", series_index="3")),
    ("horizon", story("The Hollow Wood", "Nell Ashby", genres=("Horror",))),
    ("label", story("Kettle's On: Eleven Small Stories About Tea", "Maud Perriwinkle", tags=("Fluff",))),
    ("discs", story("Neon Saints", "Bo Tran", genres=("Cyberpunk",))),
    ("sky", story("The Iron Comet", "Ada Ferris", series="Slow Machines", series_index="12")),
    ("vine", story("Soft Landing", "June Park", genres=("Romance",))),
    ("horizon", story("東京の夜に降る雨", "山田 花子", language="ja", tags=("city",))),
    ("grid", story("The Third Summer of the Paper Circus", "Oskar Wren", genres=("Humor",))),
    ("deco", story("The Clockmaker's Understudy", "R. J. Fenwick", tags=("steampunk",))),
    ("plain", story("What the River Kept", "Amara Osei", tags=("grief",))),
    ("ridge", story("Nobody Drowns in Winter", "Sal Ferreira", genres=("Mystery",))),
    ("bands", story("ألف ليلة وقمر واحد", "ليلى الحسن", language="ar", genres=("Historical",))),
)
"""Layout and story: covers to show people."""

SCRIPTS: dict[str, Metadata] = {
    "devanagari": story("क्षत्रिय की प्रार्थना", "श्रीमती प्रेमचंद्र", language="hi"),
    "bengali": story("বৃষ্টির রাতে শ্রাবণের গল্প", "রবীন্দ্র", language="bn"),
    "tamil": story("கடலின் நீண்ட மௌனம்", "கல்கி", language="ta"),
    "telugu": story("వర్షం కురిసిన రాత్రి", "శ్రీ", language="te"),
    "thai": story("คืนที่ฝนตกในกรุงเทพฯ", "สมชาย", language="th"),
    "khmer": story("យប់ភ្លៀងនៅភ្នំពេញ", "សុខ", language="km"),
    "arabic": story("ألف ليلة وقمر واحد", "ليلى الحسن", language="ar"),
    "hebrew": story("בין הים לבין ההר", "דנה לוי", language="he"),
    "greek": story("Η θάλασσα της σιωπής", "Ελένη Παππά", language="el"),
    "cyrillic": story("Война и море", "Анна Северина", language="ru"),
    "vietnamese": story("Những cơn mưa ở phía bắc", "Nguyễn Thị Ánh", language="vi"),
    "simplified": story("雨夜长街与灯火", "林小北", language="zh-Hans"),
    "traditional": story("雨夜長街與燈火", "林小北", language="zh-Hant"),
    "japanese": story("東京の夜に降る雨", "山田 花子", language="ja"),
    "korean": story("비 오는 밤의 긴 거리", "김하늘", language="ko"),
    "wrong-tag": story("東京の夜に降る雨", "山田 花子", language="de"),
    "no-tag": story("बारिश की रात", "मीना", language=""),
}
"""Scripts whose fonts come with the program."""
