// `guard` while the exchange is unreachable.
import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Context, guard, lastLine, openIn } from "./guard-run.ts";
import { exchangeFor } from "./run-cli.js";

/** Passes connections on to an exchange, unless it is down: then it refuses them, or takes them and says nothing. */
class Line {
  #sockets = new Set<Socket>();
  #silent = false;
  #server = createServer((socket) => this.#take(socket));
  #to: number;
  port = 0;

  constructor(to: number) {
    this.#to = to;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  async open() {
    this.#server.listen(this.port, "127.0.0.1");
    await once(this.#server, "listening");
    this.port = (this.#server.address() as AddressInfo).port;
  }

  refuse() {
    this.#server.close();
    this.#cut();
  }

  silence() {
    this.#silent = true;
    this.#cut();
  }

  async restore() {
    this.#silent = false;
    this.#cut();
    if (!this.#server.listening) await this.open();
  }

  #take(socket: Socket) {
    this.#sockets.add(socket.on("error", () => {}));
    if (this.#silent) return;
    const far = connect(this.#to, "127.0.0.1").on("error", () => {});
    this.#sockets.add(far);
    socket.pipe(far).pipe(socket);
  }

  #cut() {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }
}

async function lineTo(t: Context, port: number) {
  const line = new Line(port);
  await line.open();
  t.after(() => line.refuse());
  return line;
}

// They wait nearly all of their time, so they run at once.
describe("guard while the exchange is unreachable", { concurrency: true }, () => {
  for (const how of ["refuse", "silence"] as const) {
    test(`the exchange is unreachable for 20 s when the guard needs it (${how}): it keeps trying`, async (t) => {
      const exchange = await exchangeFor(t);
      const line = await lineTo(t, exchange.port);
      const run = guard(line, "echo ready; sleep 0.2; exit 6");
      await run.shows("stdout", "ready");
      line[how]();
      await run.shows("stderr", "trying again: ");
      await sleep(20_000);
      assert.equal(openIn(exchange, "SGD-BTC"), 2);
      await line.restore();
      const { status, stderr } = await run.end();
      assert.equal(status, 6);
      assert.match(lastLine(stderr), /2 orders canceled, none left open$/);
    });
  }

  test("the guard reports when the exchange stops responding and when it responds again", async (t) => {
    const exchange = await exchangeFor(t);
    const line = await lineTo(t, exchange.port);
    const run = guard(line, "echo ready; read line", [], { keepInput: true });
    await run.shows("stdout", "ready");
    line.refuse();
    await run.shows("stderr", "the exchange does not respond: ");
    await line.restore();
    await run.shows("stderr", "the exchange responds again");
    run.child.stdin.end("\n");
    assert.equal((await run.end()).status, 0);
  });
});
