import module from "./core.wasm";
import { instantiate } from "../load/instantiate.js";
import { createApi } from "../api.js";
export { UpbitError } from "../upbit-error.js";

export const { cancelOrder, cancelOrders, previewRequest, UpbitClient } = createApi(() => instantiate(module));
