// The one server that a consumer talks to. It hands out settings, takes reports, serves the consumer's site
// and passes requests on to a practice exchange, which sends no CORS headers: pages need it on their own
// origin.
import { once } from "node:events";
import { createServer } from "node:http";
import { startExchange } from "../../js/practice/exchange.ts";
import { forward, serveFile } from "./serve.js";

/** @typedef {import("../consumers/suite.js").Report} Report */
/** @typedef {import("node:http").IncomingMessage} IncomingMessage */
/** @typedef {import("node:http").ServerResponse} ServerResponse */
/** @typedef {(request: IncomingMessage, response: ServerResponse) => unknown} Handler */

/** Not in a query as they are; and beyond ASCII, which a runtime's own text encoder could get wrong. */
const IDENTIFIER = "내 주문 #1 & 🛑";
const UNKNOWN = "00000000-0000-4000-8000-000000000000";

/** One desk for one row of the matrix. */
export class Desk {
  /** @type {Report[]} */
  reports = [];
  /** @type {string[]} uuids of the orders that were handed out, to be canceled */
  #handedOut = [];
  /** @type {string[]} requests that must not have been made */
  #strayed = [];
  /** Folders that are served as a site under a strict policy. @type {string[]} */
  site = [];
  /** A server of the consumer's that gets what the desk does not answer itself. @type {string | undefined} */
  app;

  /** @param {import("../../js/practice/exchange.ts").Exchange} exchange */
  constructor(exchange) {
    this.exchange = exchange;
    this.server = createServer((request, response) => this.#answer(request, response));
    this.url = "";
  }

  static async open() {
    const desk = new Desk(await startExchange());
    desk.server.listen(0, "127.0.0.1");
    await once(desk.server, "listening");
    const { port } = /** @type {import("node:net").AddressInfo} */ (desk.server.address());
    desk.url = `http://127.0.0.1:${port}`;
    return desk;
  }

  async close() {
    this.server.close();
    this.server.closeAllConnections();
    await this.exchange.close();
  }

  /** @param {number} count */
  async reported(count) {
    while (this.reports.length < count) await once(this.server, "report");
  }

  /** What is wrong with what was seen of the consumer. @param {number} expected how many reports */
  verdict(expected) {
    const { orders, requests } = this.exchange;
    const open = this.#handedOut.filter((uuid) => orders.cancelCount(uuid) !== 1);
    const telling = ["cookie", "referer"].filter((name) => requests.some(({ headers }) => name in headers));
    return [
      ...this.reports.flatMap(({ failures }) => failures),
      ...(this.reports.length === expected ? [] : [`${this.reports.length} of ${expected} reports`]),
      ...open.map((uuid) => `not canceled: ${uuid}`),
      ...telling.map((name) => `the exchange was sent a header: ${name}`),
      ...this.#strayed.map((url) => `the redirect was followed to ${url}`),
    ];
  }

  /** @param {IncomingMessage} request @param {ServerResponse} response */
  #answer(request, response) {
    const [, first = ""] = (request.url ?? "").split(/[/?]/);
    const handler = this.#handlers[first];
    if (handler) handler(request, response);
    else if (this.app) forward(this.app, request.url ?? "/", request, response);
    else serveFile(this.site, request.url ?? "/", response);
  }

  /** @type {Record<string, Handler>} */
  #handlers = {
    settings: (_, response) => response.end(JSON.stringify(this.#settings())),
    report: async (request, response) => {
      this.reports.push(JSON.parse(Buffer.concat(await request.toArray()).toString()));
      response.end(() => this.server.emit("report"));
    },
    exchange: (request, response) => {
      forward(this.exchange.url, (request.url ?? "").replace("/exchange", ""), request, response);
    },
    silent: () => {},
    cut: (request) => request.socket.destroy(),
    elsewhere: (_, response) => response.writeHead(307, { Location: "/strayed" }).end(),
    strayed: (request, response) => {
      this.#strayed.push(request.url ?? "");
      response.end();
    },
  };

  /** @returns {import("../consumers/suite.js").Settings} */
  #settings() {
    const { orders, keys } = this.exchange;
    const first = orders.add();
    const second = orders.add();
    const third = orders.add({ identifier: `${IDENTIFIER}${this.#handedOut.length}` });
    this.#handedOut.push(first.uuid, second.uuid, third.uuid);
    return {
      options: { ...keys.trader, baseUrl: `${this.url}/exchange` },
      first: { uuid: first.uuid, price: first.price ?? "" },
      second: second.uuid,
      identifier: third.identifier ?? "",
      unknown: UNKNOWN,
      baseUrls: {
        silent: `${this.url}/silent`,
        cut: `${this.url}/cut`,
        elsewhere: `${this.url}/elsewhere`,
      },
    };
  }
}
