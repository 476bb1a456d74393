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
  code: 'Inline code',
  codeBlock: 'Code block',
  rowAbove: 'Row above',
  rowBelow: 'Row below',
  columnBefore: 'Column before',
  columnAfter: 'Column after',
  headerRow: 'First row is a header',
  mergeCells: 'Merge cells',
  splitCell: 'Split cell',
  deleteRow: 'Delete row',
  deleteColumn: 'Delete column',
  deleteTable: 'Delete table',

  address: 'Address',
  addressPlaceholder: 'https://…',
  setLink: 'Set link',
  removeLink: 'Remove',
  badAddress: 'Enter a web address or an e-mail address: https://… or name@example.org.',

  facts: 'Values from this report',
  insertFact: 'Insert a fact…',
  insertLink: 'Insert a link…',
  insertPicture: 'Insert a picture…',
  noFacts: 'There are no facts yet. They come from the answers in the form and from the timeline.',
  factUnanswered: 'nothing yet',

  caption: 'Caption',
  altLabel: 'Description',
  altPlaceholder: 'What it shows, for readers who cannot see it',
  pictureMissing: 'This picture has not been found yet.',
  pictureGone: 'This picture is not among the report’s files.',
  choosePicture: 'Choose a picture',
  adding: (name: string) => `Adding ${name}…`,
  notAPicture: (names: string[]) =>
    `${listed(names)}: only PNG and JPEG pictures can stand in the text. Other files can be added as evidence.`,
  notAdded: (name: string) => `${name} could not be added.`,
  remoteLeftOut: (count: number) =>
    count === 1
      ? 'One picture was left out, because it is on another computer. Save it there and add it here as a file.'
      : `${count} pictures were left out, because they are on other computers. Save them there and add them here as files.`,
  pastedName: 'pasted picture',
}
