import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const page = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const backend = process.env.ULLAGE_URL ?? 'http://127.0.0.1:8000';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: '../static',
    emptyOutDir: true,
    // MapLibre alone is about 1 MB, loaded after the page is drawn.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { input: { console: page('index.html'), drive: page('drive.html'), sheet: page('sheet.html'), savings: page('savings.html'), devices: page('devices.html') } },
  },
  server: { proxy: { '/api': backend, '/basemap': backend } },
});
