import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  build: {
    // The content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 850,
  },
  server: {
    host: "127.0.0.1",
    // `npm run dev` serves the pages, a stack started with `./sendex up` the API.
    // It must see the host that the browser asked, as the services compare it with the page's origin.
    proxy: {
      "/v1": {
        target: process.env.SENDEX_URL ?? "http://localhost:8080",
        changeOrigin: false,
      },
    },
  },
});
