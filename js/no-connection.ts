/** Codes of Node's TLS for a certificate that it refused before anything was sent. */
const REFUSED_CERTIFICATE = new Set([
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/**
 * Whether an error of `fetch` proves that no connection was made. Node and those who follow it tell in the error's
 * cause, which holds one error for each address that was tried; a browser tells nothing.
 *
 * @param {unknown} error
 */
export function provesNoConnection(error) {
  const cause = member(error, "cause");
  const tried = member(cause, "errors");
  return Array.isArray(tried) ? tried.length > 0 && tried.every(failedToConnect) : failedToConnect(cause);
}

/** @param {unknown} cause */
function failedToConnect(cause) {
  const [syscall, code] = [member(cause, "syscall"), member(cause, "code")];
  const connecting = syscall === "connect" || syscall === "getaddrinfo" || code === "UND_ERR_CONNECT_TIMEOUT";
  return connecting || REFUSED_CERTIFICATE.has(String(code));
}

/** Its own: what a page adds to the prototype of all objects proves nothing. @param {unknown} value @param {string} name */
function member(value, name) {
  const object = Object(value);
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
