// What the preview says around the pages.

export const preview = {
  label: 'Pages of this report',
  page: (at: number, all: number) => `Page ${at} of ${all}`,
  setting: 'Setting pages…',
  current: (time: string) => `Current at ${time}`,
  failed: 'The pages could not be set.',
  again: 'Try again',
  fit: 'Fit width',
  closer: 'Closer',
  farther: 'Farther',
  zoom: (percent: number) => `${percent} %`,
  noGlyph: (characters: string[]) =>
    `No font here has ${characters.map((one) => `“${one}”`).join(', ')}. A box stands in ${characters.length === 1 ? 'its' : 'their'} place on paper.`,
}
