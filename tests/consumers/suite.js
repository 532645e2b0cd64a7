// What every consumer does: it cancels orders on the practice exchange, meets the failures that differ
// between runtimes, and reports. The package is an argument, because how it is imported is what differs.

/**
 * @typedef {object} Settings what the desk hands to a consumer
 * @property {import("upbit-cancel-order").ClientOptions} options
 * @property {{ uuid: string, price: string }} first an open order
 * @property {string} second the uuid of another
 * @property {string} identifier of a third, with characters that a query cannot hold as they are
 * @property {string} unknown the uuid of no order
 * @property {Record<"silent" | "cut" | "elsewhere", string>} baseUrls where requests go wrong
 */

/** @typedef {{ passed: number, failures: string[] }} Report */

/**
 * @param {typeof import("upbit-cancel-order")} api
 * @param {string} desk the address at which settings are asked for and reports handed in
 */
export async function runSuite(api, desk) {
  const settings = await (await fetch(`${desk}/settings`)).json();
  /** @type {Report} */
  const report = { passed: 0, failures: [] };
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check(api, settings);
      report.passed += 1;
    } catch (error) {
      report.failures.push(`${name}: ${error instanceof Error ? `${error.name}: ${error.message}` : error}`);
    }
  }
  await fetch(`${desk}/report`, { method: "POST", body: JSON.stringify(report) });
  return report;
}

/** @type {Record<string, (api: typeof import("upbit-cancel-order"), settings: Settings) => Promise<void>>} */
const checks = {
  async "one order"({ cancelOrder }, { options, first }) {
    const [order] = await cancelOrder({ uuid: first.uuid }, options);
    equal(order?.uuid, first.uuid);
    equal(order?.price, first.price);
  },

  async "many orders"({ cancelOrders, UpbitError }, { options, second, identifier, unknown }) {
    const orders = [{ uuid: second }, { identifier }, { uuid: unknown }];
    let done = 0;
    const onProgress = (/** @type {{ done: number }} */ progress) => (done = progress.done);
    const results = await cancelOrders(orders, { ...options, onProgress });
    equal(results.map(({ ok }) => ok).join(), "true,true,false");
    equal(done, 3);
    const refused = results[2];
    if (!refused || refused.ok) throw new Error("the unknown order was canceled");
    equal(refused.error instanceof UpbitError, true);
    equal(refused.error.kind, "rejected");
    equal(refused.error.code, "order_not_found");
  },

  async "a constructor that throws at once"({ UpbitClient, UpbitError }, { options }) {
    try {
      new UpbitClient({ ...options, accessKey: "" });
    } catch (error) {
      equal(error instanceof UpbitError && error.kind, "invalid_request");
      return;
    }
    throw new Error("it did not throw");
  },

  async "a closed client"({ UpbitClient }, { options, unknown }) {
    const client = new UpbitClient(options);
    // Where there is no such symbol, what compilers of `using` put in its place.
    const dispose = Symbol.dispose ?? Symbol.for("Symbol.dispose");
    client[/** @type {typeof Symbol.dispose} */ (dispose)]();
    await failure(client.cancelOrder({ uuid: unknown }), { kind: "invalid_request" });
  },

  async "a preview"({ previewRequest }, { options, unknown }) {
    const { method, url } = await previewRequest({ uuid: unknown }, options);
    equal(`${method} ${url}`, `DELETE ${options.baseUrl}/v1/order?uuid=${unknown}`);
  },

  async "an abort"({ cancelOrder }, { options, unknown, baseUrls }) {
    const controller = new AbortController();
    const call = { ...options, baseUrl: baseUrls.silent, signal: controller.signal };
    const canceled = cancelOrder({ uuid: unknown }, call);
    controller.abort();
    await failure(canceled, { kind: "aborted" });
  },

  async "no answer in time"({ cancelOrder }, { options, unknown, baseUrls }) {
    const call = { ...options, baseUrl: baseUrls.silent, timeoutMs: 100, maxRetries: 0 };
    await failure(cancelOrder({ uuid: unknown }, call), { kind: "timeout", outcome: "unknown" });
  },

  async "a connection that is cut"({ cancelOrder }, { options, unknown, baseUrls }) {
    const call = { ...options, baseUrl: baseUrls.cut, maxRetries: 0 };
    await failure(cancelOrder({ uuid: unknown }, call), { kind: "network", outcome: "unknown" });
  },

  async "a redirect"({ cancelOrder }, { options, unknown, baseUrls }) {
    const call = { ...options, baseUrl: baseUrls.elsewhere };
    await failure(cancelOrder({ uuid: unknown }, call), { kind: "bad_response", outcome: "unknown" });
  },
};

/** @param {Promise<unknown>} promise @param {Partial<import("upbit-cancel-order").UpbitError>} expected */
async function failure(promise, expected) {
  const error = await promise.then(
    () => undefined,
    (reason) => reason,
  );
  equal(error?.name, "UpbitError");
  for (const [field, value] of Object.entries(expected)) equal(error[field], value);
}

/** @param {unknown} actual @param {unknown} expected */
function equal(actual, expected) {
  if (actual === expected) return;
  throw new Error(`${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
}
