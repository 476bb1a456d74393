// A fact in running text: a small piece that cannot be typed into and shows what the report says or gives by itself now.
import { Node } from '@tiptap/core'

export interface Fact {
  key: string
  label: string
  words: string
  /** What it was computed from; none for an answer of the form. */
  from?: string
}

export interface FactOptions {
  /** What the facts are at this moment. */
  facts: () => Fact[]
}

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    fact: {
      /** Puts the fact of that key where the caret is. */
      insertFact: (key: string) => ReturnType
    }
  }
}

export const FactNode = Node.create<FactOptions>({
  name: 'fact',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: true,

  addOptions: () => ({ facts: () => [] }),

  addAttributes: () => ({
    key: { default: '', parseHTML: (element) => element.getAttribute('data-fact') ?? '', renderHTML: ({ key }) => ({ 'data-fact': key }) },
  }),

  parseHTML: () => [{ tag: 'span[data-fact]' }],

  renderHTML({ node, HTMLAttributes }) {
    return ['span', HTMLAttributes, wordsOf(this.options.facts(), String(node.attrs.key))]
  },

  renderText({ node }) {
    return wordsOf(this.options.facts(), String(node.attrs.key))
  },

  addCommands() {
    return {
      insertFact: (key) => ({ commands }) => commands.insertContent({ type: this.name, attrs: { key } }),
    }
  },

  addNodeView() {
    return ({ node }) => {
      const dom = document.createElement('span')
      dom.className = 'fact'
      dom.dataset.fact = String(node.attrs.key)
      dom.contentEditable = 'false'
      show(dom, this.options.facts())
      return { dom, ignoreMutation: () => true }
    }
  },
})

/** Writes the present words into every fact below `root`. */
export function refreshFacts(root: HTMLElement, facts: Fact[]) {
  for (const dom of root.querySelectorAll<HTMLElement>('.fact[data-fact]')) show(dom, facts)
}

function show(dom: HTMLElement, facts: Fact[]) {
  const key = dom.dataset.fact ?? ''
  const fact = facts.find((one) => one.key === key)
  dom.textContent = wordsOf(facts, key)
  dom.title = [fact?.label, fact?.from].filter(Boolean).join(': ')
}

/** A fact without an answer shows its name in braces, as the core's plain text does. */
function wordsOf(facts: Fact[], key: string): string {
  const fact = facts.find((one) => one.key === key)
  return fact?.words || `{${fact?.label ?? key}}`
}
