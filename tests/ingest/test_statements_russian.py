"""Forms in which Russian newsrooms attribute words, and whom their descriptions mean."""

from __future__ import annotations

import pytest

from ingest.statements import extract
from vectorstore.actors import Actors
from vectorstore.domain import StatementKind

ACTORS = Actors.load()


def quotes(text: str) -> list[tuple[str, str]]:
    """Speaker and words of each quotation, in order."""
    said = extract(text, "ru", actors=ACTORS).statements
    return [(s.speaker, s.span.of(text)) for s in said if s.kind is StatementKind.QUOTE]


def reports(text: str) -> list[str]:
    """The speakers of what is reported, in order."""
    said = extract(text, "ru", actors=ACTORS).statements
    return [s.speaker for s in said if s.kind is StatementKind.REPORTED]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # whom a description means
        ("Глава МИД Армении Карен Симонян прибыл в Прагу. «Нас никто не спросил», — сказал "
         "министр журналистам.", "Карен Симонян"),
        ("Официальный представитель МИД Чехии Анна Лоренц приехала в Рим. «Нас никто не спросил», "
         "— подчеркнула дипломат.", "Анна Лоренц"),
        ("Экс-президент Литвы Юлиан Рамонис вернулся домой. «Нас никто не спросил», — отметил "
         "политик в интервью телеканалу «Восток».", "Юлиан Рамонис"),
        ("Премьер Литвы Юлиан Рамонис открыл съезд. «Нас никто не спросил», — сказал политик на "
         "заседании правительства.", "Юлиан Рамонис"),
        ("Запасов хватит на месяц, считает военный аналитик Пётр Орлов. «Нас никто не спросил», — "
         "полагает аналитик.", "Пётр Орлов"),
        ("Президент Турции Мехмет Арслан поговорил с Лоренцем. «Нас никто не спросил», — рассказал "
         "турецкий лидер.", "Мехмет Арслан"),
        ("Президент Франции Поль Моро и премьер Италии Джорджа Риччи провели переговоры. Её "
         "французский коллега добавил: «Нас никто не спросил».", "Поль Моро"),
        ("Канцлер Германии Карл Майер посетил Баку. «Нас никто не спросил», — сказал немецкий "
         "канцлер.", "Карл Майер"),
        # given names tell who can be the subject
        ("Спикер парламента Грузии Шалва Беридзе написал на своей странице в Facebook: «Нас никто "
         "не спросил».", "Шалва Беридзе"),
        # the question stands between verb and speaker
        ("«Нас никто не спросил», — ответил на вопрос журналистов помощник президента Армении "
         "Тигран Саакян.", "Тигран Саакян"),
    ],
)  # fmt: skip
def test_the_last_quotation_is_the_speakers(text: str, speaker: str) -> None:
    assert [speaker for speaker, _ in quotes(text)[-1:]] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        # the president is not his spokesman, the minister not the deputy
        "Пресс-секретарь президента Чехии Ян Новак приехал в Рим. «Нас никто не спросил», — сказал "
        "президент.",
        "Заместитель министра обороны Чехии Ян Новак приехал в Рим. «Нас никто не спросил», — "
        "сказал министр.",
        # two fit, or somebody else has been named whom the description fits
        "Депутат Ян Новак спорил с депутатом Петром Гавелом. «Нас никто не спросил», — сказал "
        "политик.",
        "Глава МИД Чехии Ян Новак приехал в Рим. Его встретил министр обороны. «Нас никто не "
        "спросил», — сказал министр.",
        "Министр обороны Турции Мехмет Арслан сопровождал Эрдогана. «Нас никто не спросил», — "
        "сказал турецкий политик.",
        # of another gender
        "Глава МИД Чехии Ян Новак приехал в Рим. «Нас никто не спросил», — сказала дипломат.",
    ],
)  # fmt: skip
def test_a_description_that_several_fit_or_none_is_nobody(text: str) -> None:
    assert quotes(text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Представитель МИД Чехии Ян Новак сообщил о двух раненых. По его данным, стреляли из "
         "леса.", "Ян Новак"),
        ("Согласно сообщению пресс-службы премьер-министра Чехии, стороны обсудили торговлю.",
         "пресс-службы премьер-министра Чехии"),
        ("Омбудсмен Чехии Ян Новак приехал в Рим. Правозащитник призвал открыть дорогу.",
         "Ян Новак"),
    ],
)  # fmt: skip
def test_the_last_report_is_the_speakers(text: str, speaker: str) -> None:
    assert reports(text)[-1:] == [speaker]


def test_a_profession_that_begins_a_sentence_is_no_name() -> None:
    assert reports("Командир рассказал, что бои идут за каждый дом.") == []


def test_of_two_colleagues_of_a_side_none_is_meant() -> None:
    text = (
        "Президент Франции Поль Моро и премьер Франции Жан Лебо спорили с премьером Италии Анной "
        "Риччи. Её французский коллега добавил: «Нас никто не спросил»."
    )
    assert [speaker for speaker, _ in quotes(text)] == ["французский коллега"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("В Минобороны Чехии опровергли сообщения об обстреле. «Нас никто не спросил», — заявили в "
         "ведомстве.", "Минобороны Чехии"),
        ("В МИД Чехии назвали слова Парижа ошибкой. «Нас никто не спросил», — говорится в "
         "заявлении ведомства.", "МИД Чехии"),
        ("Официальный представитель МИД Чехии Ян Новак открыл встречу. В ведомстве подчеркнули: "
         "«Нас никто не спросил».", "МИД Чехии"),
        ("По данным Минздрава Чехии, ранены двое. В министерстве добавили: «Нас никто не "
         "спросил».", "Минздрава Чехии"),
        ("По данным Минобороны Чехии, ранены двое. «Нас никто не спросил», — добавили в военном "
         "ведомстве.", "Минобороны Чехии"),
        ("«Нас никто не спросил», — сообщили РИА Новости в пресс-службе пограничной службы Чехии.",
         "пресс-службе пограничной службы Чехии"),
    ],
)  # fmt: skip
def test_a_department_is_the_body_that_spoke_last(text: str, speaker: str) -> None:
    assert [speaker for speaker, _ in quotes(text)] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "«Нас никто не спросил», — заявили в ведомстве.",
        # another body has been named, or a side that is no body
        "В Минобороны Чехии приняли делегацию МИД Польши. «Нас никто не спросил», — заявили в "
        "ведомстве.",
        "Как сообщили в Минобороны Чехии, с МВД Польши связи нет. «Нас никто не спросил», — "
        "заявили в ведомстве.",
        "Как сообщили в МИД Чехии, связи нет. «Нас никто не спросил», — заявили в военном "
        "ведомстве.",
        "Чехия заявила протест. «Нас никто не спросил», — заявили в министерстве.",
        "Писатель Ян Новак сказал, что устал. «Нас никто не спросил», — заявили в ведомстве.",
    ],
)  # fmt: skip
def test_a_department_that_is_not_plain_is_nobody(text: str) -> None:
    assert quotes(text) == []
