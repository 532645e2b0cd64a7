// Being written.
export { startExchange } from "./exchange.js";
