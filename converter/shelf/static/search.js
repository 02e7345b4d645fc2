// Books are shown while somebody types or filters: the server makes the list, as it does for the page.
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
        const { called, title } = list.querySelector('[data-called]').dataset
        document.getElementById('called').textContent = called
        document.title = title
        history.replaceState(null, '', query.size ? `/?${query}` : '/')
    } catch (error) {
        if (error.name !== 'AbortError') throw error
    }
}

// The filters belong to the form and stand outside it: what they tell passes the document.
document.addEventListener('input', event => {
    if (event.target.form !== form) return
    clearTimeout(waiting)
    waiting = setTimeout(show, event.target.type === 'search' ? 90 : 0)
})
