// What the preview says around the pages.

export const preview = {
  label: 'Pages of this report',
  page: (at: number, all: number) => `Page ${at} of ${all}`,
  setting: 'Laying out pages…',
  current: (time: string) => `Current at ${time}`,
  failed: 'The pages could not be laid out.',
  again: 'Try again',
  fit: 'Fit width',
  closer: 'Zoom in',
  farther: 'Zoom out',
  zoom: (percent: number) => `${percent} %`,
  noGlyph: (characters: string[]) =>
    `No font here has ${characters.map((one) => `“${one}”`).join(', ')}. A box stands in ${characters.length === 1 ? 'its' : 'their'} place on paper.`,
}
