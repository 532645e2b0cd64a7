// What the server says when the page opens.

/** @typedef {{ accessKey: string, secretKey: string, orders: string[] }} Practice uuids of what is open */

/** @returns {Promise<Practice | null>} null: there is no exchange to practice with */
export async function loadPractice() {
  const response = await fetch("/session.json");
  const { practice } = await response.json();
  return practice;
}
