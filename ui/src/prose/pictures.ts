// Pictures on their way into a text: files from paste, drop or the file dialog become figures where they were put, however long
// the core takes to store them. Always true: only PNG and JPEG come in; a file that does not is named to the author.
import type { Editor } from '@tiptap/core'
import type { Transaction } from '@tiptap/pm/state'
import { prose } from '../words/prose'

export interface Pictures {
  /** Adds a picture to the report's files; null when it cannot. */
  add: (file: File) => Promise<{ attachment: string } | null>
  /** An address from which the window can show it. */
  url: (attachment: string) => Promise<string>
}

export const PICTURE_TYPES = ['image/png', 'image/jpeg']

/** The type that a file's name gives it away as; null when it is no picture that can be shown in a text. */
export function pictureType(name: string): string | null {
  if (/\.png$/i.test(name)) return 'image/png'
  return /\.jpe?g$/i.test(name) ? 'image/jpeg' : null
}

/** Puts the pictures among `files` at `at`, one after another, and says what was refused. */
export async function insertPictures(editor: Editor, pictures: Pictures, files: File[], at: number, say: (notice: string) => void) {
  const refused = files.filter((file) => !PICTURE_TYPES.includes(file.type))
  const refusal = refused.length === 0 ? '' : prose.notAPicture(refused.map((file) => file.name))
  say(refusal)
  const place = following(editor, at)
  try {
    for (const file of files.filter((one) => PICTURE_TYPES.includes(one.type))) {
      say(prose.adding(file.name))
      const added = await pictures.add(file)
      if (editor.isDestroyed) return
      say(added ? refusal : prose.notAdded(file.name))
      if (added) place.at = insertFigure(editor, added.attachment, place.at)
    }
  } catch {
    say(prose.notAdded(files.map((file) => file.name).join(', ')))
  } finally {
    place.stop()
  }
}

/** Asks for one picture file; null when there is none. */
export function choosePicture(): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    const done = (file: File | null) => {
      input.remove()
      resolve(file)
    }
    input.type = 'file'
    input.hidden = true
    input.accept = PICTURE_TYPES.join(',')
    input.addEventListener('cancel', () => done(null))
    input.addEventListener('change', () => {
      const file = input.files?.[0]
      done(file && PICTURE_TYPES.includes(file.type) ? file : null)
    })
    // Some web views forget a chooser that stands nowhere in the page.
    document.body.append(input)
    input.click()
  })
}

/** A place that keeps its meaning while the author goes on typing. */
function following(editor: Editor, at: number) {
  const place = { at, stop: () => editor.off('transaction', follow) }
  const follow = ({ transaction }: { transaction: Transaction }) => {
    if (transaction.docChanged) place.at = transaction.mapping.map(place.at)
  }
  editor.on('transaction', follow)
  return place
}

/** Puts a figure beside the block at `at` and the caret into its caption. Returns the place after it. */
function insertFigure(editor: Editor, attachment: string, at: number): number {
  const figure = editor.schema.nodes.figure?.create({ attachment, alt: '' })
  if (!figure) return at
  const { state } = editor
  const $at = state.doc.resolve(Math.min(at, state.doc.content.size))
  const emptied = $at.parent.type.name === 'paragraph' && $at.parent.content.size === 0
  const canReplace = emptied && $at.node(-1).canReplaceWith($at.index(-1), $at.indexAfter(-1), figure.type)
  const from = canReplace ? $at.before() : besideBlock($at.pos, editor)
  const tr = canReplace ? state.tr.replaceWith(from, $at.after(), figure) : state.tr.insert(from, figure)
  editor.view.dispatch(tr)
  editor.chain().setTextSelection(from + 1).focus().run()
  return from + figure.nodeSize
}

/** The nearest place after the text block at `at` that takes blocks. */
function besideBlock(at: number, editor: Editor): number {
  const $at = editor.state.doc.resolve(at)
  return $at.parent.isTextblock ? $at.after() : at
}
