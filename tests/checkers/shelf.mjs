// A browser without a screen before a shelf that is served: does what a scenario says, prints what it saw as JSON.
//
// node shelf.mjs BROWSER ADDRESS SCENARIO.json    SCENARIO: {do: NAME, ...}
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import puppeteer from 'puppeteer-core'

const here = path.dirname(fileURLToPath(import.meta.url))
const axe = fs.readFileSync(path.join(here, 'node_modules', 'axe-core', 'axe.min.js'), 'utf-8')
const [, , executablePath, address, scenario] = process.argv
const asked = JSON.parse(fs.readFileSync(scenario, 'utf-8')), pictures = asked.pictures

const browser = await puppeteer.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
const page = await browser.newPage()
const errors = [], requests = []
page.on('console', m => { if (m.type() === 'error') errors.push(m.text()) })
// foliate-js measures a frame again whose page has not come yet, where the machine is busy; the next measure is right.
const TOO_EARLY = "Cannot destructure property 'style' of 'el' as it is null"
page.on('pageerror', e => { if (!String(e).includes(TOO_EARLY)) errors.push(String(e)) })
page.on('request', r => requests.push(r.url()))
const open = where => page.goto(new URL(where, address), { waitUntil: 'load' })
const pause = ms => new Promise(resolve => setTimeout(resolve, ms))

const opened = (tab = page) => tab.waitForFunction(
    () => document.querySelector('foliate-view')?.lastLocation && !document.getElementById('said').textContent,
    { timeout: 20000 })

// What axe finds wrong in the reader around the book, and how wide it is.
const checked = async () => {
    await page.evaluate(axe)
    return page.evaluate(async () => {
        const { violations } = await window.axe.run({ exclude: [['foliate-view']] }, { iframes: false })
        return { violations: violations.map(v => v.id), wide: document.documentElement.scrollWidth }
    })
}
// Searches the book that is open, by the keys: what is said, the hits by chapter, and of what elements they are made.
const searched = async words => {
    await page.keyboard.press('/')
    await page.keyboard.type(words)
    await page.keyboard.press('Enter')
    await page.waitForFunction(
        () => !/^(Searching|$)/.test(document.getElementById('search-said').textContent), { timeout: 10000 })
    return page.evaluate(() => ({
        said: document.getElementById('search-said').textContent,
        hits: [...document.querySelectorAll('#hits a')].map(a => a.textContent),
        marked: [...document.querySelectorAll('#hits mark')].map(mark => mark.textContent),
        chapters: [...document.querySelectorAll('#hits h3')].map(head => head.textContent),
        elements: [...new Set([...document.querySelectorAll('#hits *')].map(element => element.localName))],
    }))
}
// Goes to the first hit that was found.
const toFirstHit = async () => {
    await page.focus('#hits a')
    await page.keyboard.press('Enter')
    await pause(700)
}

