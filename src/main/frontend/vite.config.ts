import { defineConfig } from 'vitest/config';

const server = 'http://127.0.0.1:8080';
// The server answers its own host and origin only.
const proxied = { target: server, changeOrigin: true, headers: { origin: server } };

export default defineConfig({
  base: './',
  build: {
    outDir: '../../../target/frontend',
    emptyOutDir: true,
    target: ['es2022', 'safari16.4'],
    // The policy has no data: fonts or scripts, and small files cost nothing over one connection.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': proxied,
      '/healthz': proxied,
      '/ws': { ...proxied, ws: true },
    },
  },
  test: {
    include: ['test/**/*.test.ts'],
  },
});
