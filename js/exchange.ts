import { provesNoConnection } from "./no-connection.ts";

/** No more than this is read of an answer, in bytes; the answer to a cancellation has less than 1 KiB. */
const LARGEST = 1024 * 1024;

/** A piece has some 1,000 bytes or more, but for the last. */
const MOST_PIECES = 10_000;

/** Keeps cookies, caches and referrers out of the request. */
const PRIVACY = { credentials: "omit", cache: "no-store", referrer: "", referrerPolicy: "no-referrer" };

/** @type {Pick<RequestInit, keyof typeof PRIVACY> | undefined} */
let privacy;

/**
 * Runtimes without these ideas (workerd) throw at their mere mention: only what their requests have is set. Looked up
 * by the first request, because Node loads its whole `fetch` for it.
 */
function knownPrivacy() {
  if (privacy) return privacy;
  const known = globalThis.Request?.prototype ?? {};
  privacy = Object.fromEntries(Object.entries(PRIVACY).filter(([name]) => name in known));
  return privacy;
}

/**
 * One request and its answer, for `src/web/fetch.rs`: what is here would take the core a hundred calls of the
 * runtime one by one. What the answer means is decided there.
 */
export class Exchange {
  #controller = new AbortController();

  /** Whether the request may have reached anybody. */
  sent = false;
  /** Of the answer; without one, `undefined`. @type {number | undefined} */
  status;
  /** The header `Remaining-Req`. @type {string | undefined} */
  remaining;
  /** The header `Retry-After`. @type {string | undefined} */
  retryAfter;
  /** The whole body; `undefined` if it was too large or broke off. @type {Uint8Array | undefined} */
  body;
  tooLarge = false;

  /**
   * Ends when the answer was read to its last byte, or when it is clear that there will be none.
   *
   * @param {string} method
   * @param {string} url
   * @param {string} token
   */
  async run(method, url, token) {
    try {
      this.sent = typeof fetch === "function";
      const response = await fetch(url, this.#init(method, token));
      this.remaining = header(response, "remaining-req");
      this.retryAfter = header(response, "retry-after");
      await this.#read(response);
      this.status = status(response);
    } catch (error) {
      if (provesNoConnection(error)) this.sent = false;
    }
  }

  abort() {
    this.#controller.abort();
  }

  /** @param {string} method @param {string} token */
  #init(method, token) {
    return {
      // Or else whatever a page adds to the prototype of all objects would go into the request.
      __proto__: null,
      method,
      headers: { Authorization: `Bearer ${token}`, Accept: "application/json" },
      signal: this.#controller.signal,
      redirect: /** @type {const} */ ("manual"),
      ...knownPrivacy(),
    };
  }

  /** @param {Response} response */
  async #read({ body }) {
    if (!body) {
      this.body = new Uint8Array();
      return;
    }
    try {
      await this.#readChunks(body.getReader());
    } catch {
      // The connection broke: there is a status, and no body.
    }
  }

  /** @param {ReadableStreamDefaultReader<Uint8Array>} reader */
  async #readChunks(reader) {
    const chunks = [];
    let size = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (!ArrayBuffer.isView(value)) throw new TypeError("a piece of a body must be bytes");
      size += value.byteLength;
      // An endless stream of empty pieces would never let anything else run.
      if (size > LARGEST || chunks.length === MOST_PIECES) {
        this.tooLarge = true;
        // Tells the server to stop; how that goes is of no interest.
        reader.cancel().catch(() => {});
        return;
      }
      chunks.push(value);
    }
    this.body = joined(chunks, size);
  }
}

// A page's or a test's own `fetch` may answer with anything. The core takes nothing but texts, numbers and bytes.

/** @param {Response} response @param {string} name */
function header({ headers }, name) {
  const value = headers.get(name);
  return typeof value === "string" ? value : undefined;
}

/** @param {Response} response */
function status({ status }) {
  if (!Number.isInteger(status)) throw new TypeError("a status must be a whole number");
  return status;
}

/** A copy: the pieces are not ours. @param {Uint8Array[]} chunks @param {number} size */
function joined(chunks, size) {
  const bytes = new Uint8Array(size);
  let end = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, end);
    end += chunk.length;
  }
  return bytes;
}
