// Shows a book: foliate-js makes its pages, this file makes the book harmless and keeps the reader's place.
import '/static/vendor/foliate-js/view.js'
import { FootnoteHandler } from '/static/vendor/foliate-js/footnotes.js'
import { finder } from '/static/finder.js'
import { harmless } from '/static/harmless.js'
import { dress, styles, whenChosen } from '/static/looks.js'
import { left } from '/static/minutes.js'

const $ = id => document.getElementById(id)
const main = $('main')
const view = document.createElement('foliate-view')
const notes = new FootnoteHandler()
whenChosen(() => dress(view))
dress(view)

// ---------------------------------------------------------------------------------------------------- place

let told, timer, known = main.dataset.place  // the place that the shelf knows
let isLooking = false  // at a hit of the search: that is no place until somebody reads on
const keep = () => {
    clearTimeout(timer)
    const { cfi, fraction } = view.lastLocation ?? {}
    if (!cfi || cfi === told || isLooking) return
    told = cfi
    const body = new URLSearchParams({ place: cfi, fraction, digest: main.dataset.digest, token: main.dataset.token })
    fetch(main.dataset.keep, { method: 'POST', body, keepalive: true }).then(answer => {
        if (!answer.ok || answer.redirected) throw new Error(answer.status)
        known = cfi
        $('said').textContent = ''
    }).catch(() => {
        told = undefined
        $('said').textContent = 'Your place could not be kept: is the shelf still running, are you logged in, is its disk full?'
    })
}
// Whoever comes back to this page may have read on elsewhere meanwhile.
const catchUp = async () => {
    if (told === undefined || !view.lastLocation) return
    const answer = await fetch(main.dataset.keep).catch(() => undefined)
    if (!answer?.ok || answer.redirected) return
    const { place, fraction } = await answer.json()
    if (!place || place === known) return
    known = place
    await view.goTo(place).catch(() => view.goToFraction(fraction))
    told = view.lastLocation.cfi
    $('said').textContent = 'This is where you read on elsewhere.'
}
document.addEventListener('visibilitychange', () => document.hidden ? keep() : catchUp())
addEventListener('pagehide', keep)

// As the book's page counts: where it was opened, by what the shelf knows; all of it only at the end.
const opened = Number(main.dataset.fraction)
const share = (fraction, cfi) => {
    const isOpened = opened > 0 && (told === undefined || cfi === told) && known === main.dataset.place
    const here = isOpened ? opened : fraction
    return here >= 0.999 ? 100 : Math.min(99, Math.round(here * 100))
}
const relocated = ({ detail: { fraction, tocItem, cfi } }) => {
    const percent = `${share(fraction, cfi)} %`
    for (const [id, isOver, name, said] of [
        ['before', view.renderer.atStart, 'Previous', 'The beginning'], ['after', view.renderer.atEnd, 'Next', 'The end'],
    ]) {
        $(id).textContent = isOver ? said : name
        if (isOver) $(id).setAttribute('aria-disabled', 'true')
        else $(id).removeAttribute('aria-disabled')
    }
    $('where').textContent = tocItem?.label ? `${percent} · ${tocItem.label}` : percent
    for (const link of $('contents').querySelectorAll('a')) {
        if (link.dataset.href === tocItem?.href) link.setAttribute('aria-current', 'location')
        else link.removeAttribute('aria-current')
    }
    clearTimeout(timer)
    timer = setTimeout(keep, 600)
}

// As the pages themselves tell it: why they moved, and how far in this document they are.
const moved = ({ detail: { reason, fraction } }) => {
    if (!['navigation', 'anchor', 'selection'].includes(reason)) isLooking = false
    const [shown] = view.renderer.getContents()
    $('left').textContent = shown?.doc ? left(view.book, shown, fraction) : ''
}

// ----------------------------------------------------------------------------------------------- moving about

const search = finder(view, {
    looking: () => {
        keep()
        isLooking = true
    },
    ended: () => {
        isLooking = false
        keep()
    },
})

