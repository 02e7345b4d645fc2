// How a book looks, as somebody chose it on this device.
const $ = id => document.getElementById(id)
const kept = (key, otherwise) => localStorage.getItem(`chapbook-${key}`) ?? otherwise

const CHOICES = ['theme', 'size', 'typeface', 'width', 'spacing', 'flow']
const TYPEFACES = {
    serif: 'Charter, "Bitstream Charter", "Iowan Old Style", Georgia, "Noto Serif", serif',
    sans: 'system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif',
}
// Lines of a wide page are as long as the window allows; on a phone the margins tell the widths apart.
const WIDTHS = {
    narrow: { 'max-inline-size': '520px', gap: '14%', 'max-column-count': '2' },
    normal: { 'max-inline-size': '720px', gap: '7%', 'max-column-count': '2' },
    wide: { 'max-inline-size': '1080px', gap: '3%', 'max-column-count': '1' },
}

// The styles that every page of a book is given.
export const styles = () => {
    const own = getComputedStyle(document.documentElement)
    const [ink, accent, scheme] = ['--ink', '--accent', 'color-scheme'].map(name => own.getPropertyValue(name))
    const typeface = TYPEFACES[kept('typeface', 'book')]
    return `@namespace epub "http://www.idpf.org/2007/ops";
        html { color-scheme: ${scheme || 'light dark'}; font-size: ${kept('size', 100)}% !important; }
        html, body { background: none !important; color: ${ink} !important; }
        a:link, a:visited { color: ${accent}; }
        p, li, blockquote, dd { line-height: ${kept('spacing', 'normal') === 'loose' ? '1.9 !important' : 1.5}; }
        pre { white-space: pre-wrap !important; }
        aside[epub|type~="footnote"] { display: block; }
        ${typeface ? `body, body :not(pre, pre *, code, kbd, samp, tt, svg *, math, math *) { font-family: ${typeface} !important; }` : ''}`
}

// Shows what is chosen, in the settings and on the page. The page keeps its place.
export const dress = view => {
    document.documentElement.dataset.theme = kept('theme', 'auto')
    for (const name of CHOICES) $(name).value = kept(name, $(name).value)
    if (!view.renderer) return
    const wanted = { flow: kept('flow', 'paginated'), ...WIDTHS[kept('width', 'normal')] ?? WIDTHS.normal }
    for (const [name, value] of Object.entries(wanted))
        if (view.renderer.getAttribute(name) !== value) view.renderer.setAttribute(name, value)
    view.renderer.setStyles(styles())
}

// Keeps what is chosen, and calls `changed` then.
export const whenChosen = changed => {
    for (const name of CHOICES) $(name).addEventListener('change', event => {
        localStorage.setItem(`chapbook-${name}`, event.target.value)
        changed()
    })
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed)
}
