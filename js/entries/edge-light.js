import module from "./core.wasm?module";
import { instantiate } from "../load/instantiate.js";
import { createApi } from "../api.js";
export { UpbitError } from "../upbit-error.js";

export const { cancelOrder, cancelOrders, previewRequest, UpbitClient } = createApi(() => instantiate(module));
