// What ends the command before, or instead of, any result.
import { UsageError } from "./usage-error.ts";

const NAME = "upbit-cancel-order";

/** What the fields of the package's options are called here. @type {Record<string, string>} */
const SPOKEN = {
  accessKey: "UPBIT_ACCESS_KEY",
  secretKey: "UPBIT_SECRET_KEY",
  region: "the region",
  baseUrl: "the base URL",
};

/**
 * @param {unknown} error
 * @param {import("./output.ts").Output} output
 * @returns {number} exit status
 */
export function tellFailure(error, output) {
  if (error instanceof UsageError) {
    output.note(`${NAME}: ${error.message}\n${error.advice}`);
    return 2;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (isInvalidOption(error)) {
    output.note(`${NAME}: ${message.replace(/`(\w+)`/g, (field, name) => SPOKEN[name] ?? field)}`);
    return 2;
  }
  output.note(`${NAME}: this should not happen, please report it: ${message}`);
  return 1;
}

/** @param {unknown} error the package's own class would have to be loaded to be asked */
function isInvalidOption(error) {
  return error instanceof Error && "kind" in error && error.kind === "invalid_request";
}
