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
  noGlyph: (characters: string[]) => {
    const different = [...new Set(characters)]
    const code = (one: string) => `[U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`
    const [first = ''] = different
    if (different.length === 1) return `No font here has “${first}”. On paper its code stands for it: ${code(first)}.`
    return `No font here has ${different.length} of the characters used. On paper the code of each stands for it, such as ${code(first)} for “${first}”; the findings say where.`
  },
}
