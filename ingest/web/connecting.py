"""Opens connections to addresses that may be asked, and gives up when a page's time is over.

The name is resolved here, every address it has is checked, and the connection goes to one of the
addresses that were checked: a name that changes its address in between (DNS rebinding) gains
nothing. Knows nothing of pages.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import httpcore2
import httpx2

from ingest.web.addresses import Address, Allowed, addresses
from ingest.web.fetched import PermanentError, TransientError

_deadline: ContextVar[float] = ContextVar("_deadline")


class OutOfTimeError(Exception):
    """The time for the page is over."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Whatever the block sends or receives in this thread ends within ``seconds``.

    Raises `OutOfTimeError` from the block: a timeout of each read would let a server that sends
    a byte now and then hold us for ever.
    """
    token = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


def is_over() -> bool:
    """Whether the time for the page is over."""
    return time.monotonic() >= _deadline.get()


def _left(timeout: float | None) -> float:
    """How long one step may take."""
    left = _deadline.get() - time.monotonic()
    if left <= 0:
        raise OutOfTimeError
    return left if timeout is None else min(timeout, left)


class _Stream(httpcore2.NetworkStream):
    """A connection that ends with the time for the page that is read from it."""

    def __init__(self, inner: httpcore2.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _CheckedBackend(httpcore2.NetworkBackend):
    """Connects to public addresses and to those in ``allowed``."""

    def __init__(self, allowed: Allowed) -> None:
        self._allowed = allowed
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        error: Exception | None = None
        for address in self._checked(host, port):
            try:
                stream = self._inner.connect_tcp(
                    str(address), port, _left(timeout), local_address, socket_options
                )
                return _Stream(stream)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as failed:
                error = failed
        raise error or httpcore2.ConnectError(f"{host} has no address")

    def _checked(self, host: str, port: int) -> list[Address]:
        """The addresses of ``host``; raises when one of them must not be asked."""
        found = _resolved(host, port)
        for address in found:
            if not self._allowed.permits(host, address):
                raise PermanentError(_not_public(host, str(address)))
        return found


def _not_public(host: str, address: str) -> str:
    if host == address:
        return (
            f"{host} is not on the public web; "
            "if it is your own server, name it in ALLOW_PRIVATE_HOSTS."
        )
    return (
        f"{host} is at {address}, which is not on the public web; "
        "if it is your own server, name it in ALLOW_PRIVATE_HOSTS."
    )


def _resolved(host: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        message = f"There is no host {host}, as far as this machine can tell."
        if error.errno in (socket.EAI_AGAIN, socket.EAI_FAIL):
            raise TransientError(message) from None
        raise PermanentError(message) from None
    except (OSError, UnicodeError):
        raise PermanentError(f"{host!r:.100} is no host name.") from None
    return addresses(str(address[0]) for *_, address in found)


class Transport(httpx2.BaseTransport):
    """HTTP/1.1 over checked connections; proxies of the environment are not used.

    A proxy would resolve the names itself, and nothing here would see what it connects to.
    """

    def __init__(self, allowed: Allowed, connections: int) -> None:
        self._pool = httpcore2.ConnectionPool(
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=15,
            network_backend=_CheckedBackend(allowed),
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer to a GET request, its body still to be read."""
        url = httpcore2.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        answered = self._pool.handle_request(
            httpcore2.Request(
                "GET", url, headers=request.headers.raw, extensions=request.extensions
            )
        )
        return httpx2.Response(
            answered.status, headers=answered.headers, stream=_Body(answered), request=request
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, answered: httpcore2.Response) -> None:
        self._answered = answered

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answered.iter_stream()

    def close(self) -> None:
        self._answered.close()
