// foliate-js in headless Chromium: opens books, prints what a reader finds in them as JSON, and takes pictures.
//
// node foliate.mjs BROWSER JOB.json    JOB: [{book, popups?, pictures?: [{path, section, width, height, dark?, pages?}]}]
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import puppeteer from 'puppeteer-core'

const here = path.dirname(fileURLToPath(import.meta.url))
const library = path.join(here, 'node_modules', 'foliate-js')
const types = { '.js': 'text/javascript', '.html': 'text/html', '.css': 'text/css', '.epub': 'application/epub+zip' }
const jobs = JSON.parse(fs.readFileSync(process.argv[3], 'utf-8'))

const page_html = `<!DOCTYPE html><meta charset="utf-8"><link rel="icon" href="data:,">
<style>:root { color-scheme: light dark } html, body { margin: 0; height: 100% } foliate-view { display: block; height: 100vh }</style>
<body><script type="module">import '/foliate/view.js'; import { FootnoteHandler } from '/foliate/footnotes.js'
window.FootnoteHandler = FootnoteHandler; window.ready = true</script></body>`

const server = http.createServer((request, response) => {
    const url = decodeURIComponent(new URL(request.url, 'http://x/').pathname)
    if (url === '/') return response.end(page_html)
    const book = url.match(/^\/book\/(\d+)\.epub$/)
    const file = book ? jobs[book[1]].book : path.join(library, url.replace('/foliate/', ''))
    if (!fs.existsSync(file)) { response.statusCode = 404; return response.end() }
    response.setHeader('Content-Type', types[path.extname(file)] ?? 'application/octet-stream')
    response.end(fs.readFileSync(file))
})
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
const root = `http://127.0.0.1:${server.address().port}/`

const findings = () => {
    const book = window.view.book
    const tree = list => (list ?? []).map(x => ({ label: x.label, href: x.href, type: x.type, children: tree(x.subitems) }))
    const documents = new Map()  // each is read once, however many links lead to it
    const documentOf = section => {
        if (!documents.has(section)) documents.set(section, section.createDocument())
        return documents.get(section)
    }
    return (async () => {
        const sections = []
        for (const section of book.sections) {
            const doc = await documentOf(section)
            const links = []
            for (const a of doc.querySelectorAll('a[href]')) {
                const href = section.resolveHref?.(a.getAttribute('href')) ?? a.getAttribute('href')
                const external = book.isExternal?.(href) ?? false
                let lands = external
                if (!external) {
                    const target = await book.resolveHref(href)
                    if (target) {
                        const other = await documentOf(book.sections[target.index])
                        const anchor = href.includes('#') ? target.anchor(other) : other.body
                        lands = Boolean(anchor)
                    }
                }
                links.push({ href: a.getAttribute('href'), note: a.classList.contains('noteref'), external, lands })
            }
            const notes = [...doc.querySelectorAll('.footnote')].map(x => x.textContent)
            sections.push({ id: section.id, title: doc.title, text: doc.body.textContent, links, notes,
                first: doc.querySelector('h1,h2,h3,h4,h5,h6')?.localName ?? '' })
        }
        const cover = await book.getCover()
        return { toc: tree(book.toc), landmarks: tree(book.landmarks), pages: tree(book.pageList), metadata: book.metadata, dir: book.dir,
            cover: cover ? { type: cover.type, size: cover.size } : null, sections }
    })()
}

// What pops up at each mark of a note: its text, its type, and whether the page keeps it from the reader.
const popups = async () => {
    const book = window.view.book
    const found = []
    for (const section of book.sections) {
        const doc = await section.createDocument()
        for (const a of doc.querySelectorAll('a.noteref')) {
            const handler = new window.FootnoteHandler()
            handler.addEventListener('before-render', e => document.body.append(e.detail.view))
            handler.addEventListener('render', e => {
                const { view, type, hidden, target } = e.detail  // it stays: foliate goes on measuring it
                found.push({ section: section.id, mark: a.textContent, type, hidden, target: target.id,
                    text: view.renderer.getContents()[0].doc.body.textContent })
            })
            const event = new CustomEvent('link', { detail: { a, href: section.resolveHref(a.getAttribute('href')) } })
            await handler.handle(book, event)
        }
    }
    return found
}

const browser = await puppeteer.launch({ executablePath: process.argv[2], args: ['--no-sandbox', '--disable-gpu'] })
const results = []
let errors = []
// foliate-js measures a frame again whose page has not come yet, where the machine is busy; the next measure is right.
const TOO_EARLY = "Cannot destructure property 'style' of 'el' as it is null"
const newPage = async () => {
    const page = await browser.newPage()
    page.on('console', m => { if (m.type() === 'error') errors.push(m.text()) })
    page.on('pageerror', e => { if (!String(e).includes(TOO_EARLY)) errors.push(String(e)) })
    await page.goto(root)
    await page.waitForFunction('window.ready')
    return page
}
let page = await newPage()  // one for all books that are not drawn: to begin one takes longer than to read most books
for (const [number, job] of jobs.entries()) {
    errors = []
    const open = async () => page.evaluate(async url => {
        window.view?.remove()
        window.view = document.createElement('foliate-view')
        document.body.append(window.view)
        await window.view.open(url)
    }, `${root}book/${number}.epub`)
    await open()
    const found = await page.evaluate(findings)
    found.popups = job.popups ? await page.evaluate(popups) : []
    for (const picture of job.pictures ?? []) {
        await page.setViewport({ width: picture.width, height: picture.height, deviceScaleFactor: picture.scale ?? 1 })
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: picture.dark ? 'dark' : 'light' }])
        await open()
        await page.evaluate(async (section, pages, size) => {
            const renderer = window.view.renderer
            renderer.setAttribute('max-column-count', '1')
            renderer.setAttribute('margin', '40px')
            renderer.setStyles(`html { color-scheme: light dark; font-size: ${size}px }`
                + '@media (prefers-color-scheme: dark) { a:link { color: lightblue } }')
            await window.view.goTo(section)
            for (let i = 0; i < pages; i++) await renderer.next()
        }, picture.section, picture.pages ?? 0, picture.size ?? 16)
        await new Promise(resolve => setTimeout(resolve, 400))
        await page.screenshot({ path: picture.path })
    }
    results.push({ book: job.book, errors, ...found })
    if (job.pictures?.length) {  // the screen of one book is not that of the next
        await page.close()
        page = await newPage()
    }
}
await browser.close()
server.close()
console.log(JSON.stringify(results))
