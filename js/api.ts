import type { Core } from "#glue";
import type * as Public from "./index.d.ts";
import { type ErrorFields, UpbitError } from "./upbit-error.ts";

/** Older runtimes have no `Symbol.dispose`; use `close()` there. */
const dispose: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for("Symbol.dispose");

type NewError = (fields: ErrorFields, order: Public.OrderSummary | null) => UpbitError;

/** Creates the public functions. The first call loads the core; if that fails, the next call tries again. */
export function createApi(load: () => Core) {
  let loaded: Core | undefined;

  function core(newError: NewError): Core {
    try {
      loaded ??= load();
      return loaded;
    } catch (error) {
      throw newError(startFailure(error), null);
    }
  }

  /** Creates the public function of this name. It uses a client for this call only. */
  function createFunction<Name extends OperationName>(name: Name): (typeof Public)[Name] {
    async function operation(argument: unknown, options: unknown) {
      const newError = errorFactory(operation);
      return core(newError).call(name, argument, options, newError);
    }
    return named(name, operation) as (typeof Public)[Name];
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
        const method = async function (this: UpbitClient, first: unknown, options: unknown) {
          const argument = name === "listOpenOrders" && first === undefined ? {} : first;
          return this.#client.call(name, argument, options, errorFactory(method));
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
    cancelOrder: createFunction("cancelOrder"),
    cancelOrders: createFunction("cancelOrders"),
    cancelByIds: createFunction("cancelByIds"),
    cancelAllOrders: createFunction("cancelAllOrders"),
    cancelOpen: createFunction("cancelOpen"),
    getOrder: createFunction("getOrder"),
    listOpenOrders: createFunction("listOpenOrders"),
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

type OperationName = (typeof OPERATIONS)[number];

/** Sets the name of a function, for debuggers and logs. */
function named<F extends object>(name: string, func: F): F {
  return Object.defineProperty(func, "name", { value: name });
}

/** Returns a function that creates errors whose stack begins at the caller of `entry`. */
function errorFactory(entry: (...args: never[]) => unknown): NewError;
function errorFactory(entry: abstract new (...args: never[]) => unknown): NewError;
function errorFactory(entry: unknown): NewError {
  // Only some engines have captureStackTrace.
  const { captureStackTrace } = Error as Partial<ErrorConstructor>;
  const callSite: { stack?: string } = captureStackTrace ? {} : new Error();
  captureStackTrace?.(callSite, entry as () => void);
  return (fields, order) => new UpbitError(fields, order, callSite);
}

function startFailure(error: unknown): ErrorFields {
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
