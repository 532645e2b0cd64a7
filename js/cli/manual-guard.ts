// The manual page of `guard`.

export const guardManual = `\
NAME
    upbit-cancel-order guard - cancel all open orders when a command fails

SYNOPSIS
    upbit-cancel-order guard (--market MARKET)... [--side ask|bid] [options]
      -- COMMAND [ARG]...
    upbit-cancel-order guard --side ask|bid [options] -- COMMAND [ARG]...
    upbit-cancel-order guard --everything [options] -- COMMAND [ARG]...

DESCRIPTION
    Runs COMMAND, such as a trading bot, with its own input and output. If it
    ends badly (with a status other than 0, by a signal, or because its
    heartbeat stops), all open orders that were named are canceled: at once,
    again after COMMAND has ended, and once more if a list shows new ones 2
    seconds later. If the exchange is out of reach, it tries for a minute.

    First the open orders are listed, which tries the keys, and their number is
    printed: if that fails, COMMAND is not started. The key needs the
    permissions to make and to view orders. While COMMAND runs, one small
    request in 3 seconds keeps the connection open; standard error tells if the
    exchange does not answer.

    SIGINT, SIGTERM and SIGHUP are passed on to COMMAND and to its children; the
    guard itself ends after COMMAND. COMMAND runs in a session of its own, so
    that what is sent to its group does not end the guard. Ctrl-Z does nothing.

OPTIONS
    --market MARKET
            Orders of this market, such as SGD-BTC. Can be given many times.

    --side ask|bid
            Sell orders (ask) or buy orders (bid) only.

    --everything
            Orders of every market, on both sides.

    --always
            Cancel also when COMMAND ends well.

    --heartbeat FILE --within SECONDS
            COMMAND touches FILE while it is well. If the modification time of
            FILE does not change for so long, COMMAND is stopped (SIGTERM, and
            SIGKILL 5 seconds later) and the orders are canceled. What time it
            says does not matter. A file that is missing counts from the start.

    --region sg|id|th|kr, --base-url URL
            The exchange. It and the keys can come from the environment: see
            'upbit-cancel-order --help'.

    --help, -h
            Print this text.

WHAT IT CANNOT DO
    It runs on your machine: if the machine, its network or the guard itself
    (SIGKILL) goes down, nothing is canceled. Programs that COMMAND has started
    and that go on after it are not ended; an order that they or others place
    after the last list stays open. An order can fill before it is canceled.

EXIT STATUS
    That of COMMAND (128 + n if signal n ended it), or
    1       Orders may still be open: the last line says why.
    2       Wrong usage or configuration, the open orders could not be listed,
            or there is no such COMMAND. Nothing was started.

EXAMPLES
    upbit-cancel-order guard --market SGD-BTC -- python3 bot.py
    upbit-cancel-order guard --everything \\
      --heartbeat /run/bot/alive --within 30 -- ./bot --config bot.toml
`;
