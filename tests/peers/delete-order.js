/**
 * The request of those who bring nothing but a token.
 * @param {string} baseUrl
 * @param {string} query
 * @param {string} token
 */
export async function deleteOrder(baseUrl, query, token) {
  const response = await fetch(`${baseUrl}/v1/order?${query}`, {
    method: "DELETE",
    headers: { Authorization: `Bearer ${token}`, Accept: "application/json" },
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${response.status} ${answer.error.name}`);
  return answer;
}
