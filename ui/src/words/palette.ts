// What the command palette says.
export const palette = {
  title: 'Commands',
  ask: 'Command, heading or report',
  found: 'Found',
  groups: { do: 'Do', go: 'Go to', reports: 'Reports' },
  nothing: (asked: string) => `No command, heading or report matches “${asked}”.`,
  count: (count: number) => (count === 0 ? 'Nothing found' : `${count} found`),
  keys: { enter: ['Enter', 'run'], tab: ['Tab', 'next group'], escape: ['Esc', 'close'] },
}
