// What the command line takes from the environment: the keys, and where to send.
import type { Region } from "upbit-cancel-order";
import type { Arguments } from "./arguments.ts";
import { UsageError } from "./failure.ts";

type Environment = Record<string, string | undefined>;
type Place = { region: Region } | { baseUrl: string };

const REGIONS: readonly Region[] = ["sg", "id", "th", "kr"];

const WITHOUT_ACCOUNT = "To try it without an account: upbit-cancel-order practice";

const NO_PLACE =
  "No exchange is given: --region sg, id, th or kr (or UPBIT_REGION), or --base-url URL (or UPBIT_BASE_URL)";

/** The options of the package that every command which talks to an exchange needs. All that is missing is named at once. */
export function accountFrom(args: Arguments, env: Environment) {
  const place = placeFrom(args.one("region"), args.one("base-url"), env);
  const { UPBIT_ACCESS_KEY: accessKey, UPBIT_SECRET_KEY: secretKey } = env;
  if (place && accessKey && secretKey) return { ...place, ...checkedKeys(accessKey, secretKey) };
  const missing = [!accessKey && "UPBIT_ACCESS_KEY", !secretKey && "UPBIT_SECRET_KEY"].filter(Boolean);
  const told = place ? [] : [NO_PLACE];
  if (missing.length > 0) {
    told.push(`${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} not set in the environment`);
  }
  throw new UsageError(told.join("\n"), WITHOUT_ACCOUNT);
}

function checkedKeys(accessKey: string, secretKey: string) {
  for (const [name, key] of Object.entries({ UPBIT_ACCESS_KEY: accessKey, UPBIT_SECRET_KEY: secretKey })) {
    if (/[\r\n]/.test(key))
      throw new UsageError(`${name} has a line break in it`, "Set it to the key alone.");
  }
  return { accessKey, secretKey };
}

/** Exactly one of the two is in effect: an option, or else a variable. */
function placeFrom(region: string | undefined, baseUrl: string | undefined, env: Environment): Place | null {
  return (
    oneOf(region, baseUrl, ["--region", "--base-url"]) ??
    oneOf(env.UPBIT_REGION, env.UPBIT_BASE_URL, ["UPBIT_REGION", "UPBIT_BASE_URL"])
  );
}

function oneOf(
  region: string | undefined,
  baseUrl: string | undefined,
  names: [string, string],
): Place | null {
  if (region && baseUrl) throw new UsageError(`Only one of ${names.join(" and ")} may be given`);
  if (region && !REGIONS.includes(region as Region)) {
    throw new UsageError(`${names[0]} must be sg (Singapore), id (Indonesia), th (Thailand) or kr (Korea)`);
  }
  if (region) return { region: region as Region };
  return baseUrl ? { baseUrl } : null;
}

/** A secret that was pasted into the wrong place would be sent, or shown. */
export function refuseSecretIn(texts: Iterable<string>, secretKey: string | undefined): void {
  if (!secretKey) return;
  for (const text of texts) {
    if (!text.includes(secretKey)) continue;
    throw new UsageError("An argument or an order holds the secret key: nothing was sent");
  }
}
