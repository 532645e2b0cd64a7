// The clients that are compared. Each function gets the library that it needs, so that a process or page loads only that one.

/**
 * @typedef {object} Client
 * @property {(uuid: string, call?: object) => Promise<string>} cancel resolves with the uuid in the answer
 * @property {(uuid: string) => string | Promise<string>} [sign] the token of that request
 * @property {(operation: string, uuids: string[], call: object) => Promise<boolean[]>} [cancelMany] tells for each order whether it was canceled
 */
/** @typedef {{ baseUrl: string, keys: import("./processes.mjs").Keys[] }} Options with as many keys as a client needs */

/** A file of the installed package. @param {string} file */
export const installed = (file) =>
  new URL(`../target/consumer/node_modules/upbit-cancel-order/${file}`, import.meta.url).href;

/** @param {string} name @param {Options} options @returns {Promise<Client>} */
export async function openClient(name, options) {
  const peer = (/** @type {string} */ path) =>
    new URL(`../target/peers/node_modules/${path}`, import.meta.url).href;
  switch (name) {
    case "ours":
      return ours(await import(installed("index.js")), options);
    case "signer":
      return signer(options);
    case "handWritten":
      return handWritten(await import("node:crypto"), options);
    case "careful":
      return handWritten(await import("node:crypto"), options, true);
    case "ccxt":
      return ccxt((await import(peer("ccxt/js/ccxt.js"))).upbit, options);
    case "jose":
      return jose(await import("jose"), options);
    case "jsonwebtoken":
      return jsonwebtoken(
        await import("node:crypto"),
        (await import(peer("jsonwebtoken/index.js"))).default,
        options,
      );
    default:
      throw new Error(`There is no client ${name}`);
  }
}

/**
 * Calls use the accounts in turn, so that no account's budget is used up.
 * @param {Pick<typeof import("upbit-cancel-order"), "UpbitClient">} library
 * @param {Options} options
 * @returns {Client}
 */
export function ours({ UpbitClient }, { baseUrl, keys }) {
  const clients = keys.map((pair) => new UpbitClient({ ...pair, baseUrl }));
  let calls = 0;
  const next = () => /** @type {any} */ (clients[calls++ % clients.length]);
  return {
    cancel: async (uuid, call) => (await next().cancelOrder({ uuid }, call))[0].uuid,
    async cancelMany(operation, uuids, call) {
      const results = await next()[operation](
        uuids.map((uuid) => ({ uuid })),
        call,
      );
      return results.map(
        (/** @type {any} */ { ok, order }, /** @type {number} */ at) => ok && order.uuid === uuids[at],
      );
    },
  };
}

/** Our core with one more export that only signs. @param {Options} options @returns {Promise<Client>} */
async function signer({ baseUrl, keys: [pair] }) {
  const made = (/** @type {string} */ file) => new URL(`../target/bench/signer/pkg/${file}`, import.meta.url);
  const { readFileSync } = await import("node:fs");
  const { glue, host } = await import(made("signer.js").href);
  const imports = { "./core_bg.js": { ...glue }, "#host": { ...host } };
  const { exports } = new WebAssembly.Instance(
    new WebAssembly.Module(readFileSync(made("core_bg.wasm"))),
    imports,
  );
  glue.__wbg_set_wasm(exports);
  /** @type {() => void} */ (exports.__wbindgen_start)();
  const core = new glue.Signer({ ...pair, baseUrl });
  return { sign: (uuid) => core.sign(uuid), cancel: () => Promise.reject(new Error("it only signs")) };
}

/**
 * ccxt without loading its markets first. It signs with HS256. In Node it brings its own `undici`.
 * @param {any} Upbit
 * @param {Options} options
 * @returns {Client}
 */
export function ccxt(Upbit, { baseUrl, keys: [pair] }) {
  const exchange = new Upbit({ apiKey: pair?.accessKey, secret: pair?.secretKey, enableRateLimit: false });
  exchange.urls.api = { public: baseUrl, private: baseUrl };
  exchange.markets = {};
  return {
    cancel: async (uuid) => (await exchange.cancelOrder(uuid)).id ?? "",
    sign: (uuid) => exchange.sign("order", "private", "DELETE", { uuid }).headers.Authorization.slice(7),
    async cancelMany(_operation, uuids) {
      exchange.enableRateLimit = true;
      const canceled = [];
      for (const uuid of uuids) canceled.push((await exchange.cancelOrder(uuid)).id === uuid);
      return canceled;
    },
  };
}

/**
 * A minimal hand-written client for Node. `careful`: with the same checks as our package.
 * @param {typeof import("node:crypto")} crypto
 * @param {Options} options
 * @param {boolean} [careful]
 */
