// What would be sent.

/** @typedef {import("upbit-cancel-order").OrderRef} OrderRef */
/** @typedef {import("upbit-cancel-order").RequestPreview} RequestPreview */

/**
 * @param {OrderRef[]} orders
 * @param {import("upbit-cancel-order").ClientOptions} options
 * @param {boolean} json
 * @returns {Promise<string>}
 */
export async function previewText(orders, options, json) {
  const { previewRequest } = await import("upbit-cancel-order");
  const previews = orders.map(async (request) => {
    const preview = await previewRequest(request, options);
    return json ? JSON.stringify({ request, ...preview }) : words(preview);
  });
  return `${(await Promise.all(previews)).join("\n")}\n`;
}

/** @param {RequestPreview} preview */
function words({ method, url, claims }) {
  const lines = Object.entries(claims).map(([name, value]) => `    ${name.padEnd(14)}  ${value}`);
  return [`${method} ${url}`, ...lines].join("\n");
}
