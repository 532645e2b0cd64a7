import { instantiate } from "../load/instantiate.ts";
import { shareApi } from "../load/share-api.ts";
import module from "./core.wasm";

const load = () => instantiate(module);

export const {
  cancelAllOrders,
  cancelByIds,
  cancelOpen,
  cancelOrder,
  cancelOrders,
  getOrder,
  listOpenOrders,
  previewRequest,
  UpbitClient,
  UpbitError,
} = shareApi(load);
