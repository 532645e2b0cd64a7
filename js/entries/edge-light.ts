import module from "./core.wasm?module";
import { instantiate } from "../load/instantiate.ts";
import { shareApi } from "../load/share-api.ts";

const load = () => instantiate(module);

export const { cancelOrder, cancelOrders, previewRequest, UpbitClient, UpbitError } = shareApi(load);
