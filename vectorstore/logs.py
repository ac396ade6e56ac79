"""The logs of every front door: what happened, never what somebody said nor a secret.

One JSON object a line, or readable lines on a terminal. Whatever a record holds is redacted when it
is made, before anything can format it: secrets wherever they stand, what people wrote as far as
`keep_private` was told of it, and of foreign errors all but their kind and where they came up.
Foreign libraries are heard from WARNING on: below that they log addresses, headers and prompts.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import threading
import traceback
from base64 import b64encode
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

from pydantic import SecretStr

from vectorstore.settings import StoreSettings

if TYPE_CHECKING:
    from structlog.stdlib import ProcessorFormatter
    from structlog.typing import Processor

OURS = ("bot", "ingest", "vectorstore")
_HIDDEN = "<redacted>"
_TEXTS_KEPT = 2000  # of people whose messages are dealt with, or were lately
_SHORTEST_SECRET, _SHORTEST_TEXT = 4, 8  # shorter ones are in every other word
_NAMED_SECRET = re.compile(r"KEY|TOKEN|SECRET|PASSW|LOGIN|_URL|CREDENTIAL")
# Those of Telegram, invitations to our bot, logins in addresses and in headers.
_SHAPES = (
    (re.compile(r"\b\d{5,}:[\w-]{30,}"), _HIDDEN),
    (re.compile(r"(?<![\w-])[\w-]{43}(?![\w-])"), _HIDDEN),
    (re.compile(r"(\w://)[^\s/@]*@"), rf"\1{_HIDDEN}@"),
    (re.compile(r"\b(basic|bearer)\s+[\w+/=.~-]{8,}", re.IGNORECASE), rf"\1 {_HIDDEN}"),
)


class _Redaction:
    """What is taken out of every text."""

    def __init__(self) -> None:
        self._secrets: set[str] = set()
        self._texts: OrderedDict[str, None] = OrderedDict()

    def keep_out(self, secret: str) -> None:
        for written in {secret, quote(secret, safe=""), unquote(secret), _escaped(secret)}:
            if len(written) >= _SHORTEST_SECRET:
                self._secrets.add(written)

    def keep_private(self, text: str) -> None:
        for part in (text, text.partition(" ")[2], *text.splitlines()):
            for written in {part.strip(), _escaped(part.strip()), repr(part.strip())[1:-1]}:
                if len(written) >= _SHORTEST_TEXT:
                    self._texts[written] = None
        while len(self._texts) > _TEXTS_KEPT:
            self._texts.popitem(last=False)

    def __call__(self, text: str) -> str:
        for some in (tuple(self._secrets), tuple(self._texts)):
            for hidden in sorted(some, key=len, reverse=True):  # what holds another comes first
                text = text.replace(hidden, _HIDDEN)
        for shape, instead in _SHAPES:
            text = shape.sub(instead, text)
        return text


redacted = _Redaction()
keep_private = redacted.keep_private


def open_logs(settings: StoreSettings) -> None:
    """Write this process's logs to standard error; ``settings`` say how much, and hold secrets."""
    for secret in _secrets(settings):
        redacted.keep_out(secret)
    handler = logging.StreamHandler()
    handler.setFormatter(_Lines())
    handler.addFilter(_is_for_operators)
    logging.basicConfig(level=settings.log_level, handlers=[handler])
    logging.raiseExceptions = False  # it would print what could not be logged
    logging.setLogRecordFactory(_record)
    _catch_the_rest()


def _is_for_operators(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING or record.name.partition(".")[0] in OURS


def _catch_the_rest() -> None:
    """Log what nothing catches, where Python would print all it says."""
    if sys.excepthook is sys.__excepthook__:
        sys.excepthook = _uncaught
    if threading.excepthook is threading.__excepthook__:
        threading.excepthook = _uncaught_beside
    if sys.unraisablehook is sys.__unraisablehook__:
        sys.unraisablehook = _uncaught_beside


def where(error: BaseException) -> str:
    """What kind of error it is and where it came up, with its causes, the first of them first.

    Of an error of ours with what it says, of others without: nobody knows what those repeat.
    """
    told: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(told) < 5:
        frames = traceback.extract_tb(seen.__traceback__)
        lines = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        kind = f"{type(seen).__module__}.{type(seen).__qualname__}"
        ours = kind.partition(".")[0] in OURS
        told.append("\n".join([*lines, f"{kind}: {seen}" if ours else kind]))
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\n".join(reversed(told))


def _record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    made = logging.LogRecord(*args, **kwargs)
    try:
        said = made.getMessage()
    except (TypeError, ValueError):  # arguments that do not fit
        said = str(made.msg)
    if made.name == "asyncio":  # the lines below the first show a task with all its error says
        said = said.partition("\n")[0]
    made.msg, made.args = redacted(said), None
    error = made.exc_info[1] if made.exc_info else None
    if error:
        made.exc_text = redacted(where(error))
    made.exc_info = made.stack_info = None
    return made


def _uncaught(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    logger = logging.getLogger(__name__)
    logger.critical("Nothing has caught this error", exc_info=(kind, error or kind(), trace))


def _uncaught_beside(given: Any) -> None:
    _uncaught(given.exc_type, given.exc_value, given.exc_traceback)


class _Lines(logging.Formatter):
    """A record as one line; what that takes is imported for the first, for most runs log none."""

    def format(self, record: logging.LogRecord) -> str:
        return self._formatter.format(record)

    @cached_property
    def _formatter(self) -> ProcessorFormatter:
        import structlog

        terminal = sys.stderr.isatty()
        first: list[Processor] = [
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            _with_error,
            structlog.processors.TimeStamper(
                "%H:%M:%S" if terminal else "iso", utc=not terminal, key="time"
            ),
        ]
        last = (
            structlog.dev.ConsoleRenderer(timestamp_key="time")
            if terminal
            else structlog.processors.JSONRenderer(ensure_ascii=False)
        )
        return structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=first,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )


def _with_error(_logger: object, _method: str, event: Any) -> Any:
    """A processor of structlog's: the redacted error of the record, which has no other any more."""
    if event["_record"].exc_text:
        event["exception"] = event["_record"].exc_text
    return event


def _secrets(settings: StoreSettings) -> Iterator[str]:
    """The settings' secrets and those of the environment, in the forms in which they travel."""
    for value in vars(settings).values():
        for each in value.values() if isinstance(value, Mapping) else (value,):
            if isinstance(each, SecretStr):
                yield from _forms(each.get_secret_value())
    for name, value in os.environ.items():
        if _NAMED_SECRET.search(name) and len(value) >= _SHORTEST_TEXT:
            yield from _forms(value)


def _forms(secret: str) -> Iterator[str]:
    """A secret, its part behind a colon, and the way in which it stands in a header."""
    if "://" in secret:
        with suppress(ValueError):
            yield from filter(None, (urlsplit(secret).password,))
    elif secret:
        yield secret
        yield b64encode(secret.encode()).decode()
        behind = secret.partition(":")[2]
        if behind:
            yield from (behind, behind.replace(" ", ""))


def _escaped(text: str) -> str:
    return json.dumps(text)[1:-1]
