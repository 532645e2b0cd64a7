// `practice` and `dashboard`: what listens on a port until it is stopped. Each is a file of its own in the package, and loaded only
// when it is asked for.
import type { Arguments } from "./arguments.ts";
import { UsageError } from "./failure.ts";

/** A page of a browser, and a terminal, bear no more. */
const MOST_ORDERS = 100_000;

export async function practice(args: Arguments): Promise<number> {
  args.refuseOperands();
  const { port, orders } = numbersFrom(args, 8788);
  const { runPractice } = await import("../practice/command.ts");
  await runPractice({ port, orders, json: args.has("json"), stdout: process.stdout }).catch(asConfiguration);
  return 0;
}

export async function dashboard(args: Arguments): Promise<number> {
  args.refuseOperands();
  const { port, orders } = numbersFrom(args, 8787);
  const practice = args.has("practice");
  if (args.has("orders") && !practice) throw new UsageError("Option '--orders' needs --practice");
  const { runDashboard } = await import("../dashboard/command.ts");
  const { stdout, stderr } = process;
  await runDashboard({ port, practice, exchangeOptions: { orders }, stdout, stderr }).catch(asConfiguration);
  return 0;
}

function numbersFrom(args: Arguments, usualPort: number) {
  return {
    port: args.wholeNumber("port", 65_535, usualPort),
    orders: args.wholeNumber("orders", MOST_ORDERS, 0),
  };
}

/** Both fail only if they cannot start, and say why in words. */
function asConfiguration({ message }: Error): never {
  throw new UsageError(message);
}
