/** @typedef {ReturnType<import("./load/instantiate.ts").instantiate>} Core */
/** @typedef {import("./index.d.ts").ClientOptions} ClientOptions */
/** @typedef {import("./index.d.ts").CallOptions} CallOptions */
/** @typedef {import("./index.d.ts").BatchOptions} BatchOptions */
/** @typedef {import("./index.d.ts").OrderRef} OrderRef */

/** Runtimes of 2023 and before have no `Symbol.dispose`; their users call `close()`. */
const dispose = Symbol.dispose ?? Symbol.for("Symbol.dispose");

/**
 * The public functions over a core that is loaded by the first call. A load that fails is tried
 * again by the next.
 *
 * @param {() => Core} load
 */
export function createApi(load) {
  /** @type {Core | undefined} */
  let loaded;
  const core = () => (loaded ??= load());

  /**
   * @param {OrderRef} order
   * @param {ClientOptions & CallOptions} options
   */
  async function cancelOrder(order, options) {
    return core().cancelOrder(order, options);
  }

  /**
   * @param {Iterable<OrderRef>} orders
   * @param {ClientOptions & BatchOptions} options
   */
  async function cancelOrders(orders, options) {
    return core().cancelOrders(orders, options);
  }

  /**
   * @param {OrderRef} order
   * @param {ClientOptions} options
   */
  async function previewRequest(order, options) {
    return core().previewRequest(order, options);
  }

  class UpbitClient {
    #client;

    /** @param {ClientOptions} options */
    constructor(options) {
      this.#client = core().openClient(options);
    }

    /**
     * @param {OrderRef} order
     * @param {CallOptions} [call]
     */
    async cancelOrder(order, call) {
      return this.#client.cancelOrder(order, call);
    }

    /**
     * @param {Iterable<OrderRef>} orders
     * @param {BatchOptions} [call]
     */
    async cancelOrders(orders, call) {
      return this.#client.cancelOrders(orders, call);
    }

    close() {
      this.#client.close();
    }

    [dispose]() {
      this.close();
    }
  }

  return { cancelOrder, cancelOrders, previewRequest, UpbitClient };
}
