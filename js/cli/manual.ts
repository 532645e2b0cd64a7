// Manual pages, kept to 80 columns as terminals are: of cancelling by UUID, and of the commands that need no account.

export const cancelManual = `\
NAME
    upbit-cancel-order - cancel orders on Upbit

SYNOPSIS
    upbit-cancel-order [options] UUID...
    upbit-cancel-order [options] --identifier ID
    upbit-cancel-order [options] --file PATH
    upbit-cancel-order COMMAND [options]

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

COMMANDS
    list        List open orders.
    status      Tell what an order is now.
    all         Cancel all open orders of a market, a side, or of everything.
    guard       Run a command, and cancel all open orders when it fails.
    practice    Start a local exchange to try everything on, without an account.
    dashboard   Start a page to cancel orders from a browser.
    completion  Print completions for a shell.

    'upbit-cancel-order COMMAND --help' is a manual page for each.

OPTIONS
    --identifier ID
            Cancel the order with this identifier. Can be given many times.

    --file PATH
            Cancel the orders of a file, one a line: a UUID, or identifier=ID,
            or a JSON object with a uuid, as 'list --json' prints them. Blank
            lines and lines that begin with # are skipped; behind a UUID, a
            space and # begin a comment. Lines end with LF, CRLF or CR. "-" is
            standard input. The text is UTF-8, at most 10 MiB.

    --region sg|id|th|kr
            The exchange that issued the keys: Singapore, Indonesia, Thailand or
            Korea. There is no default.

    --base-url URL
            Where to send instead of a region: an https: URL, or an http: one on
            this machine, such as that of the practice exchange.

    --each  One request for each order. Without it, more than 30 orders are
            canceled by ids, 20 a request: faster, but of an order that was
            canceled Upbit then tells no more than uuid, market and identifier.

    --confirm[=SECONDS]
            Upbit's answer to a cancellation means 'accepted': the order can
            still fill. Wait up to so many seconds (default 10) until Upbit
            shows each order ended. One that was filled is 'not canceled', one
            that has not ended is UNKNOWN. The key needs the permission to view
            orders.

    --json  Print one JSON object a line for every order:
            {"ok":true,"request":{...},"order":{...}}, or
            {"ok":false,"request":{...},"error":{...}} where the error has kind,
            outcome ("not_canceled" or "unknown"), status, code, message, hint,
            retryAfterMs and attempts; with --confirm the order, too, if it was
            seen.

    --dry-run
            Print what would be sent (method, URL and the claims of the token,
            without signature) and send nothing. With --json one object for
            each request.

    --help, -h
            Print this text.

    --version
            Print the version.

    --      What follows are UUIDs, even if it looks like an option.

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
    final. Everything else goes to standard error; so does a moving line with
    what is awaited if standard error is a terminal. Characters that could steer
    the terminal are shown as \\uXXXX.

    Ctrl-C (SIGINT), SIGTERM, SIGHUP (a closed terminal) and a closed pipe stop
    the sending. Requests under way get 1.5 seconds for their answers, every
    order is reported, and the command ends. A second Ctrl-C prints what is
    known and ends it at once.

EXIT STATUS
    0       All orders were canceled.
    1       Some were not; each is reported with its outcome. Or the results
            could not be written.
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
    upbit-cancel-order practice - a local exchange to try everything on

SYNOPSIS
    upbit-cancel-order practice [--port PORT] [--orders N] [--json]

DESCRIPTION
    Starts a stand-in for Upbit on this machine, with open orders and four keys:
    one that may cancel and look, one that may only look, one that may only
    cancel, one that is expired. It goes by Upbit's rules, the limit of 30
    requests a second included, and needs no account. It prints its URL, its
    keys and its orders, and runs until Ctrl-C.

OPTIONS
    --port PORT
            Where to listen on 127.0.0.1. Default 8788; 0 picks a free port.

    --orders N
            Start with N open orders more, in several markets.

    --json  Print one line of JSON when it is ready, with url, keys and orders.

    --help, -h
            Print this text.

EXIT STATUS
    0       Stopped by Ctrl-C or SIGTERM.
    2       Wrong usage, or the port is taken.

EXAMPLE
    upbit-cancel-order practice

    and in another terminal, with the three variables that it prints:

    upbit-cancel-order cdd92199-2897-4e14-9448-f923320408ad
`;

export const dashboardManual = `\
NAME
    upbit-cancel-order dashboard - cancel orders from a browser

SYNOPSIS
    upbit-cancel-order dashboard [--port PORT] [--practice [--orders N]]

DESCRIPTION
    Serves a page on this machine, prints its URL and runs until Ctrl-C. The
    page signs requests in the browser: the secret key does not leave it, and
    only signed requests pass through this command to Upbit.

OPTIONS
    --port PORT
            Where to listen on 127.0.0.1. Default 8787; 0 picks a free port.

    --practice
            Start a practice exchange too, and choose it on the page.

    --orders N
            Start the practice exchange with N open orders more.

    --help, -h
            Print this text.

EXIT STATUS
    0       Stopped by Ctrl-C or SIGTERM.
    2       Wrong usage, or the port is taken.
`;

export const completionManual = `\
NAME
    upbit-cancel-order completion - completions for a shell

SYNOPSIS
    upbit-cancel-order completion bash|zsh|fish

DESCRIPTION
    Prints what a shell needs to complete commands, options and their values.

    bash    In ~/.bashrc: eval "$(upbit-cancel-order completion bash)"
    zsh     upbit-cancel-order completion zsh > FOLDER/_upbit-cancel-order
            where FOLDER is one of $fpath.
    fish    upbit-cancel-order completion fish >
              ~/.config/fish/completions/upbit-cancel-order.fish

EXIT STATUS
    0       Done.
    2       Wrong usage.
`;
