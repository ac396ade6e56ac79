"""A terminal chat with the bot over the fake Telegram, for trying it by hand."""

from __future__ import annotations

import argparse
import asyncio
import sys
import threading
import time

from tests.telegram_server.chats import Button, Message
from tests.telegram_server.people import User
from tests.telegram_server.server import TOKEN, TelegramServer
from tests.telegram_server.transcript import Call

_QUIET_SECONDS = 1.0
_HINT = """The fake Telegram listens on {root}. Start the bot in another terminal:

    TELEGRAM_API_URL={root} TELEGRAM_BOT_TOKEN={token} python -m bot

Then write to it here. ":1" presses the button [1]; the end of input (Ctrl-D) ends the chat.
"""


class Terminal:
    """The private chat of one person, shown as it happens."""

    def __init__(self, server: TelegramServer, user: User, patience: float) -> None:
        self.server = server
        self.user = user
        self.patience = patience
        self.last_event = time.monotonic()
        self.answered = True
        server.transcript.listeners.append(self.show)

    def show(self, call: Call) -> None:
        """Print what a call has changed in the chat."""
        self.last_event = time.monotonic()
        if call.error:
            print(f"! {call.method}: {call.error}", file=sys.stderr)
            return
        if call.method == "answerCallbackQuery":
            self._print(f"({call.text or 'ok'})")
        elif call.params.get("chat_id") != self.user.chat.id:
            return
        elif call.method == "deleteMessage":
            self._print(f"(message {call.params['message_id']} deleted)")
        elif isinstance(call.result, dict):
            message = self.user.chat.all_messages[call.result["message_id"] - 1]
            self._print(_written(message))

    def _print(self, text: str) -> None:
        self.answered = True
        print(f"\n{text}\n", flush=True)

    def buttons(self) -> list[Button]:
        """Return the keys of the newest message that has some."""
        keyed = [message for message in self.user.chat.bot_messages if message.buttons]
        return [key for row in keyed[-1].buttons for key in row] if keyed else []

    async def say(self, line: str) -> None:
        """Send a line, or press a button."""
        self.answered = False
        if not line.startswith(":"):
            await self.user.send(line)
            return
        pressed = {f":{n}": key for n, key in enumerate(self.buttons(), 1)}.get(line)
        if pressed is None or pressed.data is None:
            self._print("(there is no such button)")
        else:
            await self.user.press(pressed)

    async def settle(self) -> None:
        """Wait until the bot has answered and then been quiet for a second."""
        deadline = time.monotonic() + self.patience
        while time.monotonic() < deadline:
            quiet = time.monotonic() - self.last_event > _QUIET_SECONDS
            if self.answered and quiet and not self.user.chat.typing:
                return
            await asyncio.sleep(0.05)
        print(f"(no answer in {self.patience:g} s)", flush=True)


def _written(message: Message) -> str:
    head = f"{message.sender['first_name']}{' (edited)' if message.edited else ''}:"
    lines, number = [f"{head} {message.plain()}"], 0
    for row in message.buttons:
        keys = []
        for key in row:
            number += 1
            keys.append(f"[{number}] {key.label}" + (f" <{key.url}>" if key.url else ""))
        lines.append("   ".join(keys))
    return "\n".join(lines)


def _lines() -> asyncio.Queue[str | None]:
    """Return a queue of the lines of standard input; None ends it."""
    queue: asyncio.Queue[str | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(queue.put_nowait, line)
        loop.call_soon_threadsafe(queue.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    return queue


async def chat(options: argparse.Namespace) -> None:
    """Serve and talk until standard input ends."""
    server = TelegramServer(token=options.token)
    await server.start(options.port)
    print(_HINT.format(root=server.root, token=server.token), file=sys.stderr, flush=True)
    user = server.user(options.user_id, first_name="You", language_code=options.language)
    terminal, lines = Terminal(server, user, options.wait), _lines()
    while (line := await lines.get()) is not None:
        if line.strip():
            await terminal.say(line.strip())
            if not sys.stdin.isatty():
                print(f"You: {line.strip()}", flush=True)
                await terminal.settle()
    await server.stop()


def main() -> int:
    """Return the exit code."""
    parser = argparse.ArgumentParser("python -m tests.telegram_server", description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=TOKEN, help="the token the bot must use")
    parser.add_argument("--user-id", type=int, default=1, help="who you are")
    parser.add_argument("--language", default="en", help="your Telegram's language: en, fr, ru")
    parser.add_argument("--wait", type=float, default=120, help="seconds to wait for an answer")
    options = parser.parse_args()
    try:
        asyncio.run(chat(options))
    except OSError as error:
        print(f"Cannot listen on port {options.port}: {error.strerror}.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
