// What the help says: the keys, the forms, and where the data lies.
import { counted } from './counts'
import { sizeWords } from './lengths'

export const help = {
  title: 'Help',
  close: 'Close',
  lead: (keys: string) => `${keys} finds every command by its name or by any everyday word for it.`,
  keys: 'Keys that work here',
  rows: 'In rows and tables',
  rowKeys: (mod: string): [string, string][] => [
    ['↑ ↓', 'Go to another row'],
    ['Enter', 'Edit the row; in a table, add one'],
    ['Alt ↑ ↓', 'Move the row'],
    ['Delete', 'Remove the row of the timeline'],
    [`${mod} Delete`, 'Remove the row of a table'],
    ['R', 'Name the key moment of a timeline row'],
    ['A', 'Say that a machine did it'],
    ['I', 'Add a timeline row above'],
    ['P', 'Begin a phase above'],
  ],
  panes: 'Tab goes through everything on the screen; Escape leaves a field, a list or a screen.',
  forms: 'Forms',
  formsLead: 'A report is written in the form its reader expects. Your own organisation’s form can be added as a template file.',
  begin: 'Begin a report',
  data: 'Where your data is',
  dataText: (path: string, bytes: number, reports: number) => `All ${counted(reports, 'report')} and their attached files are in one file (${sizeWords(bytes)}): ${path}`,
  backup: 'Nothing leaves this computer. Copy that file while Rapporteur is closed to back it up; it is not encrypted, so use your system’s disk encryption.',
  reveal: 'Show in folder',
}
