// Finds words in a document: paragraph by paragraph, whatever is set in italics within it. Letters are alike without
// their case and accents, and marks however they are typed: what a keyboard has finds what a typesetter set.
const WITHIN = new Set(('a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rb ruby s samp small '
    + 'span strike strong sub sup time tspan tt u var wbr').split(' '))
const UNREAD = 'script, style, rt, rp, rtc, template, [hidden]'
const AROUND = 60  // characters before and after a hit

// Accents, Hebrew points, Arabic vowel signs and the stroke that stretches a word; marks of other scripts are letters.
const ACCENTS = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g
const TYPED = new Map([
    ...[...'‘’‚‛ʼ′`´'].map(mark => [mark, "'"]), ...[...'“”„‟«»″'].map(mark => [mark, '"']),
    ...[...'‐‑‒–—―−'].map(mark => [mark, '-']), ['æ', 'ae'], ['œ', 'oe'], ['ø', 'o'], ['ł', 'l'], ['đ', 'd'],
])
const known = new Map()
const plain = sign => {
    if (!known.has(sign)) {
        const cased = [...sign].map(one => TYPED.get(one) ?? one).join('').normalize('NFKD')
            .replace(ACCENTS, '').replace(/\p{Cf}/gu, '').toUpperCase().toLowerCase().normalize('NFC')
        if (known.size > 20_000) known.clear()
        known.set(sign, [...cased].map(one => TYPED.get(one) ?? one).join('').replace(/\s+/gu, ' '))
    }
    return known.get(sign)
}

// A text as it is compared, and where in the text each of its characters begins (`from`) and ends (`to`).
const folded = text => {
    let said = ''
    const from = [], to = []
    for (const { 0: sign, index } of text.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)) {
        let alike = plain(sign)
        if (alike === ' ' && said.endsWith(' ')) alike = ''
        for (let n = 0; n < alike.length; n++) {
            from.push(index)
            to.push(index + sign.length)
        }
        said += alike
    }
    return { said, from, to }
}

const around = node => {
    let element = node.parentElement
    while (element && WITHIN.has(element.localName)) element = element.parentElement
    return element
}

// The texts of a document, each with the text nodes of which it is made.
const runs = function* (doc) {
    if (!doc.body) return  // a page that is a picture
    const isUnread = node => node.nodeType === Node.ELEMENT_NODE && node.matches(UNREAD)
    const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT | NodeFilter.SHOW_CDATA_SECTION,
        node => isUnread(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT)
    let run
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const isElement = node.nodeType === Node.ELEMENT_NODE
        if (isElement && node.localName === 'br' && run) run.text += ' '
        const block = isElement ? undefined : around(node)
        const isOver = isElement ? node.localName !== 'br' && !WITHIN.has(node.localName) : run?.block !== block
        if (isOver && run) yield run
        if (isOver) run = undefined
        if (isElement) continue
        run ??= { block, text: '', pieces: [] }
        run.pieces.push({ node, start: run.text.length })
        run.text += node.data
    }
    if (run) yield run
}

const rangeOf = ({ pieces }, start, end) => {
    const at = (place, isInside) => pieces.findLast(piece => piece.start < place || isInside && piece.start === place) ?? pieces[0]
    const range = pieces[0].node.ownerDocument.createRange()
    const [first, last] = [at(start, true), at(end, false)]
    range.setStart(first.node, Math.min(start - first.start, first.node.length))
    range.setEnd(last.node, Math.min(end - last.start, last.node.length))
    return range
}

const plainly = text => text.replace(/\s+/gu, ' ')
const cut = (text, isBefore) => {
    if (text.length <= AROUND) return plainly(text)
    const short = isBefore ? text.slice(-AROUND) : text.slice(0, AROUND)
    // To whole words, where the writing parts them.
    const whole = isBefore ? short.replace(/^\S{0,20}\s/u, '') : short.replace(/\s\S{0,20}$/u, '')
    const said = plainly(whole.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, ''))
    return isBefore ? `…${said}` : `${said}…`
}

// Every hit: its range, and the text of it, before it and after it.
export const hits = function* (doc, words) {
    const asked = folded(words.trim()).said
    if (!asked) return
    for (const run of runs(doc)) {
        const { said, from, to } = folded(run.text)
        for (let at = said.indexOf(asked); at >= 0; at = said.indexOf(asked, at + asked.length)) {
            const start = from[at], end = to[at + asked.length - 1]
            yield {
                range: rangeOf(run, start, end), before: cut(run.text.slice(0, start), true).trimStart(),
                hit: plainly(run.text.slice(start, end)), after: cut(run.text.slice(end), false).trimEnd(),
            }
        }
    }
}
