// The lines of a text as findings count them: every paragraph, heading, caption and cell in reading order, from 0 (crates/report/src/rich.rs).
import type { Node } from '@tiptap/pm/model'

/** Where the words of line `line` begin; none when there are fewer lines. */
export function startOfLine(document: Node, line: number): number | null {
  let count = 0
  let found: number | null = null
  document.descendants((node, pos) => {
    if (found !== null) return false
    if (!node.isTextblock) return true
    if (count === line) found = pos + 1
    count += 1
    return false
  })
  return found
}