const keys = {
    ArrowLeft: () => view.goLeft(), ArrowRight: () => view.goRight(),
    PageUp: () => view.prev(), PageDown: () => view.next(), ' ': event => event.shiftKey ? view.prev() : view.next(),
}
const pressed = event => {
    if (search.pressed(event, isLooking)) return
    if (event.altKey || event.ctrlKey || event.metaKey || document.querySelector('dialog[open]')) return
    if (event.target.closest?.('button, a, input, select') && event.key === ' ') return
    const move = keys[event.key]
    if (!move) return
    event.preventDefault()
    move(event)
}
document.addEventListener('keydown', pressed)
$('before').addEventListener('click', () => view.prev())
$('after').addEventListener('click', () => view.next())

const entries = (list, items) => {
    for (const { label, href, subitems } of items ?? []) {
        const item = list.appendChild(document.createElement('li'))
        const link = item.appendChild(document.createElement(href ? 'a' : 'span'))
        link.textContent = label?.trim() || '…'
        if (href) {
            link.href = '#'
            link.dataset.href = href
            link.addEventListener('click', event => {
                event.preventDefault()
                $('contents').close()
                view.goTo(href).then(() => view.renderer.focusView())
            })
        }
        if (subitems?.length) entries(item.appendChild(document.createElement('ul')), subitems)
    }
}
$('open-contents').addEventListener('click', () => {
    $('contents').showModal()
    const here = $('contents').querySelector('[aria-current]')
    here?.focus()
    here?.scrollIntoView({ block: 'center' })
})
$('open-looks').addEventListener('click', () => $('looks').showModal())

for (const dialog of document.querySelectorAll('dialog')) {
    const isOutside = ({ target, clientX: x, clientY: y }) => {
        const { left, right, top, bottom } = dialog.getBoundingClientRect()
        return target === dialog && (x < left || x > right || y < top || y > bottom)
    }
    let began = false  // outside, too: words may be marked from within to without
    dialog.addEventListener('pointerdown', event => { began = isOutside(event) })
    dialog.addEventListener('click', event => { if (began && isOutside(event)) dialog.close() })
}

// ---------------------------------------------------------------------------------------------------- notes

const named = (view, name) => view.addEventListener('load', ({ detail: { doc } }) => {
    doc.defaultView.frameElement.title = name  // of the frame: screen readers say where one goes into it
})
named(view, document.querySelector('.what').textContent)

view.addEventListener('external-link', event => event.preventDefault())
let mark
view.addEventListener('link', event => {
    mark = event.detail.a
    notes.handle(view.book, event)?.catch(() => view.goTo(event.detail.href))
})
$('note').addEventListener('close', () => {
    if (!mark?.isConnected) return
    mark.ownerDocument.defaultView.focus()
    mark.focus({ preventScroll: true })
})
notes.addEventListener('before-render', ({ detail: { view: note } }) => {
    named(note, $('note-head').textContent)
    note.addEventListener('external-link', event => event.preventDefault())
    note.addEventListener('link', event => event.preventDefault())
    $('note-text').replaceChildren(note)
    note.renderer.setAttribute('flow', 'scrolled')
    note.renderer.setAttribute('margin', '8px')
    note.renderer.setStyles(styles())
    if (!$('note').open) $('note').showModal()
})

// --------------------------------------------------------------------------------------------------- opening

const open = async () => {
    main.append(view)
    await view.open(main.dataset.where)
    if (view.isFixedLayout) throw new Error('a book of fixed pages')
    view.book.transformTarget.addEventListener('data', ({ detail }) => harmless(detail))
    view.addEventListener('relocate', relocated)
    view.renderer.addEventListener('relocate', moved)
    view.addEventListener('load', ({ detail: { doc } }) => doc.addEventListener('keydown', pressed))
    entries($('contents').querySelector('ul'), view.book.toc)
    dress(view)
    const { place, fraction } = main.dataset
    if (place) await view.init({ lastLocation: place }).catch(() => view.goToFraction(Number(fraction)))
    else if (Number(fraction) > 0) await view.goToFraction(Number(fraction))
    else await view.init({})
    told = view.lastLocation?.cfi  // whoever only looks at a book has not moved in it
    $('said').textContent = ''
}
open().catch(error => {
    console.error(error)
    view.remove()
    $('said').textContent = 'This book can’t be shown here. Go back, and download it instead.'
})
