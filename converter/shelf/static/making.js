// What was made is put into the page when it is there: whoever is in the page stays where they are, and hears it once.
const parts = document.getElementById('parts')
const said = document.getElementById('said')
const making = new Map(parts.dataset.making.split(' ').map(id => [id, 'waiting']))
const events = new EventSource(`/events?of=${encodeURIComponent(parts.dataset.key)}`)

const show = async whole => {
    const answer = await fetch(parts.dataset.page)
    if (!answer.ok || answer.redirected) return location.reload()
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const ids = whole ? ['parts'] : ['files', 'other-formats']  // what somebody writes into the form is left alone
    for (const id of ids) {
        const [old, now] = [document, fresh].map(page => page.getElementById(id))
        if (!old || !now) continue
        const held = old.contains(document.activeElement)
        old.replaceChildren(...now.childNodes)
        if (held) document.getElementById(whole ? 'answers' : 'formats')?.focus()
    }
    if (whole) document.title = fresh.title
}
let turn = Promise.resolve()
events.addEventListener('message', event => {
    const { id, key, state, news } = JSON.parse(event.data)
    if (!making.has(id) || making.get(id) === state) return
    making.set(id, state)
    turn = turn.then(() => show(news && key.endsWith('/answer'))).then(() => { if (news) said.textContent = news })
})
events.addEventListener('over', () => events.close())
