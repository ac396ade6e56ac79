"""Whom Russian case, word order and the sentences before make the speaker."""

from __future__ import annotations

import pytest

from ingest.statements import extract
from vectorstore.actors import Actors
from vectorstore.domain import Statement, StatementKind

ACTORS = Actors.load()


def said(text: str, kind: StatementKind = StatementKind.QUOTE) -> list[Statement]:
    """The statements of a kind, in order."""
    return [s for s in extract(text, "ru", actors=ACTORS).statements if s.kind is kind]


@pytest.mark.parametrize(
    "text",
    [
        "На сайте Анны Дюпре сказал читатель: «Нас никто не спросил».",
        "На странице Ольги Беловой написал читатель: «Нас никто не спросил».",
        "В доме Яна Новака говорит сосед: «Нас никто не спросил».",
    ],
)
def test_a_given_name_in_another_case_is_no_subject(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("В беседе с Анной Дюпре Пётр Орлов рассказал: «Нас никто не спросил».", "Пётр Орлов"),
        ("«Нас никто не спросил», — сказала Александра Линд.", "Александра Линд"),
        ("«Нас никто не спросил», — сказала Рената Маркес.", "Рената Маркес"),
    ],
)
def test_a_given_name_in_the_nominative_is_the_subject(text: str, speaker: str) -> None:
    assert [s.speaker for s in said(text)] == [speaker]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("С чешской стороны внешнеполитический советник президента Ян Новак сказал: «Нас никто не "
         "спросил».", "внешнеполитический советник президента"),
        ("На встрече с мэром французский министр Ян Новак сказал: «Нас никто не спросил».",
         "французский министр"),
        ("На серии заседаний министр Ян Новак сказал: «Нас никто не спросил».", "министр"),
    ],
)  # fmt: skip
def test_a_role_begins_behind_where_it_was_said_with_its_adjectives(text: str, role: str) -> None:
    assert [(s.speaker, s.role) for s in said(text)] == [("Ян Новак", role)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("«Нас никто не спросил», — заявил журналистам тренер «Северного Норвика», Пётр Орлов.",
         "Пётр Орлов"),
        ("В эксклюзивном интервью Times Новак заявил, что «страну никто не спросил».", "Новак"),
        ("Новак в эксклюзивном интервью заявил, что «страну никто не спросил».", "Новак"),
        ("На съезде партии Свея Брайан Линд поклялся «спросить каждого избирателя».",
         "Брайан Линд"),
        ("«Рано», — добавил Ян Новак, не назвав, однако, срока: «Нас никто не спросил».",
         "Ян Новак"),
        ("«Нас никто не спросил», — рассказал газете Norwick News Ян Новак.", "Ян Новак"),
        ("«Нас никто не спросил», — говорит 70-летняя Оливера Белевская.", "Оливера Белевская"),
    ],
)  # fmt: skip
def test_what_stands_between_a_verb_and_its_subject_hides_nobody(text: str, speaker: str) -> None:
    assert [s.speaker for s in said(text)][-1:] == [speaker]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Премьер Чехии Ян Новак прилетел в Осло. Новак встретился с Линдом и сообщил, что "
         "договор готов.", ["Новак"]),
        ("NOVA, к примеру, заявляет, что закроет завод.", ["NOVA"]),
        # a common word, a deed
        ("Плотник встретился с Линдом и сообщил, что договор готов.", []),
        ("NOVA, которая отвечает за парки, открыла сад.", []),
    ],
)  # fmt: skip
def test_who_begins_a_sentence_reports_with_its_second_verb(text: str, speakers: list[str]) -> None:
    assert [s.speaker for s in said(text, StatementKind.REPORTED)] == speakers


def test_the_trainer_of_a_club_without_a_name_is_nobody() -> None:
    assert said("«Нас никто не спросил», — заявил тренер «Северного Норвика».") == []


def test_who_hears_is_no_role() -> None:
    text = "«Нас никто не спросил», — рассказал газете Norwick News Ян Новак."
    assert [s.role for s in said(text)] == [""]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # the subject stands behind where and when
        ("Премьер Литвы Ян Новак прибыл в Осло. Сенатор Пётр Гавел сказал, что рад. На открытии "
         "музея Новак подробно описал поездку. «Нас никто не спросил», — сказал он.", "Новак"),
        ("Премьер Литвы Ян Новак ждал. В своей речи премьер прямо не упоминал Линда. «Нас никто не "
         "спросил», — сказал он.", "Ян Новак"),
        # a title makes a person of a surname
        ("Миссис Линд, которая дружит с миссис Росс, потеряла дом. «Нас никто не спросил», — "
         "рассказывает она.", "Линд"),
        # neither firms nor the plural speak
        ("Ян Новак сказал, что рад. На Играх Содружества показали Novaphone. «Нас никто не "
         "спросил», — сказал он.", "Ян Новак"),
    ],
)  # fmt: skip
def test_a_pronoun_means_whom_the_sentence_before_is_about(text: str, speaker: str) -> None:
    assert [s.speaker for s in said(text)] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        # the object, the subject of another clause, a body
        "Ян Новак сказал, что рад. Песню Линда отметил хор. «Нас никто не спросил», — сказал он.",
        "Ян Новак сказал, что рад. Когда Линд приехал, хор спел. «Нас никто не спросил», — сказал "
        "он.",
        "Ян Новак сказал, что рад. В мае Линд уехал, а Росс остался. «Нас никто не спросил», — "
        "сказал он.",
        "В мае совет Норвика одобрил план. «Нас никто не спросил», — сказал он.",
    ],
)
def test_a_pronoun_that_may_mean_another_is_nobody(text: str) -> None:
    assert said(text) == []


