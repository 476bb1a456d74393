/** The moment, RFC 3339 in UTC. The window's clock; what is filed is dated by the core. */
export const now = (): string => new Date().toISOString()
