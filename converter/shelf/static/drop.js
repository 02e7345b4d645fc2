// Files and folders that are dropped on a page are given to the shelf; what becomes of them is shown as it happens.
const place = document.getElementById('drop')
const rows = document.getElementById('rows')
const said = document.getElementById('said')

const show = async () => {
    const answer = await fetch('/new/list')
    if (answer.ok && !answer.redirected) rows.innerHTML = await answer.text()
}
const follow = () => {
    const events = new EventSource(`/events?of=${encodeURIComponent('dropped/')}`)
    events.addEventListener('message', show)
    events.addEventListener('over', () => {
        events.close()
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
    if (said) said.textContent = 'Sending …'
    const answer = await fetch('/new', { method: 'POST', body: form })
    if (!answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
        const why = page.querySelector('main p')?.textContent ?? 'That did not work.'
        if (said) said.textContent = why
        else place.textContent = why
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
