import { connect } from "node:net";

/**
 * Sends bytes, whatever they are, and reads what comes until the server ends the connection.
 * @param {number} port
 * @param {string | Buffer} bytes
 * @param {"write" | "end"} [how] to end our side of the connection too, for servers that would wait for more
 * @returns {Promise<string>}
 */
export function sendRaw(port, bytes, how = "write") {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    socket.setEncoding("latin1").on("data", (chunk) => (text += chunk));
    // A server that has heard enough may reset the connection while bytes are still on their way.
    socket.on("error", () => {}).on("close", () => resolve(text));
    socket[how](bytes);
  });
}
