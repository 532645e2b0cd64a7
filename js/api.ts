import type { Core } from "#glue";
import type * as Public from "./index.d.ts";
import { type Facts, UpbitError } from "./upbit-error.ts";

/** Older runtimes have no `Symbol.dispose`; use `close()` there. */
const dispose: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for("Symbol.dispose");

type NewError = (facts: Facts, order: Public.OrderSummary | null) => UpbitError;

/** Creates the public functions. The first call loads the core; if that fails, the next call tries again. */
export function createApi(load: () => Core) {
  let loaded: Core | undefined;

  function core(newError: NewError): Core {
    try {
      loaded ??= load();
      return loaded;
    } catch (error) {
      throw newError(couldNotStart(error), null);
    }
  }

  /** Creates the function of this name, which uses a client for one call. */
  function oneShot<Name extends OneShot>(name: Name): (typeof Public)[Name] {
    async function entry(first: unknown, options: unknown) {
      const newError = errorFactory(entry);
      return core(newError).call(name, first, options, newError);
    }
    return named(name, entry) as (typeof Public)[Name];
  }

  async function previewRequest(
    orders: Public.OrderRef | Iterable<Public.OrderRef>,
    options: Public.ClientOptions,
  ) {
    const newError = errorFactory(previewRequest);
    return core(newError).previewRequest(orders, options, newError);
  }

  class UpbitClient {
    #client;

    constructor(options: Public.ClientOptions) {
      const newError = errorFactory(UpbitClient);
      try {
        this.#client = core(newError).openClient(options, newError);
      } catch (error) {
        // Node prints the line that throws an uncaught error, unless the line contains this name.
        throw { "node-do-not-add-exception-line": error }["node-do-not-add-exception-line"];
      }
    }

    async previewRequest(orders: Public.OrderRef | Iterable<Public.OrderRef>) {
      return this.#client.previewRequest(orders, errorFactory(this.previewRequest));
    }

    close() {
      this.#client.close();
    }

    [dispose]() {
      this.close();
    }

    // Adds one method per operation.
    static {
      for (const name of OPERATIONS) {
        const method = async function (this: UpbitClient, first: unknown, call: unknown) {
          const argument = name === "listOpenOrders" && first === undefined ? {} : first;
          return this.#client.call(name, argument, call, errorFactory(method));
        };
        Object.defineProperty(UpbitClient.prototype, name, {
          value: named(name, method),
          writable: true,
          configurable: true,
        });
      }
    }
  }

  return {
    cancelOrder: oneShot("cancelOrder"),
    cancelOrders: oneShot("cancelOrders"),
    cancelByIds: oneShot("cancelByIds"),
    cancelAllOrders: oneShot("cancelAllOrders"),
    cancelOpen: oneShot("cancelOpen"),
    getOrder: oneShot("getOrder"),
    listOpenOrders: oneShot("listOpenOrders"),
    previewRequest: named("previewRequest", previewRequest) as typeof Public.previewRequest,
    UpbitClient: UpbitClient as unknown as typeof Public.UpbitClient,
  };
}

/** Operations that exist as a function (with the keys in its options) and as a method of a client. */
const OPERATIONS = [
  "cancelOrder",
  "cancelOrders",
  "cancelByIds",
  "cancelAllOrders",
  "cancelOpen",
  "getOrder",
  "listOpenOrders",
] as const;

type OneShot = (typeof OPERATIONS)[number];

/** The function, with this name where a debugger or a log shows it. */
function named<F extends object>(name: string, entry: F): F {
  return Object.defineProperty(entry, "name", { value: name });
}

/** Creates errors whose stack begins where `entry` was called. */
function errorFactory(entry: (...args: never[]) => unknown): NewError;
function errorFactory(entry: abstract new (...args: never[]) => unknown): NewError;
function errorFactory(entry: unknown): NewError {
  // Only some engines have captureStackTrace.
  const { captureStackTrace } = Error as Partial<ErrorConstructor>;
  const site: { stack?: string } = captureStackTrace ? {} : new Error();
  captureStackTrace?.(site, entry as () => void);
  return (facts, order) => new UpbitError(facts, order, site);
}

function couldNotStart(error: unknown): Facts {
  const cause = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    message: `the WebAssembly core could not be started (${cause})`,
    kind: "invalid_request",
    outcome: "not_canceled",
    status: null,
    code: null,
    hint: "If the page has a Content-Security-Policy, allow WebAssembly in it: script-src 'self' 'wasm-unsafe-eval'.",
    retryAfterMs: null,
    attempts: 0,
  };
}
