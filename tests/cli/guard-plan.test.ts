// What the guard decides, on a clock that is made up.
import assert from "node:assert/strict";
import { test } from "node:test";
import { HeartbeatMonitor } from "../../js/cli/guard/heartbeat.ts";
import { type End, Plan, type Round } from "../../js/cli/guard/plan.ts";

const WELL: End = { status: 0, signal: null };
const ILL: End = { status: 3, signal: null };

const NOTHING: Round = { found: 0, clean: true, retryAfterMs: null };
const SOME: Round = { found: 3, clean: true, retryAfterMs: null };
const FAILED: Round = { found: 0, clean: false, retryAfterMs: null };

/** Events by their times, and what each round comes to. */
interface Story {
  always?: boolean;
  lostAt?: number;
  ends?: [number, End];
  /** Ends the command this long after a signal, if that ends it. */
  endsAfter?: Partial<Record<"SIGTERM" | "SIGKILL", number>>;
  round?: (began: number, count: number) => Round;
  roundTakes?: number;
}

/** What the guard did, in words with times. */
function told({
  always = false,
  lostAt,
  ends,
  endsAfter = {},
  round = () => NOTHING,
  roundTakes = 100,
}: Story): string[] {
  const plan = new Plan(always);
  const events: { at: number; happen: (now: number) => void }[] = [];
  const add = (at: number, happen: (now: number) => void) => events.push({ at, happen });
  let ended = false;
  const end = (at: number, how: End) =>
    add(at, (now) => {
      if (!ended) plan.commandEnded(now, how);
      ended = true;
    });
  if (lostAt !== undefined) add(lostAt, (now) => plan.heartbeatLost(now));
  if (ends) end(...ends);
  const story: string[] = [];
  let now = 0;
  let rounds = 0;
  for (let steps = 0; steps < 1000; steps += 1) {
    const step = plan.next(now);
    if (step.do === "end") return [...story, `${now} end ${step.clean ? "clean" : "open"}`];
    if (step.do === "signal") {
      story.push(`${now} ${step.signal}`);
      const after = endsAfter[step.signal];
      if (after !== undefined) end(now + after, { status: 143, signal: step.signal });
    }
    if (step.do === "cancel") {
      story.push(`${now} cancel`);
      const began = now;
      const outcome = round(began, rounds);
      rounds += 1;
      add(now + roundTakes, (at) => plan.roundEnded(at, outcome, began));
    }
    if (step.do !== "wait") continue;
    events.sort((a, b) => a.at - b.at);
    const next = events[0];
    assert.ok(next || step.until < Number.POSITIVE_INFINITY, "it waits for nothing");
    if (next && next.at <= step.until) {
      now = next.at;
      events.shift();
      next.happen(now);
    } else {
      assert.ok(step.until > now, "it waits for the past");
      now = step.until;
    }
  }
  throw new Error("it does not end");
}

test("a command that succeeds: nothing is canceled", () => {
  assert.deepEqual(told({ ends: [50, WELL] }), ["50 end clean"]);
});

test("a command that fails, or any end with --always: cancel, check 2 s later, end", () => {
  for (const story of [{ ends: [50, ILL] }, { ends: [50, WELL], always: true }] as Story[]) {
    assert.deepEqual(told(story), ["50 cancel", "2150 cancel", "2250 end clean"]);
  }
});

test("heartbeat lost: SIGTERM and cancel at once, cancel again after the end, check 2 s later", () => {
  assert.deepEqual(told({ lostAt: 1000, endsAfter: { SIGTERM: 700 } }), [
    "1000 SIGTERM",
    "1000 cancel",
    "1700 cancel",
    "3800 cancel",
    "3900 end clean",
  ]);
});

test("SIGKILL comes 5 s after SIGTERM, even during a round", () => {
  const story = { lostAt: 0, endsAfter: { SIGKILL: 10 }, roundTakes: 7000 };
  assert.deepEqual(told(story), [
    "0 SIGTERM",
    "0 cancel",
    "5000 SIGKILL",
    "7000 cancel",
    "16000 cancel",
    "23000 end clean",
  ]);
});

