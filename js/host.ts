// Functions that the core imports from JavaScript: reading a body, parsing JSON without losing digits, parsing HTTP dates, and
// interpreting an error of `fetch`.

/** Fields of orders and trades that Upbit documents as decimal strings. Numbers in them become strings. */
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

/** The third argument of a `JSON.parse` reviver. Node 20 does not support it. */
interface ReviverContext {
  source?: string;
}

const MAX_BODY_BYTES = 1024 * 1024;

/** Stops a server that sends empty chunks forever. Real chunks have about 1,000 bytes or more. */
const MAX_CHUNKS = 10_000;

/** A parsed body, or the reason why there is none. */
export type Body = { json: unknown } | "not JSON" | "too large" | "incomplete";

/** Reads a whole body. A replaced `fetch` may return anything as a body. */
export async function readBody(body: ReadableStream<Uint8Array> | null): Promise<Body> {
  if (!body) return "not JSON";
  try {
    const bytes = await readBytes(body.getReader());
    return bytes ? parseJson(bytes) : "too large";
  } catch {
    // The connection was lost after the status.
    return "incomplete";
  }
}

async function readBytes(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return concatenate(chunks, size);
    if (!ArrayBuffer.isView(value)) throw new TypeError("a chunk of a body must be bytes");
    size += value.byteLength;
    if (size > MAX_BODY_BYTES || chunks.length === MAX_CHUNKS) {
      // Stop the server. The result does not matter.
      reader.cancel().catch(() => {});
      return null;
    }
    chunks.push(value);
  }
}

function concatenate(chunks: Uint8Array[], size: number): Uint8Array {
  const [first, ...others] = chunks;
  if (first && others.length === 0) return first;
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

/** Like `JSON.parse`, but without losing digits: amounts become strings, and so do numbers that a double cannot represent. If the
 * runtime does not pass a number's source text, an amount becomes the string of the double. */
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

/** A canonical form of a number: digits without leading and trailing zeros, and a power of ten. */
function decimal(text: string): string {
  const [, sign, whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  const power = Number(exponent) - fraction.length + digits.length - significant.length;
  return `${sign}${significant}e${power}`;
}

/** Parses an HTTP date to milliseconds since 1970. The oldest format omits `GMT`. */
export function httpDate(date: string): number | undefined {
  if (!/^[A-Z][a-z]+,? [\w -]+ \d\d:\d\d:\d\d (GMT|\d{4})$/.test(date)) return undefined;
  return Date.parse(date.endsWith("GMT") ? date : `${date} GMT`) || undefined;
}

/** Error codes of Node's TLS for a certificate that was refused before anything was sent. */
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

/** The format of the runtimes' error codes. */
const CODE = /^[A-Z][A-Z0-9_]{1,60}$/;

export interface ConnectionError {
  /** Such as `ECONNREFUSED`, if the runtime reports it. */
  code: string | null;
  /** Whether the error proves that nothing was sent. */
  notSent: boolean;
}

/**
 * Interprets an error of `fetch`. Node and compatible runtimes report the reason in the error's cause, with one error per address
 * that was tried; browsers report nothing. A replaced `fetch` or dispatcher may have sent the request before, so only the
 * runtime's own `fetch` proves that nothing was sent.
 */
export function connectionError(error: unknown): ConnectionError {
  try {
    const cause = ownMember(error, "cause");
    const errors = ownMember(cause, "errors");
    const causes: unknown[] = Array.isArray(errors) && errors.length > 0 ? errors : [cause];
    const codes = causes.map((each) => String(ownMember(each, "code")));
    return {
      code: codes.find((code) => CODE.test(code)) ?? null,
      notSent: causes.every(failedToConnect) && hasOwnFetch(),
    };
  } catch {
    // The error has getters that throw, so it is not from the runtime.
    return { code: null, notSent: false };
  }
}

function failedToConnect(cause: unknown): boolean {
  const [syscall, code] = [ownMember(cause, "syscall"), ownMember(cause, "code")];
  const connecting = syscall === "connect" || syscall === "getaddrinfo" || code === "UND_ERR_CONNECT_TIMEOUT";
  return connecting || REFUSED_CERTIFICATE.has(String(code));
}

/** An own property. Ignores what a page adds to the prototype of all objects. */
export function ownMember(value: unknown, name: string): unknown {
  const object = Object(value);
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** An own property that is a string, or a number as a string. */
export function ownText(value: unknown, name: string): string | undefined {
  const member = ownMember(value, name);
  const isText = typeof member === "string" || typeof member === "number";
  return isText ? String(member) || undefined : undefined;
}

/** Whether `fetch` is Node's own, with a dispatcher that sends each request once. */
function hasOwnFetch(): boolean {
  const source = Function.prototype.toString.call(globalThis.fetch);
  if (!/internal\/deps\/undici|lazyUndici/.test(source)) return false;
  const symbols = Object.getOwnPropertySymbols(globalThis);
  const dispatchers = symbols.filter((symbol) => symbol.description?.startsWith("undici.globalDispatcher"));
  return dispatchers.every((symbol) => sendsOnce(Reflect.get(globalThis, symbol)));
}

/** Whether a dispatcher is undici's `Agent` with the original `dispatch` method. */
function sendsOnce(dispatcher: unknown): boolean {
  const { constructor: ownClass, dispatch } = Object(dispatcher);
  return ownClass?.name === "Agent" && dispatch === ownClass.prototype.dispatch;
}
