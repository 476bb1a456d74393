// The one door to pdf.js: bytes in, pages that can draw themselves out. It is fetched with the first pages, not with the window.
// Always true: pages are drawn off the main thread; nothing in a file is run (no eval, no scripts, no links followed).
import type { PDFPageProxy, PDFWorker } from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'

type Pdfjs = typeof import('pdfjs-dist')

export interface Page {
  /** In points. */
  width: number
  height: number
  /** Draws the page on paper of that colour, at `scale` device pixels a point. Throws what `isCancelled` knows when `stop` is called meanwhile. */
  draw(canvas: HTMLCanvasElement, scale: number, paper: string): { done: Promise<void>; stop: () => void }
  /** Where a rectangle of the file (left, bottom, right, top in its points) is on the page as it is shown. */
  shares(rect: readonly number[]): Shares
  /** Puts the words over the picture, unseen, so that they can be selected and read out; `scale` is CSS pixels a point. */
  lay(container: HTMLElement, scale: number): Promise<void>
}

/** A rectangle on a page, in shares of its width and height. */
export interface Shares {
  left: number
  right: number
  top: number
  bottom: number
}

export interface Pages {
  list: Page[]
  close(): void
}

/** pdf.js and one worker for every document of the window. */
let engine: Promise<{ pdfjs: Pdfjs; worker: PDFWorker }> | undefined

export async function openPages(bytes: Uint8Array): Promise<Pages> {
  engine ??= start()
  const { pdfjs, worker } = await engine
  // The worker takes the bytes over, so it is given a copy.
  const task = pdfjs.getDocument({ data: bytes.slice(), worker, isEvalSupported: false, enableXfa: false })
  const file = await task.promise
  const list = await Promise.all(Array.from({ length: file.numPages }, async (_, at) => pageOf(pdfjs, await file.getPage(at + 1))))
  return { list, close: () => void task.destroy() }
}

export function isCancelled(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'RenderingCancelledException'
}

async function start() {
  giveStreamsAnIterator()
  const pdfjs = await import('pdfjs-dist')
  pdfjs.GlobalWorkerOptions.workerSrc = workerUrl
  return { pdfjs, worker: new pdfjs.PDFWorker() }
}

function pageOf(pdfjs: Pdfjs, page: PDFPageProxy): Page {
  const { width, height } = page.getViewport({ scale: 1 })
  return {
    width,
    height,
    draw(canvas, scale, paper) {
      const viewport = page.getViewport({ scale })
      canvas.width = Math.round(viewport.width)
      canvas.height = Math.round(viewport.height)
      const task = page.render({ canvas, viewport, background: paper })
      return { done: task.promise, stop: () => task.cancel() }
    },
    shares(rect) {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = page.getViewport({ scale: 1 }).convertToViewportRectangle([...rect]) as number[]
      return { left: Math.min(x1, x2) / width, right: Math.max(x1, x2) / width, top: Math.min(y1, y2) / height, bottom: Math.max(y1, y2) / height }
    },
    async lay(container, scale) {
      const viewport = page.getViewport({ scale })
      const textContentSource = await page.getTextContent()
      container.replaceChildren()
      container.style.setProperty('--total-scale-factor', String(scale))
      await new pdfjs.TextLayer({ textContentSource, container, viewport }).render()
    },
  }
}

/** WebKitGTK's streams cannot be walked with `for await`, which pdf.js does. */
function giveStreamsAnIterator() {
  const prototype = ReadableStream.prototype as unknown as Record<symbol, unknown>
  prototype[Symbol.asyncIterator] ??= async function* (this: ReadableStream<unknown>) {
    const reader = this.getReader()
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
    } finally {
      reader.releaseLock()
    }
  }
}
