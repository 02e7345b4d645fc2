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
const asked = JSON.parse(fs.readFileSync(scenario, 'utf-8'))

const browser = await puppeteer.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
const page = await browser.newPage()
const errors = [], requests = []
page.on('console', m => { if (m.type() === 'error') errors.push(m.text()) })
page.on('pageerror', e => errors.push(String(e)))
page.on('request', r => requests.push(r.url()))
const open = where => page.goto(new URL(where, address), { waitUntil: 'load' })
const pause = ms => new Promise(resolve => setTimeout(resolve, ms))

// What axe finds wrong, and whether a page is wider than its window, at two widths in two colour schemes.
const looked = async where => {
    const seen = []
    for (const width of [360, 1280]) for (const scheme of ['light', 'dark']) {
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

const scenarios = {
    async look() {
        const seen = []
        for (const where of asked.paths) seen.push(...await looked(where))
        return seen
    },
    async search() {
        await open('/')
        await page.type('#q', asked.words)
        await page.waitForFunction(n => document.querySelectorAll('.books li').length === n, { timeout: 10000 }, asked.expected)
        return {
            titles: await page.$$eval('.books .title', all => all.map(one => one.textContent)),
            said: await page.$eval('[role=status]', one => one.textContent),
            address: page.url(), focus: await page.evaluate(() => document.activeElement.id),
        }
    },
    async make() {
        await open(asked.path)
        await page.evaluate(form => document.querySelector(`form [value="${form}"]`).form.requestSubmit(), asked.format)
        await page.waitForFunction(
            form => [...document.querySelectorAll('a.button')].some(a => a.textContent === `Download ${form.toUpperCase()}`),
            { timeout: 90000 }, asked.format)
        return { address: page.url() }
    },
}

let seen
try {
    seen = await scenarios[asked.do]()
} finally {
    await browser.close()
}
console.log(JSON.stringify({ seen, errors, requests }))
