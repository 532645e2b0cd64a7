// What the command line takes from the environment: the keys, and where to send.
import type { Region } from "upbit-cancel-order";
import type { Arguments } from "./arguments.ts";
import { UsageError } from "./failure.ts";

type Environment = Record<string, string | undefined>;
type Place = { region: Region } | { baseUrl: string };

const WITHOUT_ACCOUNT = "To try it without an account: upbit-cancel-order practice";

/** The options of the package that every command which talks to an exchange needs. */
export function accountFrom(args: Arguments, env: Environment) {
  return { ...placeFrom(args.one("region"), args.one("base-url"), env), ...keysFrom(env) };
}

function keysFrom({ UPBIT_ACCESS_KEY: accessKey, UPBIT_SECRET_KEY: secretKey }: Environment) {
  const missing = [!accessKey && "UPBIT_ACCESS_KEY", !secretKey && "UPBIT_SECRET_KEY"].filter(Boolean);
  if (!accessKey || !secretKey) {
    const verb = missing.length > 1 ? "are" : "is";
    throw new UsageError(`${missing.join(" and ")} ${verb} not set`, WITHOUT_ACCOUNT);
  }
  for (const [name, key] of Object.entries({ UPBIT_ACCESS_KEY: accessKey, UPBIT_SECRET_KEY: secretKey })) {
    if (/[\r\n]/.test(key))
      throw new UsageError(`${name} has a line break in it`, "Set it to the key alone.");
  }
  return { accessKey, secretKey };
}

/** Exactly one of the two is in effect: an option, or else a variable. */
function placeFrom(region: string | undefined, baseUrl: string | undefined, env: Environment): Place {
  const place =
    oneOf(region, baseUrl, "--region and --base-url") ??
    oneOf(env.UPBIT_REGION, env.UPBIT_BASE_URL, "UPBIT_REGION and UPBIT_BASE_URL");
  if (place) return place;
  throw new UsageError("Say which exchange: --region sg, id, th or kr (or UPBIT_REGION)", WITHOUT_ACCOUNT);
}

function oneOf(region: string | undefined, baseUrl: string | undefined, names: string): Place | null {
  if (region && baseUrl) throw new UsageError(`Only one of ${names} may be given`);
  // The package checks which regions there are.
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
