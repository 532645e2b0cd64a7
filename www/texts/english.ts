// All English texts of the page. Other languages must have the same members to compile.

const number = new Intl.NumberFormat("en").format;
const counted = (count: number, noun: string) => `${number(count)} ${noun}${count === 1 ? "" : "s"}`;

export const english = {
  language: "en",

  /** Texts of elements with `data-text`, and accessible names of elements with `data-label`. */
  page: {
    title: "Cancel orders on Upbit",
    heading: "Cancel orders",
    subheading: "on Upbit, from this computer",
    languageName: "Language",
    account: "Account",
    changeAccount: "Change account",
    region: "Region",
    accessKey: "Access key",
    secretKey: "Secret key",
    keyNote: "Keys are used only to sign. They stay in this tab’s memory until you close it.",
    usePracticeKeys: "Use practice keys",
    showOrders: "Show open orders",
    openOrders: "Open orders",
    notShown:
      "Enter your keys and click ‘Show open orders’. If you have a UUID or identifier, you can also cancel by id below.",
    market: "Market",
    side: "Side",
    all: "all",
    refresh: "Refresh",
    skipList: "Skip the list",
    selectAll: "Select all",
    price: "Price",
    remaining: "Remaining",
    filled: "Filled",
    age: "Age",
    state: "State",
    showAll: "Show all",
    removeEnded: "Remove ended",
    keyboardHint: "Arrow keys move, Space selects, Enter goes to the button below.",
    confirm: "Confirm",
    confirmNote: "wait until each order has ended",
    byId: "By id",
    oneOrder: "One order",
    uuid: "UUID",
    identifier: "Identifier",
    or: "or",
    bothNote: "If you enter both, only the UUID is sent.",
    preview: "Preview the request",
    cancelOrder: "Cancel order",
    manyOrders: "Many orders",
    orders: "Orders",
    ordersNote: "One order per line: a UUID (a # comment may follow), identifier=ID, or an order as JSON.",
    cancelListed: "Cancel all listed",
    progress: "Progress",
    stop: "Stop",
    checkAgain: "Check again",
    results: "Results",
    show: "Show",
    filterAll: "All",
    filterCanceled: "Canceled",
    filterNotCanceled: "Not canceled",
    filterUnknown: "Unknown",
    copyCsv: "Copy CSV",
    copyJson: "Copy JSON",
    clear: "Clear",
    noResults: "No results yet.",
    noneOfKind: "No matching results.",
    order: "Order",
    whatHappened: "What happened",
    when: "When",
    allFields: "All fields",
    budget: "Request budget",
    footer:
      "This page signs requests in the browser and sends them to its own server, which forwards them to Upbit. The secret key is never sent. Not an official Upbit product.",
    question: "Really cancel?",
    listed: "What will be canceled",
    previewFirst: "Preview the first request",
    goBack: "Go back",
  },

  regions: { sg: "Singapore", id: "Indonesia", th: "Thailand", kr: "Korea", practice: "Practice" },
  chooseRegion: "Choose a region",
  noRegion: "No region selected",
  practiceMode: "Practice · no real orders",
  liveMode: (region: string) => `${region} · real orders`,
  key: (ending: string) => `key …${ending}`,
  missing: {
    region: "Choose the region that issued the keys.",
    accessKey: "Enter the access key.",
    secretKey: "Enter the secret key.",
  },
  budgetLeft: (left: number, of: number, time: string) => `${left} of ${of} left at ${time}`,
  budgetFull: (of: number) => `${of} per second`,

  sides: { bid: "buy", ask: "sell" },
  types: { limit: "limit", price: "market buy", market: "market sell", best: "best limit" },
  /** The price of an order without a price. */
  atMarket: "best available",
  toSpend: (amount: string) => `${amount} to spend`,
  orderName: (market: string, side: string, price: string, remaining: string) =>
    `${market} ${side}, price ${price}, remaining ${remaining}`,
  orderWords: (amount: string, price: string) => `${amount} at ${price}`,

  loading: "Loading …",
  asOf: (time: string, open: number) => `${number(open)} open, as of ${time}`,
  stale: (time: string) => `Not up to date: the list is from ${time}.`,
  noOpenOrders: "This account has no open orders.",
  noneMatch: "No open orders match Market and Side.",
  selected: (count: number) => `${number(count)} selected`,
  nothingSelected: "Nothing selected",
  cancelSelected: (count: number) => `Cancel ${count} selected`,
  holds: (amounts: string) => `holds ${amounts}`,
  more: (count: number) => `${number(count)} more`,

  states: {
    open: "Open",
    watch: "Scheduled",
    still_open: "Still open",
    sending: "Canceling …",
    gone: "No longer open",
    canceled: "Canceled",
    accepted: "Canceled",
    filled: "Filled first",
    not_canceled: "Not canceled",
    not_sent: "Not sent",
    unknown: "Unknown",
  },
  meanings: {
    canceled: "Upbit shows that the order has ended.",
    accepted: "Upbit accepted the cancellation. The order was not looked up and may still fill.",
    filled: "The order was filled before it could be canceled.",
    still_open: "Upbit shows that the order is open.",
    not_canceled: "This request did not cancel the order.",
    not_sent: "Nothing was sent for this order. It is unchanged.",
    unknown: "The order may be canceled or still open. Check it.",
  },
  /** The state in the list, where only confirmed orders are shown as canceled. */
  acceptedState: "Accepted",
  partlyFilled: (amount: string) => `${amount} filled`,
  alreadyCanceled: (time: string) => `Already canceled ${time}`,
  earlier: (state: string, time: string) => `Earlier in this tab: ${state}, ${time}.`,

  canceling: (count: number, where: string) => `Canceling ${counted(count, "order")} · ${where}`,
  checking: (count: number, where: string) => `Checking ${counted(count, "order")} · ${where}`,
  stopping: "Stopping …",
  doneOf: (done: number, total: number) => `${number(done)} of ${number(total)}`,
  timeLeft: (time: string) => `about ${time} left`,
  finished: (summary: string) => `Done: ${summary}`,
  stopped: (summary: string) => `Stopped: ${summary}`,
  summary: {
    canceled: (count: number) => `${number(count)} canceled`,
    filled: (count: number) => `${number(count)} filled first`,
    still_open: (count: number) => `${number(count)} still open`,
    not_canceled: (count: number) => `${number(count)} not canceled`,
    not_sent: (count: number) => `${number(count)} not sent`,
    unknown: (count: number) => `${number(count)} unknown`,
  },
  checkAll: (count: number) => `Check ${counted(count, "order")} again`,
  requestsSent: (count: number) => `${counted(count, "request")} sent`,
  wait: (time: string) => `wait ${time}`,
  copied: (count: number, format: string) => `Copied ${counted(count, "result")} as ${format}.`,
  copyRefused: "The browser did not allow copying.",

  intentOne: (where: string) => `Cancels this order at once · ${where}`,
  intentMany: (count: number, where: string) =>
    `Cancels ${counted(count, "order")} · ${where}. You will be asked first.`,
  orderCount: (count: number) => counted(count, "order"),
  repeatedLines: (count: number) => `${counted(count, "duplicate line")} skipped`,
  badLines: (count: number) => counted(count, "invalid line"),
  badLine: (line: number) => `Line ${line}`,
  listNothing: "Enter at least one order: a UUID or identifier=ID.",
  nameNothing: "Enter the UUID or identifier of the order.",
  lines: {
    not_an_order: "neither a UUID nor identifier=ID",
    text_after_uuid: "only a # comment can follow a UUID",
    json_without_uuid: "the JSON object has no uuid with a UUID",
    empty_identifier: "the identifier is empty",
    not_utf8: "the identifier is not UTF-8 text",
  },

  question: (count: number) => `Cancel ${counted(count, "order")}?`,
  yes: (count: number) => `Cancel ${count} order${count === 1 ? "" : "s"}`,
  facts: {
    where: "Where",
    key: "Access key",
    sides: "Buy or sell",
    markets: "Markets",
    holds: "Holds",
    time: "Time",
    leftOut: "Skipped",
  },
  keyEnding: (ending: string) => `ends with ${ending}`,
  buysAndSells: (buys: number, sells: number, unknown: number) =>
    [
      buys && counted(buys, "buy"),
      sells && counted(sells, "sell"),
      unknown && `${number(unknown)} not in the list of open orders`,
    ]
      .filter(Boolean)
      .join(" · "),
  aboutTime: (time: string) => `about ${time}`,

  previewIncomplete: "To see the request, choose a region, enter the keys and enter an order.",
  previewRequest: "Request",
  previewPassedOn: "Forwarded to",
  previewToken: "Token claims",
  previewNote: "Every request has a new nonce. The secret key signs the token and is not part of it.",

  fields: {
    uuid: "UUID",
    identifier: "Identifier",
    market: "Market",
    side: "Side",
    ord_type: "Order type",
    state: "State",
    created_at: "Placed",
    price: "Price",
    volume: "Volume",
    remaining_volume: "Remaining volume",
    executed_volume: "Executed volume",
    trades_count: "Trades",
    locked: "Locked",
    reserved_fee: "Reserved fee",
    remaining_fee: "Remaining fee",
    paid_fee: "Paid fee",
    time_in_force: "Time in force",
    smp_type: "Self-match prevention",
    prevented_volume: "Prevented volume",
    prevented_locked: "Prevented locked",
  },

  /** Reasons of failures, and what the user can do. */
  reasons: {
    order_not_found: [
      "Order not found: this key has no such open order.",
      "Check the UUID or identifier, the region and the account. The order may already be filled or canceled.",
    ],
    lost_then_refused: [
      "The response was lost, and the retry was refused.",
      "The first request may have canceled the order. Check it.",
    ],
    bad_id: ["Upbit does not accept this UUID or identifier.", "Check it."],
    not_a_uuid: ["This is not a UUID.", "A UUID has 32 hexadecimal digits in groups of 8-4-4-4-12."],
    changed_on_the_way: [
      "The request that Upbit received is not the one that was signed.",
      "A proxy between this computer and Upbit changes requests. Use another network.",
    ],
    wrong_secret: [
      "The secret key does not belong to the access key.",
      "Copy the complete secret key of this access key again.",
    ],
    wrong_access_key: [
      "Upbit does not know this access key.",
      "Check the access key and the region. A key only works in the region that issued it.",
    ],
    expired_key: ["This key has expired.", "Create a new key at Upbit."],
    address_not_allowed: [
      "This IP address is not on the key’s list.",
      "Add your IP address to the key’s list at Upbit.",
    ],
    cannot_cancel: [
      "This key cannot cancel orders.",
      "Give it the permission [Make Orders] at Upbit, or use another key.",
    ],
    cannot_list: [
      "This key cannot list orders.",
      "You can still cancel by id below, or give the key the permission [View Orders] at Upbit.",
    ],
    agreement: ["Upbit requires you to accept an agreement first.", "Accept it on Upbit’s site."],
    market_offline: ["The market is under maintenance.", "Try again after the maintenance."],
    nonce_used: [
      "Upbit has already received this request.",
      "The first request may have canceled the order. Check it.",
    ],
    refused: ["Upbit refused the request.", "See the code below. Upbit’s documentation explains the codes."],
    key_refused: [
      "Upbit refused the keys.",
      "Check both keys, their permissions, their IP addresses and the region.",
    ],
    rate_limited: [
      "Rate limit reached: other programs also use this account.",
      "Wait a moment and try again.",
    ],
    blocked: [
      "Upbit has temporarily blocked this account or IP address.",
      "Send nothing until the block ends. Every further request prolongs it.",
    ],
    server: [
      "The exchange had an error.",
      "Check the order before you try again. It may have been canceled.",
    ],
    read_failed: ["The exchange had an error.", "Try again in a moment."],
    not_reached: [
      "This computer cannot connect to the exchange. Nothing was sent.",
      "Check the network and try again.",
    ],
    no_connection: [
      "No connection to the exchange.",
      "Check that the dashboard is running in its terminal and that the network works. Then try again.",
    ],
    held_back: [
      "Not sent, because Upbit does not accept more requests at the moment.",
      "Wait, then try again.",
    ],
    connection_lost: [
      "The connection was lost.",
      "Check that the dashboard is running in its terminal and that the network works. Then check the order.",
    ],
    timeout: [
      "Timeout: the response did not arrive in time.",
      "Check the order before you try again. The request may have arrived.",
    ],
    stopped: [
      "Stopped while a request was in flight.",
      "The request may have canceled the order. Check it again under Results.",
    ],
    not_sent: ["Stopped before the request was sent.", "The order is unchanged."],
    redirect: [
      "The response was a redirect, which Upbit does not send.",
      "This may not be Upbit. Check the network, then check the order.",
    ],
    bad_response: ["The response could not be read.", "Check the order. The response may be from a proxy."],
    filled: ["The order was filled before it could be canceled.", "There is nothing left to cancel."],
    still_open: ["Upbit shows that the order is open.", "Cancel it again."],
    unconfirmed: ["Upbit did not show in time how the order ended.", "Check it again under Results."],
    unconfirmed_no_look: [
      "The cancellation could not be confirmed, because this key cannot look up orders.",
      "Give the key the permission [View Orders] at Upbit, or check your open orders there.",
    ],
    bad_key_text: [
      "The keys contain invalid characters.",
      "Copy them again, without spaces and line breaks.",
    ],
    wasm: [
      "The page cannot start its signing code (WebAssembly).",
      "A browser setting or extension blocks it. Allow WebAssembly for this page, or use another browser.",
    ],
    page_failed: [
      "The page had an internal error.",
      "Reload it. If it was canceling orders, check your open orders first.",
    ],
  } satisfies Record<string, [why: string, advice: string]>,
};

export type Texts = Widened<typeof english>;

/** The same structure with other texts. */
type Widened<T> = T extends string
  ? string
  : T extends (...args: infer A) => unknown
    ? (...args: A) => string
    : { [K in keyof T]: Widened<T[K]> };
