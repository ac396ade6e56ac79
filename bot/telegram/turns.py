"""What each chat asked last, so that a follow-up is understood; knows no answers and no people.

Kept in memory and bounded: a restart forgets it, and so do many newer questions.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from telegram import Message

from bot.domain import Question

MOST_CHATS = 10_000
MOST_TURNS = 20  # answers of one chat that a reply can still continue


class Turns:
    """The last questions of each chat, by the messages that answer them."""

    def __init__(self) -> None:
        self._chats: OrderedDict[int, OrderedDict[int, Question]] = OrderedDict()

    def before(self, message: Message) -> Question | None:
        """What ``message`` may follow up: what it replies to, else its chat's last question.

        In a group only a reply continues: people there ask between each other's questions.
        """
        turns = self._chats.get(message.chat_id, OrderedDict())
        reply = message.reply_to_message
        if reply is not None:
            return turns.get(reply.message_id)
        if message.chat.type != "private" or not turns:
            return None
        return next(reversed(turns.values()))

    def remember(self, message: Message, answers: Iterable[int], asked: Question) -> None:
        """``asked`` was answered in the chat of ``message`` by the messages ``answers``."""
        turns = self._chats.setdefault(message.chat_id, OrderedDict())
        self._chats.move_to_end(message.chat_id)
        for id in (message.message_id, *answers):
            turns[id] = asked
            turns.move_to_end(id)
        while len(turns) > MOST_TURNS:
            turns.popitem(last=False)
        while len(self._chats) > MOST_CHATS:
            self._chats.popitem(last=False)

    def forget(self, chat_id: int) -> None:
        """The next question of a chat follows up nothing."""
        self._chats.pop(chat_id, None)
