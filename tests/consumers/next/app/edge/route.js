import * as api from "upbit-cancel-order";
import { runSuite } from "../../suite.js";

export const runtime = "edge";

/** @param {Request} request */
export async function GET(request) {
  return Response.json(await runSuite(api, new URL(request.url).searchParams.get("desk") ?? ""));
}
