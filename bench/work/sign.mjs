import { measure } from "./measure.mjs";
import { client } from "./open.mjs";

/**
 * @param {string} _peer
 * @param {{ uuids: string[] }} input
 * @returns {Promise<{ wall: number, cpu: number, token: string }>} with the token for the last
 */
export default async function sign(_peer, { uuids }) {
  const signUuid = client.sign;
  if (signUuid === undefined) throw new Error("This peer cannot sign alone");
  let token = "";
  const times = await measure(uuids.length, async () => {
    for (const uuid of uuids) {
      const made = signUuid(uuid);
      token = typeof made === "string" ? made : await made;
    }
  });
  return { ...times, token };
}
