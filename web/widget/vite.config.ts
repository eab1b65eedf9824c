import { defineConfig } from 'vitest/config';

// One classic script, so that a page embeds it with a single tag and its policy needs no more than this one address.
export default defineConfig({
  build: {
    target: 'es2022',
    modulePreload: false,
    rollupOptions: {
      input: 'src/main.ts',
      output: { format: 'iife', entryFileNames: 'widget.js' },
    },
  },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
});
