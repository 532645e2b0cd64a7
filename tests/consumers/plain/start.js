// Runs the suite where the page's address says: in the page itself, in a Web Worker or in a Service Worker.
const program = "./run-suite.js";
/** @type {Record<string, () => unknown>} */
const ways = {
  "?page": () => import(program),
  "?worker": () => new Worker(program, { type: "module" }),
  "?service-worker": () => navigator.serviceWorker.register(program, { type: "module" }),
};

await ways[location.search]?.();