// What axe finds wrong, and whether a page is wider than its window, at two widths in two colour schemes.
const looked = async where => {
    const seen = []
    for (const width of [320, 1280]) for (const scheme of ['light', 'dark']) {
        await page.setViewport({ width, height: 800 })
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
        await open(where)
        await page.evaluate(axe)
        const found = await page.evaluate(() => window.axe.run())
        const violations = found.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 120)).join(' | ')}`)
        const wide = await page.evaluate(() => document.documentElement.scrollWidth)
        if (asked.pictures) {
            const name = `${where.replace(/[^a-z0-9]+/gi, '_')}-${width}-${scheme}.png`
            await page.screenshot({ path: path.join(asked.pictures, name), fullPage: true })
        }
        seen.push({ where, width, scheme, violations, wide })
    }
    return seen
}

// Gives files, as {name: text} that are dropped, paths that the system drops, or a text that is pasted into the
// fields {selector: text}; waits until a book of this title is there.
const given = async asked => {
    await open(asked.path)
    if (asked.files) await page.evaluate(files => {
        const transfer = new DataTransfer()
        for (const [name, text] of Object.entries(files)) transfer.items.add(new File([text], name))
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
    }, asked.files)
    if (asked.dropped) {
        const devtools = await page.createCDPSession()
        const data = { items: [], files: asked.dropped, dragOperationsMask: 1 }
        for (const type of ['dragEnter', 'dragOver', 'drop'])
            await devtools.send('Input.dispatchDragEvent', { type, x: 200, y: 300, data })
    }
    if (asked.fields) {
        await page.click('details summary')
        for (const [selector, text] of Object.entries(asked.fields)) {
            await page.focus(selector)
            await (await page.createCDPSession()).send('Input.insertText', { text })
        }
        await page.evaluate(() => document.querySelector('form.give button').click())
    }
    const states = new Set()
    for (let n = 0; n < 600; n++) {
        const said = await page.evaluate(() => document.getElementById('rows')?.innerText ?? '').catch(() => '')
        if (said) states.add(said.replace(/\s+/g, ' ').trim())
        const there = await page.$$eval('#rows a', all => all.map(a => a.textContent)).catch(() => [])
        if (there.includes(asked.until)) break
        await pause(50)
    }
    if (pictures) await page.screenshot({ path: path.join(pictures, 'drop.png') })
    return { states: [...states], books: await page.$$eval('#rows a', all => all.map(a => [a.textContent, a.getAttribute('href')])) }
}

const scenarios = {
    async look() {
        const seen = []
        for (const where of asked.paths) seen.push(...await looked(where))
        return seen
    },
    async search() {
        await open('/')
        await page.type('#q', asked.words)
        await page.waitForFunction(
            words => document.querySelector('#list [role=status]')?.textContent.endsWith(`“${words}”`), { timeout: 10000 }, asked.words)
        await pause(50)
        return {
            titles: await page.$$eval('.books .title', all => all.map(one => one.textContent)),
            said: await page.$eval('#list [role=status]', one => one.textContent),
            address: page.url(), focus: await page.evaluate(() => document.activeElement.id),
        }
    },
    // Asks for a format by the keys, `plain` without scripts: where the focus is when it is there, and all that was said.
    async make() {
        if (asked.plain) await page.setJavaScriptEnabled(false)
        await open(asked.path)
        await page.focus(`form [value="${asked.format}"] + button`)
        await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
        const said = new Set()
        const there = async () => {
            said.add(await page.$eval('[role=status]', one => one.textContent))
            return (await page.$$eval('a.button', all => all.map(a => a.textContent))).includes(`Download ${asked.format.toUpperCase()}`)
        }
        for (let n = 0; n < 900 && !await there().catch(() => false); n++) await pause(100)
        await pause(500)
        await there()
        return { focus: await page.evaluate(() => document.activeElement.id), said: [...said].filter(Boolean) }
    },
    // Opens books, turns pages, opens them again; the place and the words at it, at each size of the window.
    async read() {
        const found = []
        for (const { path: where, width, height, turns, dark, find } of asked.openings) {
            await page.setViewport({ width, height })
            await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }])
            await open(where)
            await opened()
            for (let n = 0; n < (turns ?? 0); n++) {
                await page.keyboard.press('PageDown')
                await pause(500)
            }
            await pause(1200)
            const search = find && await searched(find)
            if (find) await toFirstHit()
            if (asked.pictures) await page.screenshot({ path: path.join(asked.pictures, `read-${found.length}-${width}.png`) })
            found.push({ search, ...await checked(), ...await page.evaluate(async () => {
                const view = document.querySelector('foliate-view')
                const { cfi, fraction, range } = view.lastLocation
                return { cfi, fraction, text: range.toString(), title: document.title,
                    contents: [...document.querySelectorAll('#contents a')].map(a => a.textContent),
                    words: view.renderer.getContents().map(c => c.doc.body.textContent).join(''),
                    frames: view.renderer.getContents().map(c => c.doc.defaultView.frameElement.title),
                    html: view.renderer.getContents().map(c => c.doc.documentElement.outerHTML).join('') }
            }) })
        }
        return found
    },
    async drop() {
        const seen = []
        for (const gift of asked.gifts) seen.push(await given(gift))
        return seen
    },
    // What the page shows while somebody filters: heading and titles before, and after each click (a selector) or choice
    // (a selector, a value), at once or, without scripts, after "Show".
    async filter() {
        if (asked.plain) await page.setJavaScriptEnabled(false)
        await open(asked.path)
        const titles = async () => [
            await page.$eval('h1', one => one.textContent),
            ...await page.$$eval('.books .title', all => all.map(one => one.textContent).sort()),
        ]
        const seen = [await titles()]
        await page.click('details.filters summary')
        for (const [selector, value] of asked.filters) {
            const before = page.url()
            if (value === undefined) await page.click(selector)
            else await page.select(selector, value)
            if (asked.plain) await Promise.all([page.waitForNavigation(), page.click('details.filters button')])
            else await page.waitForFunction(before => location.href !== before, { timeout: 10000 }, before)
            seen.push(await titles())
        }
        return seen
    },
    async note() {
        await page.setViewport({ width: 600, height: 700 })
        await open(asked.path)
        await opened()
        await page.evaluate(async () => {
            const view = document.querySelector('foliate-view')
            const mark = doc => doc.querySelector('a.noteref, a[role=doc-noteref]')
            for (const [index, section] of view.book.sections.entries())
                if (mark(await section.createDocument())) await view.goTo(index)
            for (let n = 0; n < 50 && !mark(view.renderer.getContents()[0].doc); n++)
                await new Promise(resolve => setTimeout(resolve, 100))
            mark(view.renderer.getContents()[0].doc).click()
        })
        await page.waitForFunction(() => document.querySelector('#note[open] foliate-view'), { timeout: 10000 })
        await pause(800)
        if (asked.pictures) await page.screenshot({ path: path.join(asked.pictures, 'note.png') })
        const text = await page.evaluate(() =>
            document.querySelector('#note foliate-view').renderer.getContents()[0].doc.body.textContent.trim())
        const name = await page.evaluate(() =>
            document.querySelector('#note foliate-view').renderer.getContents()[0].doc.defaultView.frameElement.title)
        await page.keyboard.press('Escape')
        await pause(200)
        const inBook = () => page.evaluate(() => {
            const { doc } = document.querySelector('foliate-view').renderer.getContents()[0]
            return doc.hasFocus() ? doc.activeElement.textContent.trim() : null
        })
        const focus = await inBook(), outside = []
        for (const id of await page.$$eval('dialog', all => all.map(dialog => dialog.id))) {
            const { x, y } = await page.evaluate(id => {
                const dialog = document.getElementById(id)
                dialog.showModal()
                return dialog.getBoundingClientRect().toJSON()
            }, id)
            await page.mouse.click(x + 4, y + 4)
            const within = await page.$eval(`#${id}`, dialog => dialog.open)
            await page.mouse.click(x - 4, y + 4)
            outside.push([id, within, await page.$eval(`#${id}`, dialog => dialog.open)])
        }
        return { text, name, focus, outside }
    },
    // Reads on in another window while one is open: where both are, once somebody comes back to the first.
    async elsewhere() {
        const location = tab => tab.evaluate(() => document.querySelector('foliate-view').lastLocation.fraction)
        await page.setViewport({ width: 600, height: 500 })
        await open(asked.path)
        await opened()
        await page.keyboard.press('PageDown')
        await pause(1200)
        const seen = [await location(page)]
        const other = await browser.newPage()
        await other.bringToFront()
        await other.setViewport({ width: 600, height: 500 })
        await other.goto(new URL(asked.path, address), { waitUntil: 'load' })
        await opened(other)
        for (let n = 0; n < 3; n++) {
            await other.keyboard.press('PageDown')
            await pause(400)
        }
        await pause(1200)
        seen.push(await location(other))
        await page.bringToFront()
        await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
        await pause(1200)
        seen.push(await location(page))
        return { seen, said: await page.$eval('#said', one => one.textContent) }
    },
    // Goes about in a book by the keys, on a window as narrow as a phone. `chapter`: chooses the last chapter; where that is, what
    // is current, and what Space and Shift do then. `search`: what is found, and where one is at a hit and back from it.
    // `looks`: what changes as it is chosen.
    async keys() {
        await page.setViewport({ width: 320, height: 560 })
        await open(asked.path)
        await opened()
        const fraction = () => page.evaluate(() => document.querySelector('foliate-view').lastLocation.fraction)
        await page.focus('#open-contents')
        await page.keyboard.press('Enter')
        await page.focus('#contents li:last-child a')
        await page.keyboard.press('Enter')
        await page.waitForFunction(
            () => document.querySelector('#contents li:last-child a').ariaCurrent === 'location', { timeout: 10000 })
        await pause(300)
        const seen = [await fraction()]
        for (const keys of [['Space'], ['Shift', 'Space']]) {
            for (const key of keys) await page.keyboard.down(key)
            for (const key of keys.reverse()) await page.keyboard.up(key)
            await pause(700)
            seen.push(await fraction())
        }
        const chapter = { seen, open: await page.$$eval('dialog[open]', all => all.length),
            current: await page.$$eval('#contents [aria-current]', all => all.map(a => a.textContent)),
            left: await page.$eval('#left', one => one.textContent) }

        const kept = () => page.evaluate(async () => (await (await fetch(document.getElementById('main').dataset.keep)).json()).place)
        const shown = () => page.evaluate(() => {
            const view = document.querySelector('foliate-view')
            const [{ doc, overlayer }] = view.renderer.getContents()
            return { fraction: view.lastLocation.fraction, text: view.lastLocation.range.toString(),
                marks: overlayer.element.querySelectorAll('rect').length, isInBook: doc.hasFocus(),
                typeface: doc.defaultView.getComputedStyle(doc.querySelector('p')).fontFamily,
                spacing: parseFloat(doc.defaultView.getComputedStyle(doc.querySelector('p')).lineHeight),
                width: doc.querySelector('p').getBoundingClientRect().width }
        })
        const search = { at: await shown(), kept: await kept(), found: [], looked: [] }
        for (const words of asked.words) {
            search.found.push(await searched(words))
            if (search.found.length === 1) search.looked.push(await checked())
            if (asked.pictures) await page.screenshot({ path: path.join(asked.pictures, `search-${search.found.length}.png`) })
            if (search.found.length < asked.words.length) await page.keyboard.press('Escape')
        }
        await toFirstHit()
        search.hit = await shown()
        search.looked.push(await checked())
        if (asked.pictures) await page.screenshot({ path: path.join(asked.pictures, 'hit.png') })
        await page.keyboard.press('F3')
        await pause(900)
        search.next = await page.$eval('#hit-all', one => one.textContent)
        search.keptAtHit = await kept()
        await page.keyboard.press('Escape')
        await pause(700)
        search.back = await shown()

        await page.click('#open-looks')
        await page.click('.keys summary')
        const looks = { before: await shown(), looked: [await checked()] }
        for (const [name, value] of [['typeface', 'sans'], ['width', 'narrow'], ['spacing', 'loose']])
            await page.select(`#${name}`, value)
        await pause(500)
        looks.after = await shown()
        looks.kept = await page.evaluate(() => ['typeface', 'width', 'spacing'].map(name => localStorage.getItem(`chapbook-${name}`)))
        return { chapter, search, looks }
    },
}

let seen
try {
    seen = await scenarios[asked.do]()
} finally {
    await browser.close()
}
console.log(JSON.stringify({ seen, errors, requests }))
