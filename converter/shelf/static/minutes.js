// How long is left in a chapter, where a file of the book is one chapter: anything else would be a guess.
const PER_MINUTE = 230  // words
// Scripts that put no spaces between words are counted by the length that their words have.
const WORD = new RegExp([
    '[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}]{1,2}', '[\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}]{1,5}',
    "[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}'’-]*",
].join('|'), 'gu')

const flat = entries => (entries ?? []).flatMap(entry => [entry, ...flat(entry.subitems)])
const words = new WeakMap()  // of documents
const wordsOf = doc => {
    if (!words.has(doc)) words.set(doc, doc.body?.textContent.match(WORD)?.length ?? 0)
    return words.get(doc)
}

// What is said of what is left behind `fraction` of a document of the book; "" where that is not known.
export const left = (book, { doc, index }, fraction) => {
    const files = flat(book.toc).map(({ href }) => book.splitTOCHref(href)[0])
    const begun = number => files.filter(file => file === book.sections[number].id).length
    const isChapter = begun(index) === 1 && (index === book.sections.length - 1 || begun(index + 1) > 0)
    if (!isChapter || !(fraction >= 0)) return ''
    const minutes = wordsOf(doc) * (1 - fraction) / PER_MINUTE
    return `${Math.max(1, Math.round(minutes))} min left in chapter`
}
