// Accessibility of the screen as it stands, by axe-core inside the real window.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const REFUSED = ['serious', 'critical']

/** Fails when axe finds something serious or critical on the screen called `screen`, naming rule and element. */
export async function assertAccessible(session, screen) {
  await session.run(`if (!window.axe) { ${AXE} }`)
  const found = await session.runAsync(`
    const { violations, passes } = await window.axe.run(document)
    return { passed: passes.length, violations: violations.map(({ id, impact, help, nodes }) => ({ id, impact, help, at: nodes.map((n) => n.target.join(' ')) })) }`)
  assert.ok(found.passed > 0, `axe looked at nothing on ${screen}`)
  const refused = found.violations.filter(({ impact }) => REFUSED.includes(impact))
  assert.deepEqual(refused.map(sentence), [], `axe on ${screen}`)
}

function sentence({ id, impact, help, at }) {
  return `${impact}: ${help} (${id}) at ${at.join(', ')}`
}
