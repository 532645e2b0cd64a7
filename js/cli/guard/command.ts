// `guard`: runs a command, and cancels the open orders of a filter when it ends badly.
import type { Arguments } from "../arguments.ts";
import { accountFrom } from "../environment.ts";
import { errorText, isUpbitError, UsageError } from "../failure.ts";
import { cancelFilterFrom, filterText } from "../order-filter.ts";
import { GuardedCommand } from "./guarded-command.ts";
import { GuardedOrders } from "./guarded-orders.ts";
import { type HeartbeatFile, modificationTime, watchHeartbeat } from "./heartbeat.ts";
import { type End, Plan } from "./plan.ts";
import { Speech } from "./speech.ts";

/** A timer cannot be set for longer. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

export async function guard(args: Arguments): Promise<number> {
  const { program, its } = programFrom(args);
  const filter = cancelFilterFrom(args);
  const heartbeat = heartbeatFrom(args);
  const options = accountFrom(args, process.env);
  const { UpbitClient } = await import("upbit-cancel-order");
  const speech = new Speech();
  const orders = new GuardedOrders(new UpbitClient(options), filter, speech);
  const open = await orders.list().catch(cannotGuard);
  // A misspelt market shows here, and not when the command has died.
  speech.say(`guarding ${filter.everything ? "all orders" : filterText(filter)}: ${open.length} open now`);
  const modified = heartbeat && (await modificationTime(heartbeat.path));
  // Whatever goes wrong from here on, the guard lives.
  process.on("uncaughtException", (error) =>
    speech.say(`this should not happen, please report it: ${error.message}`),
  );
  const command = new GuardedCommand(program, its);
  await command.started;
  orders.stayWarm(open[0]);
  const plan = new Plan(args.has("always"));
  const alarm = new Alarm();
  let end: End | null = null;
  void command.ended.then((theEnd) => {
    end = theEnd;
    plan.commandEnded(performance.now(), theEnd);
    alarm.ring();
  });
  let lost = "";
  if (heartbeat) {
    watchHeartbeat(heartbeat, modified, () => {
      lost = `${heartbeat.path} was not touched for ${heartbeat.withinMs / 1000} s, and `;
      plan.heartbeatLost(performance.now());
      alarm.ring();
    });
  }
  const clean = await carryOut(plan, command, orders, alarm);
  speech.say(`${lost}${endText(end)}: ${orders.left(clean)}`);
  await speech.said;
  process.exit(clean ? (end as End | null)?.status : 1);
}

function programFrom(args: Arguments): { program: string; its: string[] } {
  const [program, ...its] = (args.rest ?? []).map(({ value }) => value);
  if (args.given.some(({ option }) => option === ""))
    throw new UsageError("The command to guard stands behind --");
  if (program) return { program, its };
  throw new UsageError("Say which command to guard: upbit-cancel-order guard ... -- COMMAND");
}

function heartbeatFrom(args: Arguments): HeartbeatFile | null {
  const path = args.one("heartbeat");
  const withinMs = args.milliseconds("within");
  if (path === undefined && withinMs === undefined) return null;
  if (path && withinMs !== undefined) return { path, withinMs };
  throw new UsageError("--heartbeat FILE and --within SECONDS go together");
}

function cannotGuard(error: unknown): never {
  const why = isUpbitError(error) ? errorText(error) : String(error);
  throw new UsageError(`the open orders cannot be listed, so the command was not started: ${why}`, "");
}

/** Does what the plan says. @returns Whether no order of the filter is open. */
async function carryOut(
  plan: Plan,
  command: GuardedCommand,
  orders: GuardedOrders,
  alarm: Alarm,
): Promise<boolean> {
  for (;;) {
    const now = performance.now();
    const step = plan.next(now);
    if (step.do === "end") return step.clean;
    if (step.do === "signal") command.signal(step.signal);
    if (step.do === "wait") await alarm.wait(step.until - now);
    if (step.do === "cancel") {
      void orders.cancelAll(step.forMs).then((round) => {
        plan.roundEnded(performance.now(), round, now);
        alarm.ring();
      });
    }
  }
}

function endText(end: End | null): string {
  if (end === null) return "the command could not be ended";
  return end.signal === null
    ? `the command ended with status ${end.status}`
    : `the command was ended by ${end.signal}`;
}

/** Wakes the one who waits, at a time or when something happens. */
class Alarm {
  #wake: () => void = () => {};

  ring(): void {
    this.#wake();
  }

  async wait(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, Math.min(ms, LONGEST_WAIT_MS));
    });
    clearTimeout(timer);
  }
}
