import { load } from "../load/inline.js";
import { shareApi } from "../load/share-api.js";

export const { cancelOrder, cancelOrders, previewRequest, UpbitClient, UpbitError } = shareApi(load);
