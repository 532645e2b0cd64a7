import { fetchClient } from "./fetch-client.mjs";
import { signer } from "./hand-written.mjs";

/** The same with a time limit, which ours has too. @type {import("./peers.mjs").Open} */
export const open = ({ baseUrl, accounts: [keys] }) =>
  fetchClient(baseUrl, signer(keys), () => ({ signal: AbortSignal.timeout(10_000) }));