test("a command that ends in the middle of a round is followed by another round", () => {
  assert.deepEqual(
    told({ lostAt: 0, endsAfter: { SIGTERM: 50 }, round: () => SOME, roundTakes: 100 }).slice(0, 3),
    ["0 SIGTERM", "0 cancel", "100 cancel"],
  );
});

test("a check that finds orders is repeated", () => {
  const round = (_: number, count: number) => (count < 2 ? SOME : NOTHING);
  assert.deepEqual(told({ ends: [0, ILL], round }), [
    "0 cancel",
    "2100 cancel",
    "4200 cancel",
    "4300 end clean",
  ]);
});

test("an unreachable exchange is retried with growing pauses, for a minute after the end", () => {
  const story = told({ ends: [1000, ILL], round: () => FAILED });
  assert.deepEqual(story.slice(0, 5), [
    "1000 cancel",
    "1350 cancel",
    "1950 cancel",
    "3050 cancel",
    "5150 cancel",
  ]);
  assert.match(story.at(-1) ?? "", /^6[01]\d{3} end open$/);
  assert.ok(story.length > 25);
});

test("an exchange that responds after 59 s is still checked once more", () => {
  const round = (began: number) => (began < 58_000 ? FAILED : began < 60_000 ? SOME : NOTHING);
  const story = told({ ends: [0, ILL], round });
  assert.match(story.at(-1) ?? "", /^6\d{4} end clean$/);
});

test("orders that keep appearing: it gives up after a minute and says so", () => {
  assert.match(told({ ends: [0, ILL], round: () => SOME }).at(-1) ?? "", /^6\d{4} end open$/);
});

test("the guard waits as long as the exchange asks", () => {
  const round = (_: number, count: number) => (count === 0 ? { ...FAILED, retryAfterMs: 9000 } : NOTHING);
  assert.deepEqual(told({ ends: [0, ILL], round }).slice(0, 2), ["0 cancel", "9100 cancel"]);
});

test("a command that cannot be stopped: it gives up after a minute", () => {
  const story = told({ lostAt: 0, round: () => SOME });
  assert.deepEqual(story, ["0 SIGTERM", "0 cancel", "5000 SIGKILL", "60000 end open"]);
});

test("a round that never ends does not block the guard", () => {
  assert.deepEqual(told({ ends: [0, ILL], roundTakes: 1e9 }), ["0 cancel", "62000 end open"]);
});

test("a heartbeat that is lost after the end, or twice, has no effect", () => {
  assert.deepEqual(told({ ends: [0, ILL], lostAt: 50 }), ["0 cancel", "2100 cancel", "2200 end clean"]);
});

const at = (...times: number[]) => times;

test("any change of the modification time is a heartbeat", () => {
  for (const first of [null, 5n, 9_999_999_999_000_000_000n]) {
    const monitor = new HeartbeatMonitor(2000, 0, first);
    assert.deepEqual(
      at(500, 1000, 1500, 1999, 2000).map((now) => monitor.check(now, first)),
      [false, false, false, false, true],
    );
  }
  const monitor = new HeartbeatMonitor(2000, 0, 100n);
  // Touched, touched with an earlier time, gone and back as it was.
  assert.equal(monitor.check(1900, 200n), false);
  assert.equal(monitor.check(3800, 50n), false);
  assert.equal(monitor.check(5000, null), false);
  assert.equal(monitor.check(5900, 50n), true);
});

test("time in which the guard itself did not run does not count", () => {
  const monitor = new HeartbeatMonitor(10_000, 0, 100n);
  assert.equal(monitor.check(3_600_000, 100n), false);
  assert.equal(monitor.check(3_601_000, 200n), false);
  let now = 3_601_000;
  const lost = () => {
    now += 500;
    return monitor.check(now, 200n);
  };
  for (let count = 0; count < 19; count += 1) assert.equal(lost(), false);
  assert.equal(lost(), true);
});
