// Files and folders that are dropped on a page are given to the shelf; what becomes of them is shown as it happens.
const place = document.getElementById('drop')
const rows = document.getElementById('rows') // on one page
const said = document.getElementById('said')

// Only rows that say something new are put in, and what became of a gift is told once, in words.
const words = row => row.textContent.replace(/\s+/g, ' ').trim()
const isOver = row => !['waiting', 'reading'].includes(row.dataset.state)
const show = async () => {
    const answer = await fetch('/new/list')
    if (!answer.ok || answer.redirected) return
    const news = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('ul')
    const list = rows.querySelector('ul')
    const current = new Set([...news.children].map(row => row.id))
    for (const row of [...list.children]) if (!current.has(row.id)) row.remove()  // a newer one has its place
    const told = []
    let before = null
    for (const row of [...news.children]) {
        const old = document.getElementById(row.id)
        if (old?.outerHTML === row.outerHTML) {
            before = old
            continue
        }
        if (isOver(row)) told.push(words(row))
        if (old) old.replaceWith(row)
        else if (before) before.after(row)
        else list.prepend(row)
        before = row
    }
    if (told.length) said.textContent = told.join('. ')
}
let events
const follow = () => {
    events?.close()
    const mine = events = new EventSource(`/events?of=${encodeURIComponent('dropped/')}`)
    mine.addEventListener('message', show)
    mine.addEventListener('error', () => { said.textContent = 'The shelf does not answer. Is it still running?' })
    mine.addEventListener('over', () => {
        mine.close()
        show()
    })
}

const read = directory => new Promise((found, failed) => {
    const reader = directory.createReader(), all = []
    const more = () => reader.readEntries(some => {
        if (!some.length) return found(all)
        all.push(...some)
        more()
    }, failed)
    more()
})
const files = async entry => {
    if (entry.isFile) {
        const file = await new Promise((found, failed) => entry.file(found, failed))
        return [[entry.fullPath.replace(/^\//, ''), file]]
    }
    return (await Promise.all((await read(entry)).map(files))).flat()
}
const give = async named => {
    const form = new FormData()
    form.append('token', place.dataset.token)
    for (const [name, file] of named) form.append('files', file, name)
    said.textContent = 'Sending …'
    const answer = await fetch('/new', { method: 'POST', body: form })
    if (!answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
        said.textContent = page.querySelector('main h1 + p')?.textContent ?? 'That did not work.'
        return
    }
    if (!rows) return location.assign('/new')
    said.textContent = ''
    await show()
    follow()
}

addEventListener('dragover', event => event.preventDefault())
addEventListener('drop', async event => {
    event.preventDefault()
    const entries = [...event.dataTransfer.items].map(item => item.webkitGetAsEntry?.()).filter(Boolean)
    const loose = entries.length ? [] : [...event.dataTransfer.files].map(file => [file.name, file])
    // Each folder is a gift of its own; files that are dropped together are one.
    const alone = entries.filter(entry => entry.isDirectory)
    for (const entry of alone) await give(await files(entry))
    const together = [...loose, ...(await Promise.all(entries.filter(entry => entry.isFile).map(files))).flat()]
    if (together.length) await give(together)
})
if (rows?.querySelector('progress, .waits')) follow()
