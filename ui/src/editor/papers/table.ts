// The words that every table of the editor is given.
import { shown } from '../../actions/keys'
import { table } from '../../words/editor'

export const tableWords = {
  cellLabel: table.cell,
  removeLabel: table.removeRow,
  keys: table.keys(shown('Mod')),
}
