// Takes out of a book's page what could do something, or ask somebody for something, before it is shown.
const PAGES = ['application/xhtml+xml', 'text/html', 'image/svg+xml']
const GONE = 'script, iframe, frame, frameset, object, embed, applet, portal, base, meta[http-equiv], noscript, form, '
    + 'button, input, select, textarea, dialog, template, link:not([rel~="stylesheet"]), animate, set'
const SHOWN = ['src', 'srcset', 'poster', 'data', 'background', 'ping', 'formaction', 'action', 'manifest']
const XLINK = 'http://www.w3.org/1999/xlink'

// What a page shows has been given an address of its own in this window, or is written out in it.
const own = address => /^(blob:|data:image\/|#)/i.test(address.trim())

const clean = doc => {
    // Forms and buttons may stand around words, which stay.
    for (const element of doc.querySelectorAll('form, button, noscript, dialog')) element.replaceWith(...element.childNodes)
    for (const element of doc.querySelectorAll(GONE)) element.remove()
    for (const element of doc.querySelectorAll('*')) {
        for (const { name, value } of [...element.attributes]) {
            const plain = name.toLowerCase()
            const linked = plain === 'href' || plain === 'xlink:href'
            if (plain.startsWith('on')) element.removeAttribute(name)
            else if (SHOWN.includes(plain) && !own(value)) element.removeAttribute(name)
            else if (linked && element.localName !== 'a' && !own(value)) {
                element.removeAttributeNS(XLINK, 'href')
                element.removeAttribute(name)
            } else if (linked && /^\s*(javascript|data|vbscript):/i.test(value.replace(/[\u0000-\u0020]/g, '')))
                element.removeAttribute(name)
            else if (plain === 'target') element.removeAttribute(name)
        }
    }
    return doc
}

const written = (text, type) => {
    const doc = new DOMParser().parseFromString(text, type)
    if (type !== 'text/html' && doc.querySelector('parsererror')) return written(text, 'text/html')
    clean(doc)
    if (type === 'text/html') return { type, data: `<!DOCTYPE html>${doc.documentElement.outerHTML}` }
    return { type, data: new XMLSerializer().serializeToString(doc) }
}

// For the event with which foliate-js lets a file of a book be changed before it is shown.
export const harmless = detail => {
    if (!PAGES.includes(detail.type)) return
    const asked = detail.type
    const done = Promise.resolve(detail.data)
        .then(data => data instanceof Blob ? data.text() : data)
        .then(text => written(String(text), asked))
    detail.data = done.then(({ data }) => data)
    detail.type = done.then(({ type }) => type)
}

// A document of a book as it is shown, for whoever only reads in it.
export const readable = async (book, { id, createDocument }) => {
    const doc = await createDocument()
    if (!doc.querySelector('parsererror')) return clean(doc)
    return clean(new DOMParser().parseFromString(await book.loadText(id), 'text/html'))
}
