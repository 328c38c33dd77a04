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
    proxy: { "/v1": process.env.SENDEX_URL ?? "http://localhost:8080" },
  },
});
