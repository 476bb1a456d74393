// How the window is built: one page, a few files, nothing from the network.
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('.'),
  cacheDir: here('../node_modules/.vite'),
  plugins: [svelte()],
  // The page and the window are set in the same files: see the README beside them.
  // The host in memory begins with the forms and samples that are shipped.
  resolve: { alias: { '@fonts': here('../crates/paper/fonts'), '@templates': here('../crates/report/templates') } },
  clearScreen: false,
  server: { port: 5173, strictPort: true, fs: { allow: [here('..')] } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The oldest web view we run in: that of macOS 13.
    target: 'safari16.4',
    // The policy of the window allows fonts from files only, not from data: addresses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: {
        assetFileNames: ({ names }) =>
          names[0]?.endsWith('.ttf') ? 'fonts/[name][extname]' : 'assets/[name]-[hash][extname]',
      },
    },
  },
})
