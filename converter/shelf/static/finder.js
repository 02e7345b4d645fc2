// Searches the book that is shown: the hits with the words around them, the way to them and back. All of it is text.
import { Overlayer } from '/static/vendor/foliate-js/overlayer.js'
import { readable } from '/static/harmless.js'
import { hits } from '/static/hits.js'

const $ = id => document.getElementById(id)
const MOST = 200  // hits: more are no answer
const PAUSE = 350  // milliseconds after the last key

const make = (name, text = '', values = {}) => Object.assign(document.createElement(name), { textContent: text }, values)
const count = number => `${number} ${number === 1 ? 'hit' : 'hits'}`
// One letter finds everything, one sign of Chinese may be a word.
const isWorthwhile = words => words.length > 1 || words > '\u2e80'

// The first hits in a book, and whether there are more. `isOver` says whether nobody waits for them any more.
const hitsOf = async (view, words, isOver) => {
    const found = []
    for (const [index, section] of view.book.sections.entries()) {
        const doc = await readable(view.book, section).catch(() => undefined)  // a file that is missing has no words
        if (isOver()) break
        for (const { range, ...hit } of doc ? hits(doc, words) : []) {
            if (found.length === MOST) return { found, isMore: true }
            const chapter = view.getProgressOf(index, range).tocItem?.label?.trim()
            found.push({ ...hit, index, chapter, lang: doc.documentElement.lang, cfi: view.getCFI(index, range) })
        }
    }
    return { found, isMore: false }
}

// `looking` is called before somebody is shown a hit, `ended` when they are back (or stay: false).
export const finder = (view, { looking, ended }) => {
    let found = [], current = -1, round = 0, timer, marked, place

    const unmark = async () => {
        if (marked) await view.deleteAnnotation({ value: marked }).catch(() => {})
        marked = undefined
    }
    view.addEventListener('draw-annotation', ({ detail: { draw } }) =>
        draw(Overlayer.highlight, { color: getComputedStyle(document.documentElement).getPropertyValue('--accent') }))
    view.addEventListener('create-overlay', ({ detail: { index } }) => {
        if (marked && found[current]?.index === index) view.addAnnotation({ value: marked }).catch(() => {})
    })

    const numbered = () => {
        $('hit-all').textContent = current < 0 ? count(found.length) : `${current + 1} of ${found.length}`
        for (const [n, link] of $('hits').querySelectorAll('a').entries()) {
            if (n === current) link.setAttribute('aria-current', 'true')
            else link.removeAttribute('aria-current')
        }
    }

    const go = async n => {
        place ??= view.lastLocation?.cfi
        current = n
        const { cfi, before, hit, after } = found[n]
        $('hit').hidden = false
        numbered()
        looking()
        await unmark()
        marked = cfi
        await view.goTo(cfi)
        await view.addAnnotation({ value: cfi }).catch(() => {})
        $('hit-said').textContent = `Hit ${n + 1} of ${found.length}: ${before}${hit}${after}`
    }
    const step = by => found.length && go(current < 0 && by < 0 ? found.length - 1 : (current + by + found.length) % found.length)

    const end = async isBack => {
        const there = place
        $('hit').hidden = true
        $('hit-said').textContent = ''
        place = undefined
        current = -1
        numbered()
        await unmark()
        if (isBack && there) await view.goTo(there)
        ended(isBack)
        view.renderer.focusView()
    }

    const listed = () => {
        const parts = []
        let list, last
        for (const [n, { before, hit, after, chapter, lang }] of found.entries()) {
            if (!list || chapter !== last) {
                list = make('ul')
                parts.push(make('h3', chapter || 'Outside the chapters', { dir: 'auto' }), list)
            }
            last = chapter
            const link = list.appendChild(make('li')).appendChild(make('a', '', { href: '#', dir: 'auto', lang }))
            link.append(before, make('mark', hit), after)
            link.addEventListener('click', async event => {
                event.preventDefault()
                $('search').close()
                await go(n)
                view.renderer.focusView()
            })
        }
        $('hits').replaceChildren(...parts)
        $('hits').scrollTop = 0
    }

    const search = async words => {
        clearTimeout(timer)
        const mine = ++round, isOver = () => mine !== round
        const say = text => { $('search-said').textContent = text }
        if (!view.lastLocation) return say('No book is open.')
        if (words) say('Searching …')
        const { found: all, isMore } = words ? await hitsOf(view, words, isOver) : { found: [] }
        if (isOver()) return
        found = all
        current = -1
        await unmark()
        listed()
        numbered()
        if (!words) say('')
        else if (isMore) say(`More than ${count(MOST)} for “${words}”: these are the first. More words find fewer.`)
        else say(found.length ? `${count(found.length)} for “${words}”` : `No hit for “${words}”`)
    }
    const asked = () => $('words').value.trim()
    $('search-form').addEventListener('submit', event => {
        event.preventDefault()
        search(asked())
    })
    const typed = ({ isComposing }) => {
        clearTimeout(timer)
        if (!isComposing && (!asked() || isWorthwhile(asked()))) timer = setTimeout(() => search(asked()), PAUSE)
    }
    $('words').addEventListener('input', typed)
    $('words').addEventListener('compositionend', () => typed({}))

    const open = () => {
        if (!$('search').open) $('search').showModal()
        $('words').focus()
        $('words').select()
    }
    $('open-search').addEventListener('click', open)
    $('hit-all').addEventListener('click', () => {
        open()
        const here = $('hits').querySelector('[aria-current]')
        here?.focus()
        here?.scrollIntoView({ block: 'center' })
    })
    $('hit-before').addEventListener('click', () => step(-1))
    $('hit-after').addEventListener('click', () => step(1))
    $('hit-back').addEventListener('click', () => end(true))
    $('hit-end').addEventListener('click', () => end(false))

    // Whether a key was one of the search's; `isLooking`: nobody has read on since they were shown a hit.
    const pressed = (event, isLooking) => {
        const { key, shiftKey } = event, isWith = event.ctrlKey || event.metaKey
        const opened = document.querySelector('dialog[open]')
        const asksFor = isWith ? !shiftKey && key.toLowerCase() === 'f' : key === '/'
        let act
        if (opened) act = opened === $('search') && isWith && asksFor && document.activeElement !== $('words') && open
        else if (event.altKey) return false
        else if (asksFor) act = open
        else if (key === 'F3' && found.length && !isWith) act = () => step(shiftKey ? -1 : 1)
        else if (key === 'Escape' && !$('hit').hidden) act = () => end(isLooking)
        if (!act) return false
        event.preventDefault()
        act()
        return true
    }
    return { pressed }
}
