// Which addresses may be links. Always true: what this refuses is never a link in a report; the core prints no other kind.

/** The address as it is kept, or none where it cannot be a link. A bare host ("status.example/4711") is taken as https. */
export function address(typed: string): string | null {
  const text = typed.trim()
  if (/^(https?:\/\/|mailto:)\S+$/i.test(text)) return text
  if (/^[^\s@:/]+@[^\s@:/]+\.[a-z]{2,}$/i.test(text)) return `mailto:${text}`
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+([/?#]\S*)?$/i.test(text)) return `https://${text}`
  return null
}

/** Whether an address is one already. */
export function isAddress(href: unknown): boolean {
  return typeof href === 'string' && /^(https?:\/\/|mailto:)\S+$/i.test(href.trim())
}
