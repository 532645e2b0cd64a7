// Manual pages, at most 80 columns wide: canceling by UUID, and the commands that need no account.

export const cancelManual = `\
NAME
    upbit-cancel-order - cancel orders on Upbit

SYNOPSIS
    upbit-cancel-order [options] UUID...
    upbit-cancel-order [options] --identifier ID
    upbit-cancel-order [options] --file PATH
    upbit-cancel-order COMMAND [options]

DESCRIPTION
    Cancels the given orders, named by UUID or by your own identifier, and
    reports the result of each. All orders are checked before the first request
    is sent. An order that is given twice is sent once. Requests keep to Upbit's
    limit of 30 per second, and temporary failures are retried.

    If an order was not canceled, the result is one of:

    not canceled    This command did not cancel the order.
    UNKNOWN         A request may have reached Upbit, but the response was lost.
                    Check your open orders.

COMMANDS
    list        List open orders.
    status      Show the current state of orders.
    all         Cancel all open orders of a market, of a side, or everything.
    guard       Run a command, and cancel all open orders if it fails.
    practice    Start a local practice exchange. No account needed.
    dashboard   Start a local web page to cancel orders.
    completion  Print shell completions.

    For the manual page of a command: upbit-cancel-order COMMAND --help

OPTIONS
    --identifier ID
            Cancel the order with this client identifier. Repeatable.

    --file PATH
            Cancel the orders in a file, one per line: a UUID, identifier=ID, or
            a JSON object with a uuid, as printed by 'list --json'. Blank lines
            and lines that start with # are skipped. After a UUID, a space and #
            start a comment. Lines end with LF, CRLF or CR. "-" is standard
            input. The file must be UTF-8 and at most 10 MiB. Repeatable.

    --region sg|id|th|kr
            The exchange that issued the keys: Singapore, Indonesia, Thailand or
            Korea. There is no default.

    --base-url URL
            Send to this URL instead of a region, for example to a relay or the
            practice exchange: an https: URL, or an http: URL on this machine.

    --each  Send one request per order. By default, more than 30 orders are
            canceled by id, 20 per request. That is faster, but then Upbit
            returns only uuid, market and identifier of a canceled order.

    --confirm[=SECONDS]
            Upbit's response to a cancellation means 'accepted': the order can
            still fill. Wait up to this long (default 10) until each order has
            ended. An order that was filled is 'not canceled', an order that has
            not ended is UNKNOWN. The key needs the permission View Orders.

    --json  Print one JSON object per order and line:
            {"ok":true,"request":{...},"order":{...}}, or
            {"ok":false,"request":{...},"error":{...}}. The error has kind,
            outcome ("not_canceled" or "unknown"), status, code, message, hint,
            retryAfterMs and attempts; with --confirm also the order, if it was
            found.

    --dry-run
            Print what would be sent (method, URL and token claims, without the
            signature) and send nothing. With --json, one object per request.

    --help, -h
            Print this text.

    --version
            Print the version.

    --      All following arguments are UUIDs, even if they look like options.

ENVIRONMENT
    UPBIT_ACCESS_KEY, UPBIT_SECRET_KEY
            The keys, with the permission Make Orders. They cannot be given as
            arguments.

    UPBIT_REGION, UPBIT_BASE_URL
            Defaults for --region and --base-url. Either option overrides both.

    NO_COLOR
            If set and not empty: no colors.

OUTPUT
    Results go to standard output in the given order, each as soon as it is
    final. Everything else goes to standard error, including a progress bar if
    it is a terminal. Control characters are printed as \\uXXXX.

    Ctrl-C (SIGINT), SIGTERM, SIGHUP (a closed terminal) and a closed pipe stop
    the command: it sends nothing more, waits up to 1.5 seconds for responses,
    and reports every order. A second Ctrl-C prints what is known and exits at
    once.

EXIT STATUS
    0       All orders were canceled.
    1       Some orders were not canceled, or their result is unknown; each one
            is reported. Or the results could not be written.
    2       Wrong usage or configuration. Nothing was sent.
    129     Stopped by SIGHUP.
    130     Stopped by Ctrl-C.
    143     Stopped by SIGTERM.

EXAMPLES
    export UPBIT_ACCESS_KEY=... UPBIT_SECRET_KEY=... UPBIT_REGION=sg

    upbit-cancel-order cdd92199-2897-4e14-9448-f923320408ad
    upbit-cancel-order --identifier my-order-1 --identifier my-order-2
    upbit-cancel-order --file orders.txt --json > results.jsonl
    upbit-cancel-order --dry-run --file - < orders.txt
    upbit-cancel-order list --json --side bid | head -20 |
      upbit-cancel-order --file -

SEE ALSO
    https://global-docs.upbit.com/reference/order-cancel
    https://global-docs.upbit.com/reference/cancel-orders-by-ids
`;

export const practiceManual = `\
NAME
    upbit-cancel-order practice - start a local practice exchange

SYNOPSIS
    upbit-cancel-order practice [--port PORT] [--orders N] [--json]

DESCRIPTION
    Starts a local exchange that follows Upbit's rules, including the rate
    limit. It needs no account. It has open orders and four keys: one can cancel
    and look up orders, one can only look up, one can only cancel, and one has
    expired. It prints its URL, keys and orders, and runs until Ctrl-C.

OPTIONS
    --port PORT
            Port on 127.0.0.1. Default 8788; 0 picks a free port.

    --orders N
            Add N open orders in several markets.

    --json  When ready, print one line of JSON with url, keys and orders.

    --help, -h
            Print this text.

EXIT STATUS
    0       Stopped by Ctrl-C or SIGTERM.
    2       Wrong usage, or the port is in use.

EXAMPLE
    upbit-cancel-order practice

    In another terminal, after setting the three variables that it prints:

    upbit-cancel-order cdd92199-2897-4e14-9448-f923320408ad
`;

export const dashboardManual = `\
NAME
    upbit-cancel-order dashboard - start a local web page to cancel orders

SYNOPSIS
    upbit-cancel-order dashboard [--port PORT] [--practice [--orders N]]

DESCRIPTION
    Serves a web page on this machine, prints its URL and runs until Ctrl-C. The
    page signs requests in the browser, so the secret key never leaves it. This
    command forwards the signed requests to Upbit.

OPTIONS
    --port PORT
            Port on 127.0.0.1. Default 8787; 0 picks a free port.

    --practice
            Also start a practice exchange, and select it on the page.

    --orders N
            Add N open orders to the practice exchange.

    --help, -h
            Print this text.

EXIT STATUS
    0       Stopped by Ctrl-C or SIGTERM.
    2       Wrong usage, or the port is in use.
`;

export const completionManual = `\
NAME
    upbit-cancel-order completion - print shell completions

SYNOPSIS
    upbit-cancel-order completion bash|zsh|fish

DESCRIPTION
    Prints a completion script for commands, options and their values.

    bash    In ~/.bashrc: eval "$(upbit-cancel-order completion bash)"
    zsh     upbit-cancel-order completion zsh > FOLDER/_upbit-cancel-order
            where FOLDER is in $fpath.
    fish    upbit-cancel-order completion fish >
              ~/.config/fish/completions/upbit-cancel-order.fish

EXIT STATUS
    0       Done.
    2       Wrong usage.
`;
