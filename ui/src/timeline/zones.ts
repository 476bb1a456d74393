// The names of the zones one can choose from, as the machine knows them.

/** The zone of this machine (IANA). */
export const here = new Intl.DateTimeFormat('en-GB').resolvedOptions().timeZone

/** UTC, the machine's own zone, those given, and every other the machine knows, by name. */
export function zoneNames(...given: (string | null | undefined)[]): string[] {
  const known = Intl.supportedValuesOf?.('timeZone') ?? []
  const named = given.filter((name) => name !== null && name !== undefined)
  return [...new Set(['UTC', here, ...named, ...known])].sort((a, b) => a.localeCompare(b, 'en'))
}

/** A zone's name for the eye: "America/New York". */
export function zoneWords(name: string): string {
  return name.replaceAll('_', ' ')
}
