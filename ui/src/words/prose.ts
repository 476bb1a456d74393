// What the text editor says.
import { listed } from './counts'

export const prose = {
  group: 'In a text',
  toolbar: 'Text',
  bold: 'Bold',
  italic: 'Italic',
  link: 'Link',
  list: 'List',
  numbered: 'Numbered',
  quote: 'Quote',
  table: 'Table',
  picture: 'Picture',
  fact: 'Fact',
  more: 'More',
  heading: 'Heading',
  smallHeading: 'Smaller heading',
  code: 'Code in a line',
  codeBlock: 'Lines of code',
  rowAbove: 'Row above',
  rowBelow: 'Row below',
  columnBefore: 'Column before',
  columnAfter: 'Column after',
  headerRow: 'First row is a heading',
  mergeCells: 'Merge cells',
  splitCell: 'Split cell',
  deleteRow: 'Delete row',
  deleteColumn: 'Delete column',
  deleteTable: 'Delete table',

  address: 'Address',
  addressPlaceholder: 'https://…',
  setLink: 'Set link',
  removeLink: 'Remove',
  badAddress: 'A link leads to a web address or a mail address: https://… or name@example.org.',

  facts: 'What the report says and gives by itself',
  insertFact: 'Insert a fact…',
  noFacts: 'There are no facts yet. Answers in the form become facts, and what the timeline gives.',
  factUnanswered: 'nothing yet',

  caption: 'Caption',
  altLabel: 'In words',
  altPlaceholder: 'What it shows, for readers who cannot see it',
  pictureMissing: 'This picture is still to be found.',
  pictureGone: 'This picture is not among the report’s files.',
  choosePicture: 'Choose a picture',
  adding: (name: string) => `Adding ${name}…`,
  notAPicture: (names: string[]) =>
    `${listed(names)}: only PNG and JPEG pictures can stand in the text. Other files can be added as evidence.`,
  notAdded: (name: string) => `${name} could not be added.`,
  remoteLeftOut: (count: number) =>
    count === 1
      ? 'One picture was left out, because it lies on another machine. Save it there and add it here as a file.'
      : `${count} pictures were left out, because they lie on other machines. Save them there and add them here as files.`,
  pastedName: 'pasted picture',
}
