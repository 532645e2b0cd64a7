// A server component.
import * as api from "upbit-cancel-order";
import { runSuite } from "../suite.js";

/** @param {{ searchParams: Promise<{ desk: string }> }} properties */
export default async function Page({ searchParams }) {
  const { desk } = await searchParams;
  return JSON.stringify(await runSuite(api, desk));
}
