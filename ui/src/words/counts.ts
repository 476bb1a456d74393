// Numbers with the noun they count.

const SMALL = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

/** "1 page", "3 pages". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** "three" in running text; figures from thirteen. */
export function spelled(count: number): string {
  return SMALL[count] ?? String(count)
}

/** "Helen Marsh", "Helen Marsh and David Okafor", "a, b and c". */
export function listed(items: string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}
