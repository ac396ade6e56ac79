"""Talks to a chat model through LangChain, within a time; knows no evidence and no question.

The one module that knows LangChain's chat models. It is paid for only when a model is set. What a
provider says when it fails is never repeated, for it may hold the key or what was asked.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import AsyncGenerator, AsyncIterator
from concurrent.futures import CancelledError
from contextlib import aclosing
from functools import cache
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

from bot.listening import Listener
from bot.settings import BotSettings
from vectorstore.settings import SettingsError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

_log = logging.getLogger(__name__)
DEADLINE = 10.0  # seconds from the question to the last word, connecting included
# No answer is as long; a model that goes on has lost its way.
_MOST_CHARACTERS = 8_000
# What ends a sentence: the number that it cites, or its line.
_SAID = re.compile(r"[\]\n]")
# These log addresses, headers and whole prompts, that is what people ask.
_TALKATIVE = ("openai", "httpx", "httpx2", "httpcore", "httpcore2", "anthropic", "langsmith")
# What the client of an OpenAI-compatible server wants to have even where the server asks for none.
_NO_KEY = "none"


class ChatModel:
    """A chat model that streams its text. Safe to use from several threads.

    It streams in a thread of its own, so that it can be cut off wherever it hangs.
    """

    def __init__(self, model: BaseChatModel, deadline: float = DEADLINE) -> None:
        self._model = model
        self._deadline = deadline

    def text(self, system: str, human: str, listener: Listener[str]) -> str | None:
        """What the model answers, whole; None when it failed or was not done in time.

        ``listener`` hears what is there so far each time something may have been said; when they
        leave, the model is cut off.
        """
        pieces: SimpleQueue[str | None] = SimpleQueue()
        reply = asyncio.run_coroutine_threadsafe(self._read(system, human, pieces), _loop())
        reply.add_done_callback(lambda _: pieces.put(None))
        listener.on_leaving(reply.cancel)
        try:
            self._followed(pieces, listener)
            return reply.result(0)
        except (Empty, TimeoutError):
            reply.cancel()
            _log.warning("The language model was not done in %g s", self._deadline)
        except CancelledError:
            _log.info("Nobody waits for the language model any more")
        except Exception as error:  # providers raise what they like
            status = getattr(error, "status_code", None)
            told = f"{type(error).__name__}, HTTP {status}" if status else type(error).__name__
            _log.warning("The language model failed: %s", told)
        return None

    def _followed(self, pieces: SimpleQueue[str | None], listener: Listener[str]) -> None:
        """Let what is written be heard until it ends; raises Empty when that takes too long."""
        text, until = "", time.monotonic() + self._deadline
        while (piece := pieces.get(timeout=max(0.0, until - time.monotonic()))) is not None:
            text += piece
            if _SAID.search(piece):
                listener.hear(text)

    async def _read(self, system: str, human: str, heard: SimpleQueue[str | None]) -> str:
        text, task = "", asyncio.current_task()
        messages = [("system", system), ("human", human)]
        async with aclosing(_generator(self._model.astream(messages))) as pieces:
            async for piece in pieces:
                # A cancellation that comes together with a piece is lost in asyncio.wait_for.
                if task is not None and task.cancelling():
                    raise asyncio.CancelledError
                text += piece
                heard.put(piece)
                if len(text) > _MOST_CHARACTERS:
                    raise OverflowError
        return text


async def _generator(chunks: AsyncIterator[AIMessageChunk]) -> AsyncGenerator[str]:
    async for chunk in chunks:
        yield str(chunk.text)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """The one loop that all models of the process stream in, for providers share connections."""
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="chat-model", daemon=True).start()
    return loop


def open_model(settings: BotSettings, deadline: float = DEADLINE) -> ChatModel:
    """The model that ``LLM_MODEL`` names; raises `SettingsError`. Nothing is sent yet."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        return ChatModel(_provided(settings, deadline), deadline)
    except ImportError as error:
        raise SettingsError(f"LLM_MODEL: {_wanting(error)}") from None
    except Exception as error:
        raise SettingsError(
            f"LLM_MODEL: the model cannot be opened ({type(error).__name__}). Write it as "
            "provider:model, such as openai:gpt-4.1-mini, and set LLM_API_KEY or the provider's "
            "own variable."
        ) from None


def _provided(settings: BotSettings, deadline: float) -> BaseChatModel:
    from langchain.chat_models import init_chat_model  # seconds, for those who want a model

    name, key = settings.llm_model, settings.llm_api_key
    given: dict[str, Any] = {"timeout": deadline, "max_retries": 0}
    if settings.llm_base_url:
        name = name if ":" in name else f"openai:{name}"
        given["base_url"] = settings.llm_base_url
    if key:
        given["api_key"] = key.get_secret_value()
    model: BaseChatModel
    try:
        model = init_chat_model(name, **given)
    except (ImportError, ValueError):
        raise
    except Exception:  # no key was found, and a server of one's own may want none
        if key or not settings.llm_base_url:
            raise
        model = init_chat_model(name, **given, api_key=_NO_KEY)
    return model


def _wanting(error: ImportError) -> str:
    named = re.search(r"pip install ([\w-]+)", str(error))
    package = f" Run: pip install {named[1]}" if named else ""
    return f"the package of this provider is not installed.{package}"
