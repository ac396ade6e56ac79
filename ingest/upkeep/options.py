"""What the command line takes of those who want a process to stay; light to import."""

from __future__ import annotations

import argparse
import re

HOST, PORT = "127.0.0.1", 8087
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
# A site that is asked more often than this will not thank us; a hook or ``--watch`` is quicker.
SHORTEST = 30


def interval(text: str) -> int:
    """The seconds of ``90s``, ``15m``, ``2h`` or ``1d``; raises `argparse.ArgumentTypeError`."""
    match = re.fullmatch(r"([0-9]{1,5})([smhd])", text.strip().lower())
    if not match:
        raise argparse.ArgumentTypeError(f"{text!r} is no interval: write 90s, 15m, 2h or 1d")
    seconds = int(match[1]) * _UNITS[match[2]]
    if seconds < SHORTEST:
        raise argparse.ArgumentTypeError(f"{text!r} is too often: give {SHORTEST}s or more")
    return seconds


def add_staying(parser: argparse.ArgumentParser) -> None:
    """``--watch`` and ``--every``."""
    parser.add_argument(
        "--watch",
        action="store_true",
        help="go on running, and read a folder or file again whenever it changes",
    )
    _add_every(parser)


def add_serving(parser: argparse.ArgumentParser) -> None:
    """What ``serve`` takes; its hidden ``--with-parent`` ends it when standard input closes."""
    parser.add_argument(
        "--host", default=HOST, help=f"listen at this address; without it, at {HOST}"
    )
    parser.add_argument(
        "--port", type=_port, default=PORT, help=f"listen at this port; without it, at {PORT}"
    )
    parser.add_argument("--with-parent", action="store_true", help=argparse.SUPPRESS)
    _add_every(parser)


def stays(options: argparse.Namespace) -> bool:
    """Whether a process that stays is wanted."""
    return options.command == "serve" or bool(
        vars(options).get("watch") or vars(options).get("every")
    )


def _add_every(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--every",
        type=interval,
        metavar="15m",
        help="go on running, and read the sources again after each such time: 90s, 15m, 2h or 1d",
    )


def _port(text: str) -> int:
    if not re.fullmatch("[0-9]{1,5}", text) or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: give a number up to 65535")
    return int(text)
