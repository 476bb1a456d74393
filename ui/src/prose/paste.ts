// What comes in by paste: HTML of Word, mail programs and the web made plain enough for the schema, and plain text.
// Always true: nothing here is ever shown or fetched; the HTML is read in an inert document. Words are kept, furniture goes.

export interface Cleaned {
  html: string
  /** Pictures that stood in the HTML itself. */
  pictures: File[]
  /** Pictures on other machines, which are left out. */
  remote: number
}

export function cleaned(html: string): Cleaned {
  const page = new DOMParser().parseFromString(html, 'text/html')
  for (const element of page.querySelectorAll('script, style, meta, link, title, xml, object, embed, iframe, template')) element.remove()
  removeComments(page)
  wordLists(page)
  officeTags(page)
  headings(page)
  const { pictures, remote } = takePictures(page)
  return { html: page.body.innerHTML, pictures, remote }
}

/** Plain text as HTML: a blank line ends a paragraph; where there is none, every line is one. */
export function paragraphs(text: string): string[][] {
  const lines = text.replace(/\r\n?/g, '\n').replace(/^\n+|\n+$/g, '')
  if (!/\n[ \t]*\n/.test(lines)) return lines.split('\n').map((line) => [line])
  return lines.split(/\n(?:[ \t]*\n)+/).map((paragraph) => paragraph.split('\n'))
}

function removeComments(page: Document) {
  const walker = page.createTreeWalker(page, NodeFilter.SHOW_COMMENT)
  const comments: Node[] = []
  while (walker.nextNode()) comments.push(walker.currentNode)
  for (const comment of comments) comment.parentNode?.removeChild(comment)
}

interface WordItem {
  element: HTMLElement
  level: number
  marker: string
}

/** Word writes list items as paragraphs with a bullet typed in front: rows of them become lists. */
function wordLists(page: Document) {
  let run: WordItem[] = []
  const flush = () => {
    if (run.length > 0) listOf(page, run)
    run = []
  }
  for (const element of [...page.querySelectorAll<HTMLElement>('p, h1, h2, h3, h4, h5, h6, div, table')]) {
    const item = wordItem(element)
    const follows = run.length > 0 && run.at(-1)?.element.nextElementSibling === element
    if (!item || !follows) flush()
    if (item) run.push(item)
  }
  flush()
}

function wordItem(element: HTMLElement): WordItem | null {
  const style = element.getAttribute('style') ?? ''
  const level = /mso-list:[^;]*\blevel(\d+)/i.exec(style)
  if (!level) return null
  const typed = [...element.querySelectorAll<HTMLElement>('span')].find((span) => /mso-list:\s*ignore/i.test(span.getAttribute('style') ?? ''))
  const marker = (typed?.textContent ?? '').trim()
  typed?.remove()
  return { element, level: Number(level[1]), marker }
}

function listOf(page: Document, items: WordItem[]) {
  const first = items[0]?.element
  if (!first) return
  const open: { list: HTMLElement; level: number }[] = []
  const place = page.createElement('div')
  first.before(place)
  for (const { element, level, marker } of items) {
    while (open.length > 1 && (open.at(-1)?.level ?? 0) > level) open.pop()
    const last = open.at(-1)
    if (!last || last.level < level) {
      const list = startList(page, marker)
      const under = last?.list.lastElementChild ?? place
      under.append(list)
      open.push({ list, level })
    }
    const entry = page.createElement('li')
    const words = page.createElement('p')
    words.append(...element.childNodes)
    entry.append(words)
    open.at(-1)?.list.append(entry)
    element.remove()
  }
  place.replaceWith(...place.childNodes)
}

function startList(page: Document, marker: string): HTMLElement {
  const number = /^\(?(\w{1,4})[.)]$/.exec(marker)
  const list = page.createElement(number ? 'ol' : 'ul')
  const start = Number(number?.[1])
  if (Number.isInteger(start) && start > 1) list.setAttribute('start', String(start))
  return list
}

/** `<o:p>` and its like hold only spaces or words that belong to what is around them. */
function officeTags(page: Document) {
  for (const element of [...page.body.querySelectorAll('*')].filter((one) => one.tagName.includes(':'))) {
    element.replaceWith(...element.childNodes)
  }
}

/** Inside a section there are two levels of heading; the first three of a page become the upper one. */
function headings(page: Document) {
  for (const heading of page.body.querySelectorAll('h1, h2, h5, h6')) {
    const level = heading.tagName === 'H1' || heading.tagName === 'H2' ? 'h3' : 'h4'
    const other = page.createElement(level)
    other.append(...heading.childNodes)
    heading.replaceWith(other)
  }
}

function takePictures(page: Document): { pictures: File[]; remote: number } {
  const pictures: File[] = []
  let remote = 0
  for (const img of page.body.querySelectorAll('img, svg, picture, video, audio, canvas')) {
    const file = fileOf(img.getAttribute('src') ?? '', pictures.length + 1)
    if (file) pictures.push(file)
    else if (img.tagName === 'IMG' && !isTracker(img)) remote += 1
    img.remove()
  }
  return { pictures, remote }
}

function fileOf(src: string, number: number): File | null {
  const data = /^data:(image\/(png|jpeg));base64,([A-Za-z0-9+/=\s]+)$/.exec(src)
  if (!data?.[1] || !data[3]) return null
  try {
    const bytes = Uint8Array.from(atob(data[3].replace(/\s/g, '')), (letter) => letter.charCodeAt(0))
    return new File([bytes], `picture-${number}.${data[2] === 'png' ? 'png' : 'jpg'}`, { type: data[1] })
  } catch {
    return null
  }
}

/** Single pixels that count readers are nobody's picture. */
function isTracker(img: Element): boolean {
  return ['width', 'height'].some((side) => ['0', '1'].includes(img.getAttribute(side) ?? ''))
}
