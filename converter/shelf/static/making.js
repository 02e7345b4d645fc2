// The page is loaded again when what it waits for has been made.
const key = document.querySelector('[data-key]').dataset.key
const events = new EventSource(`/events?of=${encodeURIComponent(key)}`)
const seen = new Map()
events.addEventListener('message', event => {
    const { id, state } = JSON.parse(event.data)
    if (seen.has(id) && seen.get(id) !== state) location.reload()
    seen.set(id, state)
})
events.addEventListener('over', () => {
    events.close()
    location.reload()
})
