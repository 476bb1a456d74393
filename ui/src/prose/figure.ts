// A picture in the text: the picture itself, its caption typed below it, and a field for what a reader who cannot see it needs to know.
// Always true: the caption is part of the text; the other words are an attribute. A picture is asked from the report's own files only.
import { Node, mergeAttributes } from '@tiptap/core'
import type { Node as PmNode } from '@tiptap/pm/model'
import { NodeSelection, TextSelection } from '@tiptap/pm/state'
import type { EditorView, NodeView } from '@tiptap/pm/view'
import { prose } from '../words/prose'

export interface FigureOptions {
  /** An address from which the window can show an attachment. */
  url: (attachment: string) => Promise<string>
  /** Asks the author for a picture file and adds it; null when there is none. */
  choose: () => Promise<string | null>
}

export const Figure = Node.create<FigureOptions>({
  name: 'figure',
  group: 'block',
  content: 'inline*',
  isolating: true,
  defining: true,
  selectable: true,
  // Dragging is begun by the picture, which selects the figure first; else a caption could not be selected with the mouse.
  draggable: false,

  addOptions: () => ({ url: () => Promise.reject(new Error('no pictures here')), choose: () => Promise.resolve(null) }),

  addAttributes: () => ({
    attachment: {
      default: null,
      parseHTML: (element) => element.getAttribute('data-attachment') || null,
      renderHTML: ({ attachment }) => (attachment ? { 'data-attachment': attachment } : {}),
    },
    alt: {
      default: '',
      parseHTML: (element) => element.getAttribute('data-alt') ?? '',
      renderHTML: ({ alt }) => ({ 'data-alt': alt }),
    },
  }),

  parseHTML: () => [{ tag: 'figure[data-alt]', contentElement: 'figcaption' }],

  renderHTML: ({ HTMLAttributes }) => ['figure', mergeAttributes(HTMLAttributes), ['figcaption', 0]],

  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => {
        const { $from } = editor.state.selection
        if ($from.parent.type.name !== this.name) return false
        const after = $from.after()
        return editor.chain().insertContentAt(after, { type: 'paragraph' }).setTextSelection(after + 1).run()
      },
      Backspace: ({ editor }) => {
        const { $from, empty } = editor.state.selection
        if ($from.parent.type.name !== this.name || !empty || $from.parentOffset > 0) return false
        return editor.commands.setNodeSelection($from.before())
      },
    }
  },

  addNodeView() {
    return ({ node, view, getPos }) => new FigureView(node, view, getPos, this.options)
  },
})

class FigureView implements NodeView {
  readonly dom = element('figure', 'figure')
  readonly contentDOM = element('figcaption', 'caption')
  readonly #picture = element('div', 'picture')
  readonly #alt = document.createElement('input')
  #shown: string | null | undefined

  constructor(
    private node: PmNode,
    private readonly view: EditorView,
    private readonly getPos: () => number | undefined,
    private readonly options: FigureOptions,
  ) {
    this.#picture.contentEditable = 'false'
    this.#picture.addEventListener('mousedown', () => this.#selectFigure())
    this.contentDOM.dataset.nothing = prose.caption
    this.dom.append(this.#picture, this.contentDOM, this.#altField())
    this.#show()
  }

  update(node: PmNode): boolean {
    if (node.type !== this.node.type) return false
    this.node = node
    this.#show()
    return true
  }

  selectNode() {
    this.dom.classList.add('is-selected')
  }

  deselectNode() {
    this.dom.classList.remove('is-selected')
  }

  /** The field for the words and the button in an empty picture are not the editor's business. */
  stopEvent(event: Event): boolean {
    const target = event.target as HTMLElement
    return target === this.#alt || target.closest('button') !== null
  }

  ignoreMutation(mutation: { type: string; target: globalThis.Node }): boolean {
    return mutation.type !== 'selection' && !this.contentDOM.contains(mutation.target)
  }

  #altField(): HTMLElement {
    const field = element('label', 'alt')
    field.contentEditable = 'false'
    const label = element('span', 'quiet')
    label.textContent = prose.altLabel
    this.#alt.className = 'input'
    this.#alt.placeholder = prose.altPlaceholder
    this.#alt.addEventListener('input', () => this.#set({ alt: this.#alt.value }))
    this.#alt.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      this.#goOn()
    })
    field.append(label, this.#alt)
    return field
  }

  #show() {
    const { attachment, alt } = this.node.attrs as { attachment: string | null; alt: string }
    if (this.#alt.value !== alt) this.#alt.value = alt
    this.contentDOM.classList.toggle('is-empty', this.node.content.size === 0)
    const img = this.#picture.querySelector('img')
    if (img) img.alt = alt
    if (attachment === this.#shown) return
    this.#shown = attachment
    if (attachment === null) this.#showNothing(prose.pictureMissing)
    else void this.#load(attachment, alt)
  }

  async #load(attachment: string, alt: string) {
    try {
      const src = await this.options.url(attachment)
      if (this.#shown !== attachment) return
      const img = document.createElement('img')
      img.alt = alt
      img.draggable = false
      img.src = src
      this.#picture.replaceChildren(img)
    } catch {
      if (this.#shown === attachment) this.#showNothing(prose.pictureGone)
    }
  }

  #showNothing(why: string) {
    const words = element('p', 'quiet')
    words.textContent = why
    const choose = element('button', 'button button-small') as HTMLButtonElement
    choose.type = 'button'
    choose.textContent = prose.choosePicture
    choose.addEventListener('click', () => {
      void this.options.choose().then((attachment) => attachment && this.#set({ attachment }))
    })
    const box = element('div', 'waiting')
    box.append(words, choose)
    this.#picture.replaceChildren(box)
  }

  #set(attrs: { alt?: string; attachment?: string }) {
    const pos = this.getPos()
    if (pos === undefined) return
    this.view.dispatch(this.view.state.tr.setNodeMarkup(pos, undefined, { ...this.node.attrs, ...attrs }))
  }

  #selectFigure() {
    const pos = this.getPos()
    if (pos === undefined) return
    this.view.dispatch(this.view.state.tr.setSelection(NodeSelection.create(this.view.state.doc, pos)))
  }

  /** From the words on into the text below, with a paragraph made for it at the end. */
  #goOn() {
    const pos = this.getPos()
    if (pos === undefined) return
    const after = pos + this.node.nodeSize
    const { state } = this.view
    const paragraph = state.schema.nodes.paragraph
    const tr = after >= state.doc.content.size && paragraph ? state.tr.insert(after, paragraph.create()) : state.tr
    this.view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(after))).scrollIntoView())
    this.view.focus()
  }
}

function element(name: string, className: string): HTMLElement {
  const made = document.createElement(name)
  made.className = className
  return made
}
