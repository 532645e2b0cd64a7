// Preloaded before an example of a document: what it sends to Upbit goes to the practice exchange.
const practice = process.env.PRACTICE_URL ?? "";
const { fetch } = globalThis;

globalThis.fetch = (/** @type {string | URL | Request} */ url, /** @type {RequestInit | undefined} */ init) =>
  fetch(String(url).replace(/^https:\/\/(sg-)?api\.upbit\.com/, practice), init);
