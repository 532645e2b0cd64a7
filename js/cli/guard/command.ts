// `guard`: runs a command, and cancels matching open orders if it fails.
import type { Arguments } from "../arguments.ts";
import { accountFrom } from "../environment.ts";
import { errorText, isUpbitError, UsageError } from "../failure.ts";
import { cancelFilterFrom, filterText } from "../order-filter.ts";
import { GuardLog } from "./guard-log.ts";
import { GuardedCommand } from "./guarded-command.ts";
import { GuardedOrders } from "./guarded-orders.ts";
import { type HeartbeatFile, modificationTime, watchHeartbeat } from "./heartbeat.ts";
import { type End, Plan } from "./plan.ts";

/** The longest time of a timer. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

export async function guard(args: Arguments): Promise<number> {
  const { program, programArgs } = programFrom(args);
  const filter = cancelFilterFrom(args);
  const heartbeat = heartbeatFrom(args);
  const options = accountFrom(args, process.env);
  const { UpbitClient } = await import("upbit-cancel-order");
  const log = new GuardLog();
  const orders = new GuardedOrders(new UpbitClient(options), filter, log);
  const open = await orders.list().catch(cannotStart);
  // Lets the user notice a misspelt market before the command fails.
  log.write(`guarding ${filter.everything ? "all orders" : filterText(filter)}: ${open.length} open now`);
  const modified = heartbeat && (await modificationTime(heartbeat.path));
  // From here on, no error may end the guard.
  process.on("uncaughtException", (error) =>
    log.write(`unexpected error, please report it: ${error.message}`),
  );
  const command = new GuardedCommand(program, programArgs);
  await command.started;
  orders.keepConnected(open[0]);
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
  log.write(`${lost}${endText(end)}: ${orders.summary(clean)}`);
  await log.written;
  process.exit(clean ? (end as End | null)?.status : 1);
}

function programFrom(args: Arguments): { program: string; programArgs: string[] } {
  const [program, ...programArgs] = (args.rest ?? []).map(({ value }) => value);
  if (args.given.some(({ option }) => option === ""))
    throw new UsageError("Write the command to guard after --");
  if (program) return { program, programArgs };
  throw new UsageError("No command to guard: use upbit-cancel-order guard ... -- COMMAND");
}

function heartbeatFrom(args: Arguments): HeartbeatFile | null {
  const path = args.one("heartbeat");
  const withinMs = args.milliseconds("within");
  if (path === undefined && withinMs === undefined) return null;
  if (path && withinMs !== undefined) return { path, withinMs };
  throw new UsageError("--heartbeat FILE and --within SECONDS go together");
}

function cannotStart(error: unknown): never {
  const why = isUpbitError(error) ? errorText(error) : String(error);
  throw new UsageError(`the open orders cannot be listed, so the command was not started: ${why}`, "");
}

/** Carries out the plan. @returns Whether no matching order is open. */
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
  if (end === null) return "the command could not be stopped";
  return end.signal === null
    ? `the command ended with status ${end.status}`
    : `the command was ended by ${end.signal}`;
}

/** Ends a wait, after a time or when `ring` is called. */
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
