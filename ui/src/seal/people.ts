// Whether two texts name one person, as the core has it (crates/desk/src/signing.rs): "Helen Marsh", "MARSH, Helen".

export function sameName(one: string, other: string): boolean {
  const words = (name: string) => name.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean).sort().join(' ')
  return words(one) === words(other)
}
