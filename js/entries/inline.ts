import { load } from "../load/inline.ts";
import { shareApi } from "../load/share-api.ts";

export const { cancelOrder, cancelOrders, previewRequest, UpbitClient, UpbitError } = shareApi(load);
