import module from "./core.wasm";
import { instantiate } from "../load/instantiate.js";
import { shareApi } from "../load/share-api.js";

const load = () => instantiate(module);

export const { cancelOrder, cancelOrders, previewRequest, UpbitClient, UpbitError } = shareApi(load);
