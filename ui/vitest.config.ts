// Tests of the window without a window: jsdom, the fake host, no Tauri.
import { svelteTesting } from '@testing-library/svelte/vite'
import { defineConfig, mergeConfig } from 'vitest/config'
import build from './vite.config.ts'

export default mergeConfig(
  build,
  defineConfig({
    // Without svelteTesting() the tests would get the server build of Svelte, in which nothing is ever mounted.
    plugins: [svelteTesting()],
    test: { environment: 'jsdom', include: ['src/**/*.test.ts'], css: { include: [/tokens\.css/] } },
  }),
)
