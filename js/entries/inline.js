import { load } from "../load/inline.js";
import { createApi } from "../api.js";
export { UpbitError } from "../upbit-error.js";

export const { cancelOrder, cancelOrders, previewRequest, UpbitClient } = createApi(load);
