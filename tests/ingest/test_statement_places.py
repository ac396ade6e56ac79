"""Quotations and reports whose speakers stand in other places, or in none."""

from __future__ import annotations

import pytest

from tests.ingest.accounts import quotes, said
from vectorstore.domain import StatementKind


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # where the subject may stand
        ("en", "This Monday Georgian Foreign Minister Ilia Darchiashvili spoke of “a new road”.",
         [("GE", "Ilia Darchiashvili", "a new road")]),
        ("en", "Estonian prime minister Kaja Kallas speaking to the press club called it “a trap”.",
         [("EE", "Kaja Kallas", "a trap")]),
        ("en", "The pilot, Ada Lind, said that “the river froze”.",
         [(None, "Ada Lind", "the river froze")]),
        ("en", "The bridge is “the heart” of the valley now, Ada Lind said.",
         [(None, "Ada Lind", "the heart")]),
        ("fr", "« Le pont tiendra », lui a répondu Ada Lind, maire de la ville.",
         [(None, "Ada Lind", "Le pont tiendra")]),
        ("fr", "Comme le précise le ministre grec de la Défense, Nikos Dendias : « Nous restons ».",
         [("GR", "Nikos Dendias", "Nous restons")]),
        ("ru", "В своем письме Лавров пишет: «Дорога закрыта».",
         [(None, "Лавров", "Дорога закрыта")]),
        ("ru", "«Дорога закрыта», — сообщили в МИД Ирана.",
         [("IR", "МИД Ирана", "Дорога закрыта")]),
        ("ru", "«Дорога закрыта», — говорится в заявлении МИД Ирана.",
         [("IR", "МИД Ирана", "Дорога закрыта")]),
        ("ru", "«Дорога закрыта», — заявила Лаврова Комитету по транспорту.",
         [(None, "Лаврова", "Дорога закрыта")]),
        # signatures
        ("en", "“The road is closed.” — Foreign Ministry of Iran.",
         [("IR", "Foreign Ministry of Iran", "The road is closed.")]),
        ("fr", "« La route est fermée » (ministère iranien des Affaires étrangères).",
         [("IR", "ministère iranien des Affaires étrangères", "La route est fermée")]),
        ("fr", "« La route est fermée », a-t-on appris auprès du ministère iranien de la Défense.",
         [("IR", "ministère iranien de la Défense", "La route est fermée")]),
        # marks that close two quotations, or none
        ("ru", "«Это не «наша» война, а «чужая», — сказал Лавров. Зал молчал. «Мир близок», — "
         "сказал Блинкен.",
         [(None, "Лавров", "Это не «наша» война, а «чужая"), (None, "Блинкен", "Мир близок")]),
        ("en", "“The road is closed.\n\n“It will stay closed,” Sergey Lavrov said.",
         [(None, "Sergey Lavrov", "The road is closed."),
          (None, "Sergey Lavrov", "It will stay closed")]),
        # who was named before
        ("en", "The city waited for Nikol Pashinyan, prime minister of Armenia. The prime minister "
         "said that “the road is open”.", [("AM", "Nikol Pashinyan", "the road is open")]),
        ("en", "Ada Lind said the road was closed. “It will stay closed.”",
         [(None, "Ada Lind", "It will stay closed.")]),
        ("ru", "Лавров прибыл вчера. По словам Лаврова, «дорога закрыта».",
         [(None, "Лавров", "дорога закрыта")]),
        ("ru", "Мария Захарова прибыла и назвала дорогу «закрытой». По ее словам, «мир близок».",
         [(None, "Мария Захарова", "закрытой"), (None, "Мария Захарова", "мир близок")]),
        ("en", "Theresa May said the road was closed. May added that “it will stay closed”.",
         [(None, "May", "it will stay closed")]),
        # the same words of two
        ("en", "In a joint statement, Armenia and Georgia said that “the road is open”.",
         [("AM", "Armenia", "the road is open"), ("GE", "Georgia", "the road is open")]),
    ],
)  # fmt: skip
def test_a_quotation_is_found_in_its_speakers_other_places(
    language: str, text: str, expected: list[tuple[str | None, str, str]]
) -> None:
    assert quotes(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sources said that “the road is closed”."),
        ("fr", "Selon des experts, « la route est fermée »."),
        ("ru", "По мнению экспертов, «дорога закрыта»."),
        ("en", "The minister said that “the road is closed”."),
        ("en", "Ada Lind met Bo Ek, the mayor. The president said “no”. He added: “Never.”"),
        ("en", "Ada Lind met an envoy of Iran. A president said “no”."),
        ("en", "Ada Lind, prime minister, met Bo Ek, prime minister. "
         "The prime minister said “no”."),
        ("en", "Ada Lind said that Bo Ek was late. “Never.”"),
    ],
)  # fmt: skip
def test_nobody_is_named_for_a_speaker_whom_the_text_leaves_unnamed(
    language: str, text: str
) -> None:
    assert quotes(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The attack was condemned by the EU through Toivo Klaar, France, and the US "
         "Secretary of State, Antony Blinken.",
         [("EU", "Toivo Klaar"), ("FR", "France"), ("US", "Antony Blinken")]),
        ("en", "The raid was condemned by Poland through Jan Nowak, its ambassador in Kyiv, Ewa "
         "Lis, the Polish foreign minister, and the Sejm; nobody else spoke.",
         [("PL", "Jan Nowak"), ("PL", "Ewa Lis"), ("PL", "Sejm")]),
        ("en", "The plan was criticised by archbishop Bo Ek.", [(None, "Bo Ek")]),
        ("en", "Sergey Lavrov and Hakan Fidan said that the road was open.",
         [(None, "Sergey Lavrov"), (None, "Hakan Fidan")]),
        ("fr", "La Chine et la Russie soutiennent que la route est ouverte.",
         [("CN", "Chine"), ("RU", "Russie")]),
        ("en", "Pompeo met the king and later said that the road was open.", []),
        ("en", "Mike Pompeo met the king and later said that the road was open.",
         [(None, "Mike Pompeo")]),
        ("ru", "Лавров также сказал, что своим письмом Блинкен лишь подтвердил отказ.",
         [(None, "Лавров")]),
        ("en", "Lavrov and Fidan arrived. The road was open.", []),
    ],
)  # fmt: skip
def test_reported_speech_names_its_speakers(
    language: str, text: str, expected: list[tuple[str | None, str]]
) -> None:
    found = [s for s in said(text, language) if s.kind is StatementKind.REPORTED]
    assert [(s.actor, s.speaker) for s in found] == expected


