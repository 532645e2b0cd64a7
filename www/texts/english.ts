// Every text of the page in English. The other languages have the same members, or they do not compile.

const number = new Intl.NumberFormat("en").format;
const counted = (count: number, noun: string) => `${number(count)} ${noun}${count === 1 ? "" : "s"}`;

export const english = {
  language: "en",

  /** Of elements with `data-text`, and accessible names of those with `data-label`. */
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
    keyNote: "Keys stay in this tab’s memory and are gone when it closes. They only sign.",
    usePracticeKeys: "Use practice keys",
    showOrders: "Show open orders",
    openOrders: "Open orders",
    notShown:
      "Enter the keys, then show the open orders. With a UUID or identifier you can cancel without the list: see below.",
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
    confirmNote: "look each order up until it has ended",
    byId: "By id",
    oneOrder: "One order",
    uuid: "UUID",
    identifier: "Identifier",
    or: "or",
    bothNote: "With both, Upbit goes by the UUID; only that is sent.",
    preview: "Preview the request",
    cancelOrder: "Cancel order",
    manyOrders: "Many orders",
    orders: "Orders",
    ordersNote: "One a line: a UUID, which a # comment may follow, identifier=ID, or an order as JSON.",
    cancelListed: "Cancel all listed",
    progress: "Progress",
    stop: "Stop",
    checkAgain: "Check again",
    results: "Results",
    show: "Show",
    filterAll: "All",
    filterCanceled: "Canceled",
    filterNotCanceled: "Not canceled",
    filterUnknown: "Not known",
    copyCsv: "Copy CSV",
    copyJson: "Copy JSON",
    clear: "Clear",
    noResults: "No results yet. What becomes of each order will be told here.",
    noneOfKind: "None of the results is of this kind.",
    order: "Order",
    whatHappened: "What happened",
    when: "When",
    allFields: "All fields",
    budget: "Request budget",
    footer:
      "This page signs in the browser and sends to its own address only, which passes the signed request on to Upbit. The secret key is never sent. Not a product of Upbit.",
    question: "Really cancel?",
    listed: "What will be canceled",
    previewFirst: "Preview the first request",
    goBack: "Go back",
  },

  regions: { sg: "Singapore", id: "Indonesia", th: "Thailand", kr: "Korea", practice: "Practice" },
  chooseRegion: "Choose a region",
  noRegion: "No region chosen",
  practiceMode: "Practice · no real orders",
  liveMode: (region: string) => `${region} · real orders`,
  key: (ending: string) => `key …${ending}`,
  missing: {
    region: "Choose the region that issued the keys.",
    accessKey: "Enter the access key.",
    secretKey: "Enter the secret key that was issued with it.",
  },
  budgetLeft: (left: number, of: number, time: string) => `${left} of ${of} left at ${time}`,
  budgetFull: (of: number) => `${of} a second`,

  sides: { bid: "buy", ask: "sell" },
  types: { limit: "limit", price: "market buy", market: "market sell", best: "best limit" },
  /** Of an order without a price. */
  atMarket: "best available",
  toSpend: (amount: string) => `${amount} to spend`,
  orderName: (market: string, side: string, price: string, remaining: string) =>
    `${market} ${side}, price ${price}, remaining ${remaining}`,
  orderWords: (amount: string, price: string) => `${amount} at ${price}`,

  loading: "Asking Upbit …",
  asOf: (time: string, open: number) => `${number(open)} open, as of ${time}`,
  stale: (time: string) => `Not up to date: the list is from ${time}.`,
  noOpenOrders: "This account has no open orders.",
  noneMatch: "No open order matches Market and Side.",
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
    unknown: "Not known",
  },
  meanings: {
    canceled: "Upbit shows it as ended.",
    accepted: "Accepted by Upbit and not looked up. Until it takes effect, the order may still fill.",
    filled: "It was filled before it could be canceled.",
    still_open: "Upbit shows it as open.",
    not_canceled: "It is as it was, as far as this call knows.",
    not_sent: "Nothing was sent for this order. It is as it was.",
    unknown: "The order may be canceled, or it may still be open. Check it.",
  },
  /** In the list, where only what is proven reads as canceled. */
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
    unknown: (count: number) => `${number(count)} not known`,
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
  repeatedLines: (count: number) => `${counted(count, "repeated line")} left out`,
  badLines: (count: number) => `${counted(count, "line")} cannot be read`,
  badLine: (line: number) => `Line ${line}`,
  listNothing: "List at least one order: a UUID, or identifier=ID.",
  nameNothing: "Enter the UUID or the identifier of the order.",
  lines: {
    not_an_order: "neither a UUID nor identifier=ID",
    text_after_uuid: "only a comment with # can follow a UUID",
    json_without_uuid: "a JSON object needs a member uuid with a UUID",
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
    leftOut: "Left out",
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

  previewIncomplete: "Choose a region, enter the keys and name an order to see it.",
  previewRequest: "Request",
  previewPassedOn: "Passed on to",
  previewToken: "What the token says",
  previewNote: "The nonce is a new one in every request. The secret key signs the token and is not in it.",

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

  /** Why something failed, and what the user can do. */
  reasons: {
    order_not_found: [
      "Upbit finds no such open order for this key.",
      "Check the UUID or identifier, the region and the account: the order may be filled or canceled already.",
    ],
    lost_then_refused: [
      "An answer was lost, and the request that repeated it was refused.",
      "The first may well have canceled the order: check it.",
    ],
    bad_id: ["Upbit could not make sense of this UUID or identifier.", "Check it."],
    not_a_uuid: ["This is no UUID.", "A UUID has 32 hexadecimal digits in groups of 8-4-4-4-12."],
    changed_on_the_way: [
      "Upbit says that the request is not the one that was signed.",
      "Something between this computer and Upbit changes requests: use another network.",
    ],
    wrong_secret: [
      "The secret key does not fit the access key.",
      "Copy the secret key again, whole: it is the one that was issued with this access key.",
    ],
    wrong_access_key: [
      "Upbit does not know this access key.",
      "Check the access key and the region: a key works only in the region that issued it.",
    ],
    expired_key: ["This key has expired.", "Issue a new key at Upbit."],
    address_not_allowed: [
      "This key may not be used from this IP address.",
      "Add the address that you send from to the key’s list at Upbit.",
    ],
    cannot_cancel: [
      "This key may not cancel orders.",
      "Give it the permission [Make Orders] at Upbit, or use another key.",
    ],
    cannot_list: [
      "This key may not list orders.",
      "Everything else works: cancel below with a UUID or identifier, or give the key the permission [View Orders] at Upbit.",
    ],
    agreement: ["Upbit asks for an agreement first.", "Accept it on Upbit’s site."],
    market_offline: ["The market is under maintenance.", "Try again when it is back."],
    nonce_used: [
      "Upbit says that it has seen this request before.",
      "The first may have canceled the order: check it.",
    ],
    refused: [
      "Upbit refused the request.",
      "The code below says why; Upbit’s documentation lists the codes.",
    ],
    key_refused: [
      "The keys were refused.",
      "Check both keys, their permissions, their IP list and the region.",
    ],
    rate_limited: [
      "Too many requests: other programs use this account’s limit, too.",
      "Wait a moment and try again.",
    ],
    blocked: [
      "Upbit has blocked this account or address for a while.",
      "Send nothing until the time is over: every further request prolongs it.",
    ],
    server: [
      "The exchange did not answer properly.",
      "Check the order before you try again: it may have been canceled.",
    ],
    read_failed: ["The exchange did not answer properly.", "Try again in a moment."],
    not_reached: [
      "The exchange cannot be reached from this computer. Nothing was sent.",
      "Check the network and try again.",
    ],
    no_connection: [
      "There is no connection to the exchange.",
      "See whether the dashboard still runs in its terminal and whether there is a network. Then try again.",
    ],
    held_back: [
      "Not sent: Upbit takes no more requests for now.",
      "Wait until the time is over, then try again.",
    ],
    connection_lost: [
      "The connection was lost.",
      "See whether the dashboard still runs in its terminal and whether there is a network. Then check the order.",
    ],
    timeout: [
      "No answer came in time.",
      "Check the order before you try again: the request may have arrived.",
    ],
    stopped: [
      "Stopped while a request was under way.",
      "The request may have taken effect: check the order again under Results.",
    ],
    not_sent: ["Stopped before its turn. Nothing was sent.", "It is as it was."],
    redirect: [
      "The answer was a redirect, and Upbit sends none.",
      "This may not be Upbit: check the network, then check the order.",
    ],
    bad_response: [
      "The answer could not be understood.",
      "Check the order: a proxy or an error may have made the answer.",
    ],
    filled: ["The order was filled before it could be canceled.", "Nothing is left to cancel."],
    still_open: ["Upbit shows the order as open.", "Cancel it again."],
    unconfirmed: ["Upbit did not show in time how the order ended.", "Check it again under Results."],
    unconfirmed_no_look: [
      "The cancellation could not be confirmed: this key may not look up orders.",
      "Give it the permission [View Orders] at Upbit, or look at your open orders there.",
    ],
    bad_key_text: [
      "The keys cannot be used as they are.",
      "Copy them again: a key has no spaces or line breaks in it.",
    ],
    wasm: [
      "The page cannot start its signing code (WebAssembly).",
      "A setting or an extension of the browser forbids it. Allow WebAssembly for this page, or use another browser.",
    ],
    page_failed: [
      "The page met an error of its own.",
      "Reload it. If it was canceling, check your open orders first.",
    ],
  } satisfies Record<string, [why: string, advice: string]>,
};

export type Texts = Widened<typeof english>;

/** Another text may stand in each place. */
type Widened<T> = T extends string
  ? string
  : T extends (...args: infer A) => unknown
    ? (...args: A) => string
    : { [K in keyof T]: Widened<T[K]> };