def test_a_family_told_of_is_no_statement() -> None:
    text = "Новак, Ян Новак, пел весь вечер, рассказывая о своей семье."
    assert said(text, StatementKind.REPORTED) == []


def test_a_dash_that_opens_a_line_opens_direct_speech() -> None:
    text = (
        "Премьер приехал.\n\n— Мы готовы, — заявил министр обороны Чехии Ян Новак. — Пора. Мы "
        "ждали.\n— Вы готовы? — спросил Пётр Гавел.\n— Нет… — ответил Ян Новак газете «Вести», — "
        "мы ждём «Норд»."
    )
    assert [(s.speaker, s.span.of(text)) for s in said(text)] == [
        ("Ян Новак", "Мы готовы"),
        ("Ян Новак", "Пора. Мы ждали."),
        ("Пётр Гавел", "Вы готовы?"),
        ("Ян Новак", "Нет…"),
        ("Ян Новак", "мы ждём «Норд»."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "— Готовы!\n— Готовы.",
        "— Мы, — это сила, — и победа.",
        "— рост пенсий, — сказал Ян Новак;",
        "— Премьер Чехии Ян Новак, — глава партии, — приехал в Осло.",
        "— Дела идут, — Ян Новак смеётся, — и пойдут.",
        "Новак приехал в Осло — Мы готовы, — сказал хор.",
    ],
)
def test_a_dash_that_opens_a_list_or_an_aside_is_nobodys(text: str) -> None:
    assert said(text) == []


_FAR = "Дорога ведёт через лес и поле к старой мельнице у реки. " * 25


@pytest.mark.parametrize("between", ["", _FAR])
def test_an_office_means_the_one_bearer_also_far_behind(between: str) -> None:
    text = f"Президент Ян Новак приехал. {between}«Нас никто не спросил», — сказал президент."
    assert [s.speaker for s in said(text)] == ["Ян Новак"]


@pytest.mark.parametrize(
    "between",
    [
        f"{_FAR}{_FAR}",
        "Польский президент встретил его. ",
        "Рядом стоял президент Польши. ",
        "Президент Пётр Гавел встретил его. ",
    ],
)
def test_an_office_that_another_bears_too_is_nobody(between: str) -> None:
    text = f"Президент Ян Новак приехал. {between}«Нас никто не спросил», — сказал президент."
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "speaker", "role", "via"),
    [
        ("Как отметил в интервью РИА Новости глава комитета Ян Новак, «страну никто не спросил».",
         "Ян Новак", "глава комитета", "РИА Новости"),
        ("«Нас никто не спросил», — подтвердил «Известиям» мэр Норвика Ян Новак.",
         "Ян Новак", "мэр Норвика", ""),
        ("«Нас никто не спросил», — написал в Telegram Ян Новак.", "Ян Новак", "", "Telegram"),
        ("Ян Новак написал в «Твиттере»: «Нас никто не спросил».", "Ян Новак", "", ""),
        ("Мэр Норвика Ян Новак в понедельник, 5 мая, заявил: «Нас никто не спросил».",
         "Ян Новак", "Мэр Норвика", ""),
        ("Ян Новак (партия «Север») заявил: «Нас никто не спросил».", "Ян Новак", "", ""),
    ],
)  # fmt: skip
def test_where_and_to_whom_it_was_said_is_no_part_of_the_speaker(
    text: str, speaker: str, role: str, via: str
) -> None:
    assert [(s.speaker, s.role, s.via) for s in said(text)][-1:] == [(speaker, role, via)]


@pytest.mark.parametrize("cue", ["не исключил", "подверг критике решение, отметив"])
def test_what_somebody_does_not_rule_out_or_criticises_is_reported(cue: str) -> None:
    text = f"Ян Новак {cue}, что цены вырастут."
    assert {s.speaker for s in said(text, StatementKind.REPORTED)} == {"Ян Новак"}


@pytest.mark.parametrize(
    "text",
    [
        "«Нас никто не спросил», — подтвердил «Север» Анне Линд.",
        "Ян Новак не сказал, что цены вырастут.",
        "Мэр назвал «Твиттер» и написал: «Нас никто не спросил».",
    ],
)
def test_a_quotation_behind_a_verb_that_is_no_medium_told_hides_a_speaker(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Премьер Чехии Ян Новак в интервью британской газете The Guardian заявил: «Нас "
         "никто не спросил».", "Ян Новак"),
        ("«Нас никто не спросил», — сообщила в эфире телеканала «Восток 24» пресс-секретарь мэра "
         "Анна Линд.", "Анна Линд"),
        ("«Нас никто не спросил», — сообщил вчера тренер «Востока» Ян Новак.", "Ян Новак"),
        # the subject of the sentence before stands behind its verb
        ("В Осло приехал министр обороны Чехии Ян Новак. «Нас никто не спросил», — сказал он.",
         "Ян Новак"),
        ("С речью выступила представитель Министерства иностранных дел Чехии Анна Линд. «Нас никто "
         "не спросил», — добавила дипломат.", "Анна Линд"),
    ],
)  # fmt: skip
def test_a_subject_behind_its_verb_or_programme_speaks(text: str, speaker: str) -> None:
    assert [s.speaker for s in said(text)] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        # the object behind the verb, and the name of a group
        "Жители встретили министра обороны Чехии Яна Новака. «Нас никто не спросил», — сказал он.",
        "Хор посетил Анну Линд. «Нас никто не спросил», — сказала она.",
        "Лидеры «северной четвёрки» обсуждают договор, сообщил глава МИД Чехии.",
    ],
)
def test_an_object_behind_the_verb_and_a_group_say_nothing(text: str) -> None:
    assert said(text) == []
