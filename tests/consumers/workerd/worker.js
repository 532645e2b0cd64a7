import * as api from "upbit-cancel-order";
import { runSuite } from "./suite.js";

export default {
  /** @param {Request} request */
  async fetch(request) {
    return Response.json(await runSuite(api, new URL(request.url).searchParams.get("desk") ?? ""));
  },
};
