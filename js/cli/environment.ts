// What the command line takes from the environment: the keys, and where to send.
import { UsageError } from "./usage-error.ts";

/** @typedef {Record<string, string | undefined>} Environment */

const WITHOUT_ACCOUNT = "To try it without an account: upbit-cancel-order practice";

/**
 * @param {Environment} env
 * @returns {{ accessKey: string, secretKey: string }}
 */
export function keysFrom({ UPBIT_ACCESS_KEY: accessKey, UPBIT_SECRET_KEY: secretKey }) {
  if (accessKey && secretKey) return { accessKey, secretKey };
  const missing = [!accessKey && "UPBIT_ACCESS_KEY", !secretKey && "UPBIT_SECRET_KEY"].filter(Boolean);
  const verb = missing.length > 1 ? "are" : "is";
  throw new UsageError(`${missing.join(" and ")} ${verb} not set`, WITHOUT_ACCOUNT);
}

/**
 * Exactly one of the two is in effect: an option, or else a variable.
 * @param {{ region: string | undefined, baseUrl: string | undefined }} given
 * @param {Environment} env
 * @returns {{ region: import("upbit-cancel-order").Region } | { baseUrl: string }}
 */
export function placeFrom(given, env) {
  const fromOptions = oneOf(given.region, given.baseUrl, "--region and --base-url");
  const place = fromOptions ?? oneOf(env.UPBIT_REGION, env.UPBIT_BASE_URL, "UPBIT_REGION and UPBIT_BASE_URL");
  if (place) return place;
  throw new UsageError("Say which exchange: --region sg, id, th or kr (or UPBIT_REGION)", WITHOUT_ACCOUNT);
}

/**
 * @param {string | undefined} region
 * @param {string | undefined} baseUrl
 * @param {string} names
 */
function oneOf(region, baseUrl, names) {
  if (region && baseUrl) throw new UsageError(`Only one of ${names} may be given`);
  // The package checks which regions there are.
  if (region) return { region: /** @type {import("upbit-cancel-order").Region} */ (region) };
  return baseUrl ? { baseUrl } : null;
}

/**
 * A secret that was pasted into the wrong place would be sent, or shown.
 * @param {Iterable<string>} texts
 * @param {string | undefined} secretKey
 */
export function refuseSecretIn(texts, secretKey) {
  if (!secretKey) return;
  for (const text of texts) {
    if (!text.includes(secretKey)) continue;
    throw new UsageError("An argument or an order holds the secret key: nothing was sent");
  }
}
