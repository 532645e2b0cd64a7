// The manual. Kept to 80 columns, as terminals are.

export const cancelHelp = `\
NAME
    upbit-cancel-order - cancel orders on Upbit

SYNOPSIS
    upbit-cancel-order [options] UUID...
    upbit-cancel-order [options] --identifier ID
    upbit-cancel-order [options] --file PATH
    upbit-cancel-order practice [--port PORT] [--json]
    upbit-cancel-order dashboard [--port PORT] [--practice]

DESCRIPTION
    Cancels the orders that are named, by UUID or by the identifier that you
    gave them, and says of each what became of it. All orders are checked before
    the first is sent; one that is named twice is sent once. Requests keep to
    Upbit's limit of 30 a second; what fails in passing is tried again.

    A failed cancellation has one of two outcomes:

    not canceled    Nothing that was sent has canceled the order: as far as
                    this command knows, it is as it was.
    UNKNOWN         A request may have reached Upbit, and its answer is not
                    known. Look at your open orders.

OPTIONS
    --identifier ID
            Cancel the order with this identifier. Can be given many times.

    --file PATH
            Cancel the orders of a file, one a line: a UUID, or identifier=ID.
            Blank lines and lines that begin with # are skipped, spaces at the
            ends of a line too. "-" is standard input. The text is UTF-8.

    --region sg|id|th|kr
            The exchange that issued the keys: Singapore, Indonesia, Thailand or
            Korea. There is no default.

    --base-url URL
            Where to send instead of a region: an https: URL, or an http: one on
            this machine, such as that of the practice exchange.

    --json  Print one JSON object a line for every order:
            {"ok":true,"request":{...},"order":{...}}, or
            {"ok":false,"request":{...},"error":{...}} where the error has kind,
            outcome ("not_canceled" or "unknown"), status, code, message, hint,
            retryAfterMs and attempts.

    --dry-run
            Print what would be sent (method, URL and the claims of the token,
            without signature) and send nothing. With --json one object a line.

    --help, -h
            Print this text.

    --version
            Print the version.

    --      What follows are UUIDs, even if it looks like an option.

COMMANDS
    practice
            Start a local exchange to try everything on, without an account.
    dashboard
            Start a page to cancel orders from a browser.

    'upbit-cancel-order practice --help' and 'upbit-cancel-order dashboard
    --help' tell more.

ENVIRONMENT
    UPBIT_ACCESS_KEY, UPBIT_SECRET_KEY
            The key pair. It needs the permission to make orders. Keys are never
            taken from arguments.

    UPBIT_REGION, UPBIT_BASE_URL
            What --region or --base-url would say. Either option goes before
            both variables.

    NO_COLOR
            No colors, if it is set and not empty.

OUTPUT
    Results go to standard output, in the order given, each as soon as it is
    final. Everything else goes to standard error; so does a progress bar for
    more than one order if standard error is a terminal.

    Ctrl-C (SIGINT), SIGTERM and a closed pipe stop the sending. Requests under
    way get 1.5 seconds for their answers, every order is reported, and the
    command ends. A second Ctrl-C ends it at once.

EXIT STATUS
    0       All orders were canceled.
    1       Some were not; each is reported with its outcome.
    2       Wrong usage or configuration. Nothing was sent.
    130     Stopped by Ctrl-C.
    143     Stopped by SIGTERM.

EXAMPLES
    export UPBIT_ACCESS_KEY=... UPBIT_SECRET_KEY=... UPBIT_REGION=sg

    upbit-cancel-order cdd92199-2897-4e14-9448-f923320408ad
    upbit-cancel-order --identifier my-order-1 --identifier my-order-2
    upbit-cancel-order --file orders.txt --json > results.jsonl
    upbit-cancel-order --dry-run --file - < orders.txt

SEE ALSO
    https://global-docs.upbit.com/reference/order-cancel
`;

export const practiceHelp = `\
NAME
    upbit-cancel-order practice - a local exchange to try everything on

SYNOPSIS
    upbit-cancel-order practice [--port PORT] [--json]

DESCRIPTION
    Starts a stand-in for Upbit on this machine, with open orders and three keys:
    one that may cancel, one without the permission, one expired. It goes by
    Upbit's rules, the limit of 30 requests a second included, and needs no
    account. It prints its URL, its keys and its orders, and runs until Ctrl-C.

OPTIONS
    --port PORT
            Where to listen on 127.0.0.1. Default 8788; 0 picks a free port.

    --json  Print one line of JSON when it is ready, with url, keys and orders.

    --help, -h
            Print this text.

EXIT STATUS
    0       Stopped by Ctrl-C or SIGTERM.
    2       Wrong usage, or the port is taken.

EXAMPLE
    upbit-cancel-order practice

    and in another terminal, with the keys that it prints:

    upbit-cancel-order --base-url http://127.0.0.1:8788 \\
      cdd92199-2897-4e14-9448-f923320408ad
`;

export const dashboardHelp = `\
NAME
    upbit-cancel-order dashboard - cancel orders from a browser

SYNOPSIS
    upbit-cancel-order dashboard [--port PORT] [--practice]

DESCRIPTION
    Serves a page on this machine, prints its URL and runs until Ctrl-C. The
    page signs requests in the browser: the secret key does not leave it, and
    only signed requests pass through this command to Upbit.

OPTIONS
    --port PORT
            Where to listen on 127.0.0.1. Default 8787; 0 picks a free port.

    --practice
            Start a practice exchange too, and choose it on the page.

    --help, -h
            Print this text.

EXIT STATUS
    0       Stopped by Ctrl-C or SIGTERM.
    2       Wrong usage, or the port is taken.
`;
