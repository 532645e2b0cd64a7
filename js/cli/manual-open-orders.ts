// Manual pages of list, status and all.

const EXCHANGE = `\
    --region sg|id|th|kr, --base-url URL
            The exchange. It and the keys can come from the environment: see
            'upbit-cancel-order --help'.
`;

export const listManual = `\
NAME
    upbit-cancel-order list - list open orders

SYNOPSIS
    upbit-cancel-order list [--market MARKET]... [--side ask|bid] [--json]

DESCRIPTION
    Prints the open orders, newest first, one per line: UUID, market, side,
    amount, price, filled amount, 'scheduled' if the order waits for its time or
    price, and your identifier if there is one. On a terminal, lines are cut to
    its width. The key needs the permission View Orders.

OPTIONS
    --market MARKET
            Only orders of this market, such as SGD-BTC. Repeatable.

    --side ask|bid
            Only sell orders (ask) or buy orders (bid).

    --json  Print each order as a JSON object with Upbit's fields. The output
            can be used with --file.

${EXCHANGE}
    --help, -h
            Print this text.

EXIT STATUS
    0       The list was printed, even if it is empty.
    1       The request failed, or the list could not be written.
    2       Wrong usage or configuration.

EXAMPLES
    upbit-cancel-order list --market SGD-BTC --side bid
    upbit-cancel-order list --json | upbit-cancel-order --file -
    upbit-cancel-order list --json |
      jq -c 'select(.price != null and (.price | tonumber) > 150000)' |
      upbit-cancel-order --file -
`;

export const statusManual = `\
NAME
    upbit-cancel-order status - show the current state of orders

SYNOPSIS
    upbit-cancel-order status UUID... [--identifier ID]... [--json]

DESCRIPTION
    Looks each order up and prints one line with its details, filled amount and
    state: open, scheduled, filled or canceled. Upbit ends a market buy as
    canceled even if it was filled: check the filled amount. The key needs the
    permission View Orders.

OPTIONS
    --identifier ID
            The order with this client identifier. Repeatable.

    --json  Print each order as a JSON object with Upbit's fields, including its
            trades.

${EXCHANGE}
    --help, -h
            Print this text.

EXIT STATUS
    0       All orders were found.
    1       An order was not found, or a request failed; standard error says
            which one and why.
    2       Wrong usage or configuration.
`;

export const allManual = `\
NAME
    upbit-cancel-order all - cancel all open orders

SYNOPSIS
    upbit-cancel-order all (--market MARKET)... [--side ask|bid] [options]
    upbit-cancel-order all --side ask|bid [options]
    upbit-cancel-order all --everything [options]

DESCRIPTION
    Lists the matching open orders, shows how many there are by market and side
    and what they hold, and asks you to type their number. Then it cancels them
    and lists again until no matching order is open, at most three times. Orders
    that are placed in the meantime and scheduled orders are canceled too. The
    key needs the permissions Make Orders and View Orders.

    If no open order matches, it shows which markets have open orders.

OPTIONS
    --market MARKET
            Only orders of this market, such as SGD-BTC. Repeatable.

    --side ask|bid
            Only sell orders (ask) or buy orders (bid).

    --everything
            All orders of every market, on both sides.

    --yes   Do not ask. Required without a terminal.

    --confirm[=SECONDS]
            Wait up to this long (default 10) until each order has ended. If an
            order was filled, it is reported and the exit status is 1.

    --json  Print one JSON object per order and line, as for canceling by UUID,
            and nothing else on standard output. With more than 30 orders,
            'order' only has uuid, market and identifier, because Upbit returns
            no more for a cancellation by id.

    --dry-run
            List the orders and cancel nothing. --json works as in 'list'.

${EXCHANGE}
    --help, -h
            Print this text.

EXIT STATUS
    0       All orders were canceled and the last list was empty; or no order
            matched.
    1       Some orders were not canceled, are still open or are unknown; or you
            did not type the number.
    2       Wrong usage or configuration. Nothing was sent.
    129, 130, 143
            Stopped by SIGHUP, Ctrl-C or SIGTERM. Results are reported.

EXAMPLES
    upbit-cancel-order all --market SGD-BTC
    upbit-cancel-order all --side bid --yes --confirm
    upbit-cancel-order all --everything --dry-run
`;
