import { load } from "../load/inline-compressed.js";
import { shareApi } from "../load/share-api.js";

export const { cancelOrder, cancelOrders, previewRequest, UpbitClient, UpbitError } = shareApi(load);
