// The manual page of `guard`.

export const guardManual = `\
NAME
    upbit-cancel-order guard - cancel all open orders if a command fails

SYNOPSIS
    upbit-cancel-order guard (--market MARKET)... [--side ask|bid] [options]
      -- COMMAND [ARG]...
    upbit-cancel-order guard --side ask|bid [options] -- COMMAND [ARG]...
    upbit-cancel-order guard --everything [options] -- COMMAND [ARG]...

DESCRIPTION
    Runs COMMAND, such as a trading bot, with the same input and output. If it
    fails (exits with a status other than 0 or by a signal, or its heartbeat
    stops), all matching open orders are canceled: at once, again after COMMAND
    has ended, and again if there are new orders 2 seconds later. If the
    exchange is unreachable, it keeps trying for a minute.

    The open orders are listed first to check the keys. If that fails, COMMAND
    is not started. Otherwise standard error says which orders are guarded and
    how many are open. The key needs the permissions Make Orders and View
    Orders. While COMMAND runs, one request every 3 seconds keeps the connection
    open; if the exchange does not respond, standard error says so.

    SIGINT, SIGTERM and SIGHUP are forwarded to COMMAND and its children. The
    guard ends after COMMAND. COMMAND runs in its own session, so that a signal
    to its process group does not end the guard. Ctrl-Z does nothing.

OPTIONS
    --market MARKET
            Only orders of this market, such as SGD-BTC. Repeatable.

    --side ask|bid
            Only sell orders (ask) or buy orders (bid).

    --everything
            All orders of every market, on both sides.

    --always
            Cancel even if COMMAND succeeds.

    --heartbeat FILE --within SECONDS
            COMMAND must touch FILE at least this often. If the modification
            time of FILE does not change in time, COMMAND is stopped (SIGTERM,
            and SIGKILL 5 seconds later) and the orders are canceled. A missing
            file counts as not touched from the start.

    --region sg|id|th|kr, --base-url URL
            The exchange. It and the keys can come from the environment: see
            'upbit-cancel-order --help'.

    --help, -h
            Print this text.

LIMITS
    The guard runs on your machine. If the machine, its network or the guard
    itself (SIGKILL) fails, nothing is canceled. Programs that COMMAND started
    and that outlive it are not ended, and orders that are placed after the last
    list stay open. An order can fill before it is canceled.

EXIT STATUS
    The status of COMMAND (128 + n if signal n ended it), or
    1       Orders may still be open; the last line says why.
    2       Wrong usage or configuration, the open orders could not be listed,
            or COMMAND was not found. Nothing was started.

EXAMPLES
    upbit-cancel-order guard --market SGD-BTC -- python3 bot.py
    upbit-cancel-order guard --everything \\
      --heartbeat /run/bot/alive --within 30 -- ./bot --config bot.toml
`;
