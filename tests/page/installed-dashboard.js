// The dashboard and the practice exchange as users have them: of the installed package.

export const folder = new URL("../../target/consumer/node_modules/upbit-cancel-order/", import.meta.url);

/** @type {Pick<typeof import("../../js/dashboard/command.ts"), "startDashboard">} */
export const { startDashboard } = await import(new URL("dashboard.js", folder).href);

/** @type {Pick<typeof import("../../js/practice/exchange.ts"), "startExchange">} */
export const { startExchange } = await import(new URL("practice.js", folder).href);
