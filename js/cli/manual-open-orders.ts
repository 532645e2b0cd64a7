// Manual pages of the commands for open orders.

const PLACE = `\
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
    Prints the open orders, the newest first, one a line, which begins with the
    uuid: market, side, amount, price and what was filled of it; 'scheduled' for
    one that waits for its time or price; your identifier, if it has one. On a
    terminal, lines are cut at its width. The key needs the permission to view
    orders.

OPTIONS
    --market MARKET
            Orders of this market, such as SGD-BTC. Can be given many times.

    --side ask|bid
            Sell orders (ask) or buy orders (bid) only.

    --json  Print each order as a JSON object with the fields that Upbit sends.
            The lines can be given to --file.

${PLACE}
    --help, -h
            Print this text.

EXIT STATUS
    0       Listed, even if no order is open.
    1       The exchange could not be asked, or the list not be written.
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
    upbit-cancel-order status - tell what an order is now

SYNOPSIS
    upbit-cancel-order status UUID... [--identifier ID]... [--json]

DESCRIPTION
    Looks each order up and prints a line for it: what it is, what was filled of
    it, and its state: open, scheduled, filled or canceled. Upbit ends a buy at
    the market's price as canceled even when it was filled: look at what was
    filled. The key needs the permission to view orders.

OPTIONS
    --identifier ID
            The order with this identifier of yours. Can be given many times.

    --json  Print each order as a JSON object with the fields that Upbit sends,
            its trades included.

${PLACE}
    --help, -h
            Print this text.

EXIT STATUS
    0       All orders were found.
    1       One was not, or the exchange could not be asked; standard error says
            which, and why.
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
    Lists the open orders that are meant, shows how many there are by market and
    side and what they hold, and asks for their number to be typed. Then it
    cancels them, and whatever else the same words name by then, and lists again
    until no such order is open, at most three times. Scheduled orders are
    canceled too. The key needs the permissions to make and to view orders.

    If nothing is meant by what was given, it says which markets have open
    orders.

OPTIONS
    --market MARKET
            Orders of this market, such as SGD-BTC. Can be given many times.

    --side ask|bid
            Sell orders (ask) or buy orders (bid) only.

    --everything
            Orders of every market, on both sides.

    --yes   Do not ask. Without a terminal nobody can be asked: then --yes is
            needed.

    --confirm[=SECONDS]
            Wait up to so many seconds (default 10) until Upbit shows each order
            ended. One that was filled meanwhile is told, and makes the exit
            status 1.

    --json  Print one JSON object a line for every order, as cancelling by UUID
            does, and nothing else on standard output. With more than 30 orders,
            'order' has no more than uuid, market and identifier: it is what
            Upbit tells of a cancellation by ids.

    --dry-run
            List the orders, and cancel nothing. With --json as 'list --json'.

${PLACE}
    --help, -h
            Print this text.

EXIT STATUS
    0       All were canceled, and the last list held none of them; or no such
            order was open.
    1       Some were not, some are still open, or it is not known; or the
            number was not typed.
    2       Wrong usage or configuration. Nothing was sent.
    129, 130, 143
            Stopped by SIGHUP, Ctrl-C, SIGTERM; what was done is reported.

EXAMPLES
    upbit-cancel-order all --market SGD-BTC
    upbit-cancel-order all --side bid --yes --confirm
    upbit-cancel-order all --everything --dry-run
`;
