// How a book looks, as somebody chose it on this device.
const $ = id => document.getElementById(id)
const kept = (key, otherwise) => localStorage.getItem(`chapbook-${key}`) ?? otherwise

// The styles that every page of a book is given.
export const styles = () => {
    const own = getComputedStyle(document.documentElement)
    const [ink, accent, scheme] = ['--ink', '--accent', 'color-scheme'].map(name => own.getPropertyValue(name))
    return `html { color-scheme: ${scheme || 'light dark'}; font-size: ${kept('size', 100)}% !important; }
        html, body { background: none !important; color: ${ink} !important; }
        a:link, a:visited { color: ${accent}; }
        p, li, blockquote, dd { line-height: 1.5; }
        pre { white-space: pre-wrap !important; }
        aside[epub|type~="footnote"] { display: block; }`.replace(/^/, '@namespace epub "http://www.idpf.org/2007/ops";\n')
}

// Shows what is chosen, in the settings and on the page.
export const dress = view => {
    const theme = kept('theme', 'auto')
    document.documentElement.dataset.theme = theme
    for (const name of ['theme', 'size', 'flow']) $(name).value = kept(name, $(name).value)
    if (!view.renderer) return
    view.renderer.setAttribute('flow', kept('flow', 'paginated'))
    view.renderer.setStyles(styles())
}

// Keeps what is chosen, and calls `changed` then.
export const whenChosen = changed => {
    for (const name of ['theme', 'size', 'flow']) $(name).addEventListener('change', event => {
        localStorage.setItem(`chapbook-${name}`, event.target.value)
        changed()
    })
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed)
}
