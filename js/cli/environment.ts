// Reads keys and exchange from the environment.
import type { Region } from "upbit-cancel-order";
import type { Arguments } from "./arguments.ts";
import { REGIONS } from "./commands.ts";
import { UsageError } from "./failure.ts";

type Environment = Record<string, string | undefined>;
type Exchange = { region: Region } | { baseUrl: string };

const PRACTICE_ADVICE = "To try it without an account: upbit-cancel-order practice";

const NO_EXCHANGE =
  "No exchange given: use --region sg, id, th or kr (or UPBIT_REGION), or --base-url URL (or UPBIT_BASE_URL)";

/** The client options from arguments and environment. Reports everything that is missing at once. */
export function accountFrom(args: Arguments, env: Environment) {
  const exchange = exchangeFrom(args.one("region"), args.one("base-url"), env);
  const { UPBIT_ACCESS_KEY: accessKey, UPBIT_SECRET_KEY: secretKey } = env;
  if (exchange && accessKey && secretKey) return { ...exchange, ...checkedKeys(accessKey, secretKey) };
  const missing = [!accessKey && "UPBIT_ACCESS_KEY", !secretKey && "UPBIT_SECRET_KEY"].filter(Boolean);
  const problems = exchange ? [] : [NO_EXCHANGE];
  if (missing.length > 0) {
    problems.push(`${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} not set in the environment`);
  }
  throw new UsageError(problems.join("\n"), PRACTICE_ADVICE);
}

function checkedKeys(accessKey: string, secretKey: string) {
  for (const [name, key] of Object.entries({ UPBIT_ACCESS_KEY: accessKey, UPBIT_SECRET_KEY: secretKey })) {
    if (/[\r\n]/.test(key)) throw new UsageError(`${name} contains a line break`, "Set it to the key only.");
  }
  return { accessKey, secretKey };
}

/** Options override variables. */
function exchangeFrom(
  region: string | undefined,
  baseUrl: string | undefined,
  env: Environment,
): Exchange | null {
  return (
    exclusive(region, baseUrl, ["--region", "--base-url"]) ??
    exclusive(env.UPBIT_REGION, env.UPBIT_BASE_URL, ["UPBIT_REGION", "UPBIT_BASE_URL"])
  );
}

function exclusive(
  region: string | undefined,
  baseUrl: string | undefined,
  names: [string, string],
): Exchange | null {
  if (region && baseUrl) throw new UsageError(`Use only one of ${names.join(" and ")}`);
  if (region && !REGIONS.includes(region as Region)) {
    throw new UsageError(`${names[0]} must be sg (Singapore), id (Indonesia), th (Thailand) or kr (Korea)`);
  }
  if (region) return { region: region as Region };
  return baseUrl ? { baseUrl } : null;
}

/** A secret that was pasted in the wrong place would be sent or printed. */
export function refuseSecretIn(texts: Iterable<string>, secretKey: string | undefined): void {
  if (!secretKey) return;
  for (const text of texts) {
    if (!text.includes(secretKey)) continue;
    throw new UsageError("An argument or an order contains the secret key: nothing was sent");
  }
}
