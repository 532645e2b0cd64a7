// `practice` and `dashboard`, the commands that listen on a port. Each is a separate file in the package and loaded on demand.
import type { Arguments } from "./arguments.ts";
import { UsageError } from "./failure.ts";

/** More would overload a browser page and a terminal. */
const MOST_ORDERS = 100_000;

export async function practice(args: Arguments): Promise<number> {
  args.refuseOperands();
  const { port, orders } = portAndOrders(args, 8788);
  const { runPractice } = await import("../practice/command.ts");
  await runPractice({ port, orders, json: args.has("json"), stdout: process.stdout }).catch(asUsageError);
  return 0;
}

export async function dashboard(args: Arguments): Promise<number> {
  args.refuseOperands();
  const { port, orders } = portAndOrders(args, 8787);
  const practice = args.has("practice");
  if (args.has("orders") && !practice) throw new UsageError("Option '--orders' needs --practice");
  const { runDashboard } = await import("../dashboard/command.ts");
  const { stdout, stderr } = process;
  await runDashboard({ port, practice, exchangeOptions: { orders }, stdout, stderr }).catch(asUsageError);
  return 0;
}

function portAndOrders(args: Arguments, usualPort: number) {
  return {
    port: args.wholeNumber("port", 65_535, usualPort),
    orders: args.wholeNumber("orders", MOST_ORDERS, 0),
  };
}

/** Both commands fail only if they cannot start. */
function asUsageError({ message }: Error): never {
  throw new UsageError(message);
}
