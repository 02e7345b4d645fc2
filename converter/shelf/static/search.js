// Books are shown while somebody types: the server makes the list, as it does for the page.
const form = document.getElementById('asking')
const list = document.getElementById('list')
let waiting, asking

const show = async () => {
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value))
    asking?.abort()
    asking = new AbortController()
    try {
        const answer = await fetch(`/found?${query}`, { signal: asking.signal })
        if (!answer.ok || answer.redirected) return
        list.innerHTML = await answer.text()
        history.replaceState(null, '', query.size ? `/?${query}` : '/')
    } catch (error) {
        if (error.name !== 'AbortError') throw error
    }
}

form.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = setTimeout(show, 90)
})
