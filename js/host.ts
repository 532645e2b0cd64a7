// What the core asks of JavaScript, because Rust could not do it as well: parsing JSON into the caller's own
// objects, and reading a date or an error of `fetch`.

/** Fields that Upbit documents as decimal text, of orders and of trades. One that comes as a number becomes text. */
const AMOUNTS = new Set([
  "price",
  "volume",
  "remaining_volume",
  "executed_volume",
  "executed_funds",
  "reserved_fee",
  "remaining_fee",
  "paid_fee",
  "locked",
  "prevented_volume",
  "prevented_locked",
  "funds",
]);

/** The third argument of a reviver in current runtimes; Node 20 has none. */
interface ReviverContext {
  source?: string;
}

/** No more than this is read of an answer, in bytes. */
const LARGEST = 1024 * 1024;

/** A piece has some 1,000 bytes or more, but for the last. Endless empty pieces would never end. */
const MOST_PIECES = 10_000;

/** A parsed body, or why there is none. */
export type Body = { json: unknown } | "not JSON" | "too large" | "incomplete";

/** Reads a body to its end. A page's or a test's own `fetch` may give anything for one. */
export async function readBody(body: ReadableStream<Uint8Array> | null): Promise<Body> {
  if (!body) return "not JSON";
  try {
    const bytes = await readBytes(body.getReader());
    return bytes ? parseJson(bytes) : "too large";
  } catch {
    // The connection broke: there is a status, and no body.
    return "incomplete";
  }
}

async function readBytes(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(pieces, size);
    if (!ArrayBuffer.isView(value)) throw new TypeError("a piece of a body must be bytes");
    size += value.byteLength;
    if (size > LARGEST || pieces.length === MOST_PIECES) {
      // Tells the server to stop; how that goes is of no interest.
      reader.cancel().catch(() => {});
      return null;
    }
    pieces.push(value);
  }
}

function joined(pieces: Uint8Array[], size: number): Uint8Array {
  const [first, ...others] = pieces;
  if (first && others.length === 0) return first;
  const bytes = new Uint8Array(size);
  let end = 0;
  for (const piece of pieces) {
    bytes.set(piece, end);
    end += piece.byteLength;
  }
  return bytes;
}

/** Like `JSON.parse`, but no digit is lost: an amount becomes text, and so does a number that a double cannot hold. Where the
 * runtime does not tell a number's source, an amount becomes the text of the double. */
function parseJson(bytes: Uint8Array): Body {
  try {
    return { json: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes), keepDigits) };
  } catch {
    return "not JSON";
  }
}

function keepDigits(name: string, value: unknown, context?: ReviverContext): unknown {
  if (typeof value !== "number") return value;
  const source = context?.source ?? String(value);
  return AMOUNTS.has(name) || !isSameNumber(source, value) ? source : value;
}

function isSameNumber(source: string, value: number): boolean {
  const text = String(value);
  return source === text || decimal(source) === decimal(text);
}

/** One spelling for all spellings of a number: digits without zeros at the ends, and a power of ten. */
function decimal(text: string): string {
  const [, sign, whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  const power = Number(exponent) - fraction.length + digits.length - significant.length;
  return `${sign}${significant}e${power}`;
}

/** The milliseconds since 1970 of a date as HTTP writes it, of which the oldest form leaves out `GMT`. */
export function httpDate(date: string): number | undefined {
  if (!/^[A-Z][a-z]+,? [\w -]+ \d\d:\d\d:\d\d (GMT|\d{4})$/.test(date)) return undefined;
  return Date.parse(date.endsWith("GMT") ? date : `${date} GMT`) || undefined;
}

/** Codes of Node's TLS for a certificate that it refused before anything was sent. */
const REFUSED_CERTIFICATE = new Set([
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/** No code of a runtime is longer or has other characters. */
const CODE = /^[A-Z][A-Z0-9_]{1,60}$/;

export interface ConnectionError {
  /** Such as `ECONNREFUSED`, where the runtime tells it. */
  code: string | null;
  /** Whether it proves that nothing was sent. */
  notSent: boolean;
}

/**
 * What an error of `fetch` tells. Node and those who follow it tell in the error's cause, which holds one error for each
 * address that was tried; a browser tells nothing. A replaced `fetch` or dispatcher may have sent the request before, so
 * only the runtime's own proves that nothing was sent.
 */
export function connectionError(error: unknown): ConnectionError {
  try {
    const cause = ownMember(error, "cause");
    const tried = ownMember(cause, "errors");
    const causes: unknown[] = Array.isArray(tried) && tried.length > 0 ? tried : [cause];
    const codes = causes.map((one) => String(ownMember(one, "code")));
    return {
      code: codes.find((code) => CODE.test(code)) ?? null,
      notSent: causes.every(failedToConnect) && hasOwnFetch(),
    };
  } catch {
    // An error whose members throw is none of the runtime's.
    return { code: null, notSent: false };
  }
}

function failedToConnect(cause: unknown): boolean {
  const [syscall, code] = [ownMember(cause, "syscall"), ownMember(cause, "code")];
  const connecting = syscall === "connect" || syscall === "getaddrinfo" || code === "UND_ERR_CONNECT_TIMEOUT";
  return connecting || REFUSED_CERTIFICATE.has(String(code));
}

/** What a page adds to the prototype of all objects proves nothing, and is no part of an answer. */
export function ownMember(value: unknown, name: string): unknown {
  const object = Object(value);
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** A member that is a text, or a number as text. */
export function ownText(value: unknown, name: string): string | undefined {
  const member = ownMember(value, name);
  const isText = typeof member === "string" || typeof member === "number";
  return isText ? String(member) || undefined : undefined;
}

/** Whether `fetch` is Node's own, with a dispatcher that sends a request once. */
function hasOwnFetch(): boolean {
  const source = Function.prototype.toString.call(globalThis.fetch);
  if (!/internal\/deps\/undici|lazyUndici/.test(source)) return false;
  const symbols = Object.getOwnPropertySymbols(globalThis);
  const dispatchers = symbols.filter((symbol) => symbol.description?.startsWith("undici.globalDispatcher"));
  return dispatchers.every((symbol) => sendsOnce(Reflect.get(globalThis, symbol)));
}

/** A dispatcher of undici's class `Agent` whose `dispatch` nobody has wrapped. */
function sendsOnce(dispatcher: unknown): boolean {
  const { constructor: ownClass, dispatch } = Object(dispatcher);
  return ownClass?.name === "Agent" && dispatch === ownClass.prototype.dispatch;
}