def test_an_agency_in_brackets_passed_the_words_on() -> None:
    [one] = said("“We are ready,” said Lavrov (Reuters).")
    assert (one.speaker, one.via) == ("Lavrov", "Reuters")


@pytest.mark.parametrize(
    "text",
    [
        "Министр обвинил Россию в нападении.",
        "Министр обвинил Иран в нападении.",
        "Министры призвали Россию и Турцию к миру.",
        "Парламент осудил Россию и Китай.",
        "Правительство критикует Францию.",
    ],
)
def test_whom_somebody_accuses_in_russian_has_said_nothing(text: str) -> None:
    assert {s.actor for s in said(text, "ru")} <= {None}


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Применение силы раскритиковали Франция, Нидерланды и Совет Европы.", ["FR", "NL", "COE"]),
        ("Нападение осудили Франция и США.", ["FR", "US"]),
        ("Решение осудила Германия.", ["DE"]),
    ],
)
def test_a_russian_object_may_come_first(text: str, actors: list[str]) -> None:
    assert [s.actor for s in said(text, "ru")] == actors


def test_whom_the_speaker_has_met_is_not_the_speaker() -> None:
    text = (
        "«Мы разделяем это мнение», — заявил министр энергетики России Глеб Озерецкий "
        "после встречи с министром энергетики США Риком Перри."
    )
    assert [(actor, name) for actor, name, _ in quotes(text, "ru")] == [("RU", "Глеб Озерецкий")]
