"""Whatever Telegram may bring from people whom nobody knows, as updates of the Bot API.

Nobody in them has a role; some pretend to be, or pass on the words of, `ADMIN`.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]
ADMIN = 1000
ANONYMOUS_ADMIN, CHANNEL_BOT = 1087968824, 777000  # as Telegram itself calls them
DATE = 1_716_000_000

COMMANDS = """
start help ask latest sources language ingest runs status invite members grant revoke privacy mydata
forget digest nothing
""".split()  # noqa: SIM905 - shorter than a list
TRICKS = (
    *("<b>", "</a><a href='tg://user?id=1'>", "&lt;&#0;", "\u202e\u2066\u2069", "\ufeff", "\x00"),
    *(
        "\u200d",
        "e\u0301" * 40,
        "👩\u200d👧",
        "\ud83d",
        "ФФ",
        "你好",
        "مرحبا",
        "हिन्दी",
        "🇺🇦",
        "٣٤",
        "１２",
    ),
    *("%s {0} {user}", "' OR 1=1 --", '"unclosed', "*", "NEAR(", "a" * 4096, "\n" * 300, "…"),
    *("@", "/", "?", "../../etc", "٣٤", "１２"),
)
WORDS = ("who", "said", "Russia", "кто", "сказал", "qui", "a dit", "yesterday", "2023", str(ADMIN))

texts = st.one_of(
    st.lists(st.sampled_from((*TRICKS, *WORDS)), max_size=8).map(" ".join),
    st.text(max_size=200),
    st.tuples(
        st.sampled_from(COMMANDS),
        st.sampled_from(("", "@briefing_test_bot", "@other_bot")),
        st.lists(st.sampled_from((*TRICKS, *WORDS, "editor", "admin", "yes", "on")), max_size=4),
    ).map(lambda each: f"/{each[0]}{each[1]} {' '.join(each[2])}"),
    st.from_regex(r"\A/start [A-Za-z0-9_-]{0,64}\Z"),
).map(lambda text: text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")[:4096] or "?")
callback_data = st.one_of(
    st.from_regex(r"\A(undo|undo-yes|undo-no|language|[a-z]{1,9}):[\w.-]{0,30}\Z"),
    st.text(max_size=64),
)
names = st.sampled_from(("Ada", "<b>Admin</b>", "\u202eadmin", "", "x" * 64))
people = st.builds(
    lambda number, name, language: (
        {"id": number, "is_bot": False, "first_name": name}
        | ({"language_code": language} if language else {})
    ),
    st.integers(5000, 9000),
    names,
    st.sampled_from((None, "en", "fr", "ru", "de", "zz-ZZ", "")),
)
everyone = st.one_of(
    people,
    st.just({"id": ANONYMOUS_ADMIN, "is_bot": True, "first_name": "Group",
             "username": "GroupAnonymousBot"}),
    st.just({"id": CHANNEL_BOT, "is_bot": False, "first_name": "Telegram"}),
)  # fmt: skip
admin = {"id": ADMIN, "is_bot": False, "first_name": "Admin"}
origins = st.sampled_from(
    (
        {"type": "user", "date": DATE, "sender_user": admin},
        {"type": "hidden_user", "date": DATE, "sender_user_name": "Admin"},
        {"type": "chat", "date": DATE, "sender_chat": {"id": -1, "type": "group", "title": "g"}},
        {"type": "channel", "date": DATE, "message_id": 1,
         "chat": {"id": -2, "type": "channel", "title": "c"}},
    )
)  # fmt: skip
file = {"file_id": "F", "file_unique_id": "U"}
contents = st.one_of(
    texts.map(lambda text: {"text": text}),
    texts.map(lambda text: {"text": text, "entities": [
        {"type": "bot_command", "offset": 0, "length": max(1, len(text.split(" ")[0]))}]}),
    st.tuples(texts, st.integers(0, 5000), st.integers(1, 5000), st.sampled_from(
        ("mention", "text_link", "url", "custom_emoji", "spoiler", "unheard_of"))).map(
        lambda each: {"text": each[0], "entities": [
            {"type": each[3], "offset": each[1], "length": each[2]}]}),
    texts.map(lambda text: {"caption": text[:1024], "photo": [file | {"width": 1, "height": 1}]}),
    st.sampled_from((
        {"voice": file | {"duration": 1}},
        {"document": file},
        {"sticker": file | {"type": "regular", "width": 1, "height": 1, "is_animated": False,
                            "is_video": False}},
        {"location": {"latitude": 1.0, "longitude": 2.0}},
        {"contact": {"phone_number": "1", "first_name": "x", "user_id": ADMIN}},
        {"dice": {"emoji": "🎲", "value": 6}},
        {"poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0,
                  "is_closed": False, "is_anonymous": True, "type": "regular",
                  "allows_multiple_answers": False}},
        {"new_chat_members": [admin]},
        {"left_chat_member": admin},
        {"new_chat_title": "/ingest"},
        {"delete_chat_photo": True},
        {"group_chat_created": True},
        {"supergroup_chat_created": True},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 1}},
        {"migrate_to_chat_id": -1001},
        {"migrate_from_chat_id": -1},
        {"forum_topic_created": {"name": "t", "icon_color": 1}},
        {"video_chat_started": {}},
        {"write_access_allowed": {}},
        {"users_shared": {"request_id": 1, "users": [{"user_id": ADMIN}]}},
        {"web_app_data": {"data": "/grant 1 admin", "button_text": "x"}},
        {"successful_payment": {"currency": "XTR", "total_amount": 1, "invoice_payload": "admin",
                                "telegram_payment_charge_id": "1",
                                "provider_payment_charge_id": "1"}},
        {"connected_website": "x.example"},
        {"a_field_of_tomorrow": {"text": "/ingest"}},
        {},
    )),
)  # fmt: skip


@st.composite
def messages(draw: st.DrawFn, chat: Json) -> Json:
    body: Json = {"message_id": 1, "date": DATE, "chat": chat, **draw(contents)}
    if chat["type"] != "channel" and draw(st.integers(0, 20)):
        body["from"] = draw(everyone)
    if draw(st.booleans()):
        body |= draw(
            st.sampled_from(
                (
                    {"sender_chat": chat},
                    {"via_bot": {"id": 9, "is_bot": True, "first_name": "b"}},
                    {"is_topic_message": True, "message_thread_id": 3},
                    {"author_signature": "Admin"},
                    {"edit_date": DATE},
                )
            )
        )
    if not draw(st.integers(0, 3)):
        body["forward_origin"] = draw(origins)
    if not draw(st.integers(0, 3)):
        body["reply_to_message"] = {"message_id": 1, "date": DATE, "chat": chat, "from": admin,
                                    "text": "/ingest"}  # fmt: skip
    return body


@st.composite
def updates(draw: st.DrawFn, number: int) -> tuple[Json, Json]:
    """A chat that nobody has seen, and an update without its id from there."""
    kind = draw(st.sampled_from(("private", "group", "supergroup", "channel")))
    id = number if kind == "private" else -1_000_000 - number
    chat: Json = {"id": id, "type": kind, "title": draw(names)}
    who = draw(people)
    member = {"user": {"id": 123456789, "is_bot": True, "first_name": "b"}, "status": "member"}
    changed = {"chat": chat, "from": who, "date": DATE, "old_chat_member": member,
               "new_chat_member": {"user": member["user"], "status": "left"}}  # fmt: skip
    message = draw(messages(chat))
    old = {"message_id": 1, "date": 0, "chat": chat}
    typed = {"id": "1", "from": who, "query": draw(texts)[:256], "offset": ""}
    pressed = {"id": "1", "from": who, "chat_instance": "1", "data": draw(callback_data)}
    body = draw(
        st.sampled_from(
            (
                {"message": message},
                {"message": message},
                {"message": message},
                {"edited_message": message | {"edit_date": DATE}},
                {"channel_post": message},
                {"edited_channel_post": message},
                {"business_message": message},
                {"guest_message": message},
                {"callback_query": pressed | {"message": message}},
                {"callback_query": pressed | {"message": old}},
                {"callback_query": pressed | {"inline_message_id": "1"}},
                {"inline_query": typed},
                {"chosen_inline_result": {"result_id": "1", "from": who, "query": "x"}},
                {"my_chat_member": changed},
                {"chat_member": changed},
                {"chat_join_request": {"chat": chat, "from": who, "user_chat_id": ADMIN,
                                       "date": DATE}},
                {"message_reaction": {"chat": chat, "message_id": 1, "date": DATE, "user": who,
                                      "old_reaction": [],
                                      "new_reaction": [{"type": "emoji", "emoji": "👎"}]}},
                {"message_reaction_count": {"chat": chat, "message_id": 1, "date": DATE,
                                            "reactions": []}},
                {"poll_answer": {"poll_id": "1", "user": who, "option_ids": [0],
                                 "option_persistent_ids": ["0"]}},
                {"pre_checkout_query": {"id": "1", "from": who, "currency": "XTR",
                                        "total_amount": 1, "invoice_payload": "admin"}},
                {"removed_chat_boost": {"chat": chat, "boost_id": "1", "remove_date": DATE,
                                        "source": {"source": "premium", "user": who}}},
                {"deleted_business_messages": {"business_connection_id": "1", "chat": chat,
                                               "message_ids": [1]}},
                {"purchased_paid_media": {"from": who, "paid_media_payload": "admin"}},
                {"message": {"text": "without all that a message has"}},
                {"an_update_of_tomorrow": message},
            )
        )
    )  # fmt: skip
    return chat, body
