// The one door to pdf.js: bytes in, pages that can draw themselves out.
// Always true: pages are drawn off the main thread; nothing in a file is run (no eval, no scripts, no links followed).
import * as pdfjs from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'

pdfjs.GlobalWorkerOptions.workerSrc = workerUrl
giveStreamsAnIterator()

/** One worker for every document of the window. */
let worker: pdfjs.PDFWorker | undefined

export interface Page {
  /** In points. */
  width: number
  height: number
  /** Draws the page at `scale` device pixels a point. Throws what `isCancelled` knows when `stop` is called meanwhile. */
  draw(canvas: HTMLCanvasElement, scale: number): { done: Promise<void>; stop: () => void }
  /** Puts the words over the picture, unseen, so that they can be selected and searched; `scale` is CSS pixels a point. */
  lay(container: HTMLElement, scale: number): Promise<void>
}

export interface Pages {
  list: Page[]
  close(): void
}

export async function openPages(bytes: Uint8Array): Promise<Pages> {
  worker ??= new pdfjs.PDFWorker()
  // The worker takes the bytes over, so it is given a copy.
  const task = pdfjs.getDocument({ data: bytes.slice(), worker, isEvalSupported: false, enableXfa: false })
  const file = await task.promise
  const list = await Promise.all(Array.from({ length: file.numPages }, async (_, at) => pageOf(await file.getPage(at + 1))))
  return { list, close: () => void task.destroy() }
}

export function isCancelled(thrown: unknown): boolean {
  return thrown instanceof pdfjs.RenderingCancelledException
}

function pageOf(page: pdfjs.PDFPageProxy): Page {
  const { width, height } = page.getViewport({ scale: 1 })
  return {
    width,
    height,
    draw(canvas, scale) {
      const viewport = page.getViewport({ scale })
      canvas.width = Math.round(viewport.width)
      canvas.height = Math.round(viewport.height)
      const task = page.render({ canvas, viewport, background: 'rgba(0,0,0,0)' })
      return { done: task.promise, stop: () => task.cancel() }
    },
    async lay(container, scale) {
      const viewport = page.getViewport({ scale })
      container.replaceChildren()
      container.style.setProperty('--total-scale-factor', String(scale))
      const textContentSource = await page.getTextContent()
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
