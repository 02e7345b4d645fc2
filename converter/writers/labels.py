"""The few words that a book says on its own account (Contents, Cover, Book 2 of ...), in the language of the story."""

from __future__ import annotations

from converter.document.record import dataclass


@dataclass(frozen=True, slots=True)
class Labels:
    """Words in one language. `series` takes `{number}` and `{series}`; `back` is read to those who can't see."""

    contents: str
    cover: str
    title_page: str
    start: str
    notes: str
    back: str
    series: str
    translator: str
    illustrator: str
    editor: str
    contributor: str
    fandom: str
    genre: str
    rating: str
    warnings: str
    relationships: str
    characters: str
    tags: str
    status: str
    words: str
    chapters: str
    published: str
    updated: str
    source: str
    landmarks: str


_EN = Labels(
    "Contents", "Cover", "Title page", "Start of the story", "Notes", "back to the text", "Book {number} of {series}",
    "Translated by", "Illustrated by", "Edited by", "With", "Fandom", "Genre", "Rating", "Warnings", "Relationships",
    "Characters", "Tags", "Status", "Words", "Chapters", "Published", "Updated", "Source", "Places in the book",
)  # fmt: skip
_LABELS = {
    "en": _EN,
    "de": Labels(
        "Inhalt", "Umschlag", "Titelseite", "Beginn der Geschichte", "Anmerkungen", "zurück zum Text",
        "{series}, Band {number}", "Übersetzt von", "Illustriert von", "Herausgegeben von", "Mit", "Fandom", "Genre",
        "Altersfreigabe", "Warnungen", "Beziehungen", "Figuren", "Schlagworte", "Stand", "Wörter", "Kapitel",
        "Veröffentlicht", "Aktualisiert", "Quelle", "Stellen im Buch",
    ),
    "fr": Labels(
        "Table des matières", "Couverture", "Page de titre", "Début du récit", "Notes", "retour au texte",
        "{series}, tome {number}", "Traduit par", "Illustré par", "Édité par", "Avec", "Fandom", "Genre", "Classement",
        "Avertissements", "Relations", "Personnages", "Mots-clés", "État", "Mots", "Chapitres", "Publié", "Mis à jour",
        "Source", "Repères",
    ),
    "es": Labels(
        "Índice", "Cubierta", "Portada", "Comienzo de la historia", "Notas", "volver al texto",
        "{series}, libro {number}", "Traducido por", "Ilustrado por", "Editado por", "Con", "Fandom", "Género",
        "Clasificación", "Advertencias", "Relaciones", "Personajes", "Etiquetas", "Estado", "Palabras", "Capítulos",
        "Publicado", "Actualizado", "Fuente", "Lugares del libro",
    ),
    "it": Labels(
        "Indice", "Copertina", "Frontespizio", "Inizio della storia", "Note", "torna al testo",
        "{series}, libro {number}", "Traduzione di", "Illustrazioni di", "A cura di", "Con", "Fandom", "Genere",
        "Classificazione", "Avvertenze", "Relazioni", "Personaggi", "Etichette", "Stato", "Parole", "Capitoli",
        "Pubblicato", "Aggiornato", "Fonte", "Luoghi del libro",
    ),
    "pt": Labels(
        "Índice", "Capa", "Página de rosto", "Início da história", "Notas", "voltar ao texto",
        "{series}, livro {number}", "Traduzido por", "Ilustrado por", "Editado por", "Com", "Fandom", "Género",
        "Classificação", "Avisos", "Relações", "Personagens", "Etiquetas", "Estado", "Palavras", "Capítulos",
        "Publicado", "Atualizado", "Fonte", "Lugares do livro",
    ),
    "nl": Labels(
        "Inhoud", "Omslag", "Titelpagina", "Begin van het verhaal", "Noten", "terug naar de tekst",
        "{series}, deel {number}", "Vertaald door", "Geïllustreerd door", "Bezorgd door", "Met", "Fandom", "Genre",
        "Leeftijd", "Waarschuwingen", "Relaties", "Personages", "Trefwoorden", "Status", "Woorden", "Hoofdstukken",
        "Gepubliceerd", "Bijgewerkt", "Bron", "Plaatsen in het boek",
    ),
    "sv": Labels(
        "Innehåll", "Omslag", "Titelsida", "Berättelsens början", "Noter", "tillbaka till texten",
        "{series}, del {number}", "Översatt av", "Illustrerad av", "Redigerad av", "Med", "Fandom", "Genre",
        "Åldersgräns", "Varningar", "Relationer", "Personer", "Taggar", "Status", "Ord", "Kapitel", "Publicerad",
        "Uppdaterad", "Källa", "Platser i boken",
    ),
    "pl": Labels(
        "Spis treści", "Okładka", "Strona tytułowa", "Początek opowieści", "Przypisy", "wróć do tekstu",
        "{series}, tom {number}", "Przekład", "Ilustracje", "Redakcja", "Współpraca", "Fandom", "Gatunek", "Kategoria",
        "Ostrzeżenia", "Relacje", "Postacie", "Tagi", "Stan", "Słowa", "Rozdziały", "Opublikowano", "Zaktualizowano",
        "Źródło", "Miejsca w książce",
    ),
    "ru": Labels(
        "Оглавление", "Обложка", "Титульный лист", "Начало истории", "Примечания", "вернуться к тексту",
        "{series}, книга {number}", "Перевод", "Иллюстрации", "Редактор", "При участии", "Фэндом", "Жанр", "Рейтинг",
        "Предупреждения", "Отношения", "Персонажи", "Метки", "Статус", "Слов", "Глав", "Опубликовано", "Обновлено",
        "Источник", "Места в книге",
    ),
    "ja": Labels(
        "目次", "表紙", "扉", "本文", "注", "本文に戻る", "{series} 第{number}巻", "訳", "絵", "編", "協力", "原作",
        "ジャンル", "対象年齢", "警告", "関係", "登場人物", "タグ", "状態", "語数", "章数", "公開日", "更新日", "出典",
        "案内",
    ),
    "zh": Labels(
        "目录", "封面", "扉页", "正文", "注释", "返回正文", "{series} 第{number}卷", "译者", "插图", "编者", "协力",
        "原作", "类型", "分级", "警告", "关系", "人物", "标签", "状态", "字数", "章节", "发布", "更新", "来源", "导航",
    ),
    "ko": Labels(
        "차례", "표지", "속표지", "본문 시작", "주석", "본문으로 돌아가기", "{series} {number}권", "옮긴이", "그린이",
        "엮은이", "도움", "팬덤", "장르", "등급", "경고", "관계", "등장인물", "태그", "상태", "단어 수", "장 수",
        "게시일", "수정일", "출처", "책 안내",
    ),
    "ar": Labels(
        "المحتويات", "الغلاف", "صفحة العنوان", "بداية القصة", "الحواشي", "العودة إلى النص",
        "الكتاب {number} من {series}", "ترجمة", "رسوم", "تحرير", "بمشاركة", "الفاندوم", "النوع", "التصنيف", "تحذيرات",
        "العلاقات", "الشخصيات", "الوسوم", "الحالة", "الكلمات", "الفصول", "نُشر", "حُدّث", "المصدر", "مواضع في الكتاب",
    ),
    "he": Labels(
        "תוכן העניינים", "כריכה", "שער", "תחילת הסיפור", "הערות", "חזרה אל הטקסט", "{series}, ספר {number}", "תרגום",
        "איורים", "עריכה", "בהשתתפות", "פנדום", "סוגה", "דירוג", "אזהרות", "מערכות יחסים", "דמויות", "תגיות", "מצב",
        "מילים", "פרקים", "פורסם", "עודכן", "מקור", "מקומות בספר",
    ),
}  # fmt: skip


def labels_for(language: str) -> Labels:
    """The labels for a BCP 47 tag, by its first part; English where there is no translation."""
    return _LABELS.get(language.partition("-")[0].lower(), _EN)
