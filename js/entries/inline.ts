import { load } from "../load/inline.ts";
import { shareApi } from "../load/share-api.ts";

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