function handWritten(
  { createHash, createHmac, createSecretKey, randomUUID },
  { baseUrl, keys: [pair] },
  careful,
) {
  const encode = (/** @type {object} */ value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const header = encode({ alg: "HS512", typ: "JWT" });
  const key = createSecretKey(pair?.secretKey ?? "", "utf8");
  return fetchClient(baseUrl, careful, (query) => {
    const hash = createHash("sha512").update(query).digest("hex");
    const signed = `${header}.${encode(claims(pair?.accessKey, randomUUID(), hash))}`;
    return `${signed}.${createHmac("sha512", key).update(signed).digest("base64url")}`;
  });
}

/** A minimal hand-written client for a page, with the Web Crypto API. @param {Options} options */
export function webCrypto({ baseUrl, keys: [pair] }) {
  const base64url = (/** @type {Uint8Array} */ bytes) =>
    btoa(String.fromCharCode(...bytes))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replaceAll("=", "");
  const encode = (/** @type {object} */ value) => base64url(utf8.encode(JSON.stringify(value)));
  const key = hmacKey(pair?.secretKey);
  return fetchClient(baseUrl, false, async (query) => {
    const payload = claims(pair?.accessKey, crypto.randomUUID(), await sha512(query));
    const signed = `${encode({ alg: "HS512", typ: "JWT" })}.${encode(payload)}`;
    const signature = await crypto.subtle.sign("HMAC", await key, utf8.encode(signed));
    return `${signed}.${base64url(new Uint8Array(signature))}`;
  });
}

/** @param {typeof import("jose")} library @param {Options} options */
function jose({ SignJWT }, { baseUrl, keys: [pair] }) {
  // A CryptoKey: with plain bytes, jose would import the key again for every token.
  const key = hmacKey(pair?.secretKey);
  return fetchClient(baseUrl, false, async (query) => {
    const payload = claims(pair?.accessKey, crypto.randomUUID(), await sha512(query));
    return new SignJWT(payload).setProtectedHeader({ alg: "HS512", typ: "JWT" }).sign(await key);
  });
}

/** @param {typeof import("node:crypto")} crypto @param {any} library @param {Options} options */
function jsonwebtoken({ createHash, createSecretKey, randomUUID }, { sign }, { baseUrl, keys: [pair] }) {
  const key = createSecretKey(pair?.secretKey ?? "", "utf8");
  return fetchClient(baseUrl, false, (query) => {
    const hash = createHash("sha512").update(query).digest("hex");
    return sign(claims(pair?.accessKey, randomUUID(), hash), key, { algorithm: "HS512", noTimestamp: true });
  });
}

const utf8 = /* @__PURE__ */ new TextEncoder();

/** @param {string} text */
async function sha512(text) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-512", utf8.encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {string} [secretKey] */
function hmacKey(secretKey) {
  const hmac = { name: "HMAC", hash: "SHA-512" };
  return crypto.subtle.importKey("raw", utf8.encode(secretKey), hmac, false, ["sign"]);
}

/** @param {string | undefined} accessKey @param {string} nonce @param {string} hash */
function claims(accessKey, nonce, hash) {
  return { access_key: accessKey, nonce, query_hash: hash, query_hash_alg: "SHA512" };
}

/**
 * A minimal client around a function that signs a query. `careful`: with a time limit and a size limit, and without
 * redirects, cookies, cache and referrer.
 * @param {string} baseUrl
 * @param {boolean | undefined} careful
 * @param {(query: string) => string | Promise<string>} sign
 * @returns {Client}
 */
function fetchClient(baseUrl, careful, sign) {
  /** @param {string} query @param {RequestInit} [more] */
  const send = async (query, more) =>
    fetch(`${baseUrl}/v1/order?${query}`, {
      method: "DELETE",
      headers: { Authorization: `Bearer ${await sign(query)}`, Accept: "application/json" },
      ...more,
    });
  return {
    sign: (uuid) => sign(`uuid=${uuid}`),
    async cancel(uuid) {
      const query = `uuid=${encodeURIComponent(uuid)}`;
      const response = careful ? await send(query, care()) : await send(query);
      const answer = careful ? JSON.parse(await limitedText(response)) : await response.json();
      if (response.status !== 200) throw new Error(`${response.status} ${answer.error.name}`);
      return Array.isArray(answer) ? answer[0].uuid : answer.uuid;
    },
  };
}

/** @returns {RequestInit} */
function care() {
  return {
    signal: AbortSignal.timeout(10_000),
    redirect: "manual",
    credentials: "omit",
    cache: "no-store",
    referrer: "",
    referrerPolicy: "no-referrer",
  };
}

/** @param {Response} response */
async function limitedText({ body }) {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let [text, size] = ["", 0];
  const reader = /** @type {ReadableStream<Uint8Array>} */ (body).getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    size += piece.value.length;
    if (size > 2 ** 20) throw new Error("the answer is too long");
    text += decoder.decode(piece.value, { stream: true });
  }
  return text + decoder.decode();
}
