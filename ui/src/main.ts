// The first line the window runs: styles, who answers for the core, then the application into its place.
import { mount } from 'svelte'
import App from './App.svelte'
import type { Host } from './host/host'
import type { Beginning } from './host/memory'
import { tauri } from './host/tauri'
import { app } from './state/app.svelte'
import './style/fonts.css'
import './style/tokens.css'
import './style/parts.css'

const place = document.getElementById('app')
if (!place) throw new Error('index.html has no element #app')
app.start(await host())
mount(App, { target: place })

/** In a browser (`ui:dev`) there is no core: a host in memory answers; the address says what it begins with. */
async function host(): Promise<Host> {
  if (!import.meta.env.DEV || '__TAURI_INTERNALS__' in window) return tauri()
  const { memory } = await import('./host/memory')
  const asked = new URLSearchParams(location.search)
  const shelf = (asked.get('shelf') ?? 'typical') as NonNullable<Beginning['shelf']>
  const pick = asked.get('pick')
  const flags = { identities: asked.get('identities') !== 'none', elsewhere: asked.has('elsewhere') }
  return memory({ shelf, ...flags, ...(pick ? { pick } : {}) })
}
