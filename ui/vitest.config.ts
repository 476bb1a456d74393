// Tests of the window without a window: jsdom, the fake host, no Tauri.
import { svelteTesting } from '@testing-library/svelte/vite'
import { defineConfig, mergeConfig } from 'vitest/config'
import build from './vite.config.ts'

export default mergeConfig(
  build,
  defineConfig({
    // Without svelteTesting() the tests would get the server build of Svelte, in which nothing is ever mounted.
    plugins: [svelteTesting()],
    // Time enough for a machine that is busy with other work: what a test asserts is never how long something took.
    test: { environment: 'jsdom', include: ['src/**/*.test.ts'], css: { include: [/tokens\.css/] }, testTimeout: 180_000, hookTimeout: 180_000 },
  }),
)
