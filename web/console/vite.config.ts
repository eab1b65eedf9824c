import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The server to develop against; `npm run dev` forwards everything that is not the console itself.
const server = process.env.CHATOPERATOR_URL ?? 'http://127.0.0.1:5000';
const forwarded = ['/admin', '/auth', '/platform/', '/media', '/openapi'];

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { '@api': here('../api'), '@': here('src') } },
  // A strict content security policy refuses data: addresses, so nothing is inlined.
  build: { assetsInlineLimit: 0, sourcemap: false },
  server: {
    fs: { allow: [here('..')] },
    proxy: Object.fromEntries(forwarded.map((path) => [path, { target: server, changeOrigin: false }])),
  },
  test: { environment: 'node', include: ['src/**/*.test.ts', '../api/*.test.ts'] },
});
