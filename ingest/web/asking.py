"""Asks for one page once: follows where it leads, within limits of time and size.

Knows nothing of asking again, and nothing of what is on a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.cookiejar import CookieJar, DefaultCookiePolicy
from ssl import SSLCertVerificationError
from urllib.parse import urldefrag, urljoin, urlsplit

import httpcore2
import httpx2

from ingest.web.addresses import Allowed, check, shown
from ingest.web.connecting import OutOfTimeError, Transport, is_over, within
from ingest.web.fetched import (
    Fetched,
    FetchError,
    GoneError,
    PermanentError,
    Query,
    TransientError,
)
from ingest.web.hosts import retry_after

USER_AGENT = "briefing-bot/0.1 (ingestion of a newsroom's own pages)"
# The longest briefing is some 100 kB of text; a page of this size is a mistake or an attack.
MAX_BYTES = 10 * 1024 * 1024
MAX_REDIRECTS = 5
# The silence after which a connection is taken for dead.
_STEP_SECONDS = 10.0
_REDIRECTS = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)
_BUSY = (408, 425, 429)
_ENCODINGS = ("", "identity", "gzip", "deflate")
# These belong to the transfer, which is over, or to a session, which there is not.
_NOT_KEPT = (
    "connection",
    "content-encoding",
    "content-length",
    "keep-alive",
    "set-cookie",
    "transfer-encoding",
)


class FailedError(TransientError):
    """One attempt that may succeed a moment later; ``wait`` is what the server asks for."""

    def __init__(self, message: str, wait: float = 0.0) -> None:
        super().__init__(message)
        self.wait = wait


class Asker:
    """Asks for pages; may be used from many threads at once."""

    def __init__(self, allowed: Allowed, connections: int, page_seconds: float) -> None:
        self._allowed = allowed
        self._page_seconds = page_seconds
        self._client = httpx2.Client(
            transport=Transport(allowed, connections),
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate"},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),  # none is kept
            timeout=_STEP_SECONDS,
            trust_env=False,
        )

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def ask(self, query: Query) -> Fetched:
        """The page that ``query`` leads to; raises `FetchError`, `FailedError` to ask again."""
        try:
            with within(self._page_seconds):
                return self._follow(query)
        except OutOfTimeError:
            raise TransientError(
                f"{urlsplit(query.url).hostname} did not send the whole page "
                f"within {self._page_seconds:.0f} seconds."
            ) from None

    def _follow(self, query: Query) -> Fetched:
        """Go from address to address, each checked anew."""
        cookies = httpx2.Cookies()  # some sites lead in a circle until theirs comes back
        url, statuses = query.url, list[int]()
        while True:
            check(url)
            request = self._request(query, url)
            cookies.set_cookie_header(request)
            with _translated(url), self._answer(query, request) as response:
                cookies.extract_cookies(response)
                if response.status_code not in _REDIRECTS:
                    return _fetched(query, url, statuses, response)
                statuses.append(response.status_code)
                url = _next(url, response)
            if len(statuses) > MAX_REDIRECTS:
                raise PermanentError(f"{shown(query.url)} leads from address to address on and on.")

    def _request(self, query: Query, url: str) -> httpx2.Request:
        headers = {"Accept": query.accept}
        if query.etag:
            headers["If-None-Match"] = query.etag
        if query.last_modified:
            headers["If-Modified-Since"] = query.last_modified
        try:
            return self._client.build_request("GET", url, headers=headers)
        except (httpx2.InvalidURL, UnicodeError, ValueError):
            raise PermanentError(f"{shown(url)} is not an address of a page.") from None

    @contextmanager
    def _answer(self, query: Query, request: httpx2.Request) -> Iterator[httpx2.Response]:
        auth = None
        if query.login and _origin(str(request.url)) == _origin(query.url):
            auth = httpx2.BasicAuth(*query.login)
            if request.url.scheme != "https" and not self._allowed.trusts(request.url.host):
                raise PermanentError(
                    f"A login for {request.url.host} is only sent over https; "
                    "give its address as https://…"
                )
        response = self._client.send(request, auth=auth, stream=True, follow_redirects=False)
        try:
            yield response
        finally:
            response.close()


def _origin(url: str) -> tuple[str, str | None, int | None]:
    """Scheme, host and port of an address that was checked."""
    parts = urlsplit(url)
    default = 443 if parts.scheme == "https" else 80
    return parts.scheme, parts.hostname, parts.port or default


@contextmanager
def _translated(url: str) -> Iterator[None]:
    """What the HTTP library raises in the block, as our errors."""
    host = urlsplit(url).hostname
    try:
        yield
    except httpcore2.TimeoutException:
        if is_over():
            raise OutOfTimeError from None
        raise FailedError(f"{host} fell silent.") from None
    except httpcore2.ConnectError as error:
        if _certificate(error):
            raise PermanentError(
                f"The certificate of {host} is not valid; its operator has to renew it."
            ) from None
        raise FailedError(f"{host} cannot be reached.") from None
    except (httpcore2.NetworkError, httpcore2.ProtocolError):
        raise FailedError(f"{host} broke off, or does not speak HTTP.") from None
    except httpx2.DecodingError:
        raise PermanentError(f"{host} sent what is not compressed as it says.") from None


def _certificate(error: BaseException | None) -> bool:
    """Whether a certificate is what stood in the way."""
    while error is not None:
        if isinstance(error, SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _next(url: str, response: httpx2.Response) -> str:
    """Where a redirect leads."""
    target = response.headers.get("location", "").strip()
    try:
        found = urldefrag(urljoin(url, target)).url if target else ""
    except ValueError:
        found = ""
    host = urlsplit(url).hostname
    if not found:
        raise PermanentError(f"{host} redirects to nowhere.")
    if url.startswith("https:") and found.startswith("http:"):
        raise PermanentError(f"{host} redirects from https to http, where anybody can change it.")
    return found


def _fetched(query: Query, url: str, statuses: list[int], response: httpx2.Response) -> Fetched:
    same = response.status_code == HTTPStatus.NOT_MODIFIED and (query.etag or query.last_modified)
    if response.status_code != HTTPStatus.OK and not same:
        raise _refused(url, response)
    headers = response.headers
    return Fetched(
        url=query.url,
        location=url,
        moved=bool(statuses) and all(status in _PERMANENT for status in statuses),
        status=response.status_code,
        content=b"" if same else _body(url, response),
        content_type=headers.get("content-type", "").partition(";")[0].strip().lower(),
        charset=(response.charset_encoding or "").strip("\"' ").lower(),
        # a server may leave out of "not modified" what it said before
        etag=headers.get("etag", query.etag if same else ""),
        last_modified=headers.get("last-modified", query.last_modified if same else ""),
        headers={name: value for name, value in headers.items() if name not in _NOT_KEPT},
    )


def _refused(url: str, response: httpx2.Response) -> FetchError:
    """The error that a status stands for."""
    status, host = response.status_code, urlsplit(url).hostname
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return GoneError(f"{host} has no such page ({status}).")
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return PermanentError(f"{host} does not let us read the page ({status}).")
    if status in _BUSY or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        wait = retry_after(response.headers.get("retry-after", ""))
        return FailedError(f"{host} cannot give the page now ({status}).", wait)
    return PermanentError(f"{host} answered {status} in the place of a page.")


def _body(url: str, response: httpx2.Response) -> bytes:
    """The body without its compression, read piece by piece so that no bomb goes off."""
    host = urlsplit(url).hostname
    if response.headers.get("content-encoding", "").strip().lower() not in _ENCODINGS:
        raise PermanentError(f"{host} compressed the page in a way that we did not ask for.")
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > MAX_BYTES:
            raise PermanentError(
                f"{shown(url)} is larger than {MAX_BYTES // 1024**2} MiB; "
                "a briefing is one article."
            )
    return bytes(body)
