"""What looks like speech and is none, and who looks like the speaker and is not."""

from __future__ import annotations

import pytest

from ingest.statements import extract
from vectorstore.actors import Actors
from vectorstore.domain import StatementKind

ACTORS = Actors.load()


def said(text: str, language: str) -> list[tuple[str, str]]:
    """Speaker and words of each statement, in order."""
    return [(s.speaker, s.span.of(text)) for s in extract(text, language, actors=ACTORS).statements]


def speakers(text: str, language: str) -> set[str]:
    """Who says anything in a text."""
    return {speaker for speaker, _ in said(text, language)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Most states have banned the fuel."),
        ("en", "Eleven states and the capital joined the suit."),
        ("en", "The Devana numerals used with Devana and related variants are old."),
        ("en", "The university runs a scheme called the Lantern Fund."),
        ("en", "The Norwick community, in partnership with Easton, built a boat, called Petrel."),
        ("ru", "Французский контингент насчитывает более 1000 военных."),
        ("en", "Goalkeeper Jens Berg kept ten clean sheets until conceding a goal."),
        ("en", "Finnish officials denied her request for asylum."),
        ("en", "Local government refers to councils and their committees."),
        ("en", "Anna Berg left quietly to find and warn the villagers."),
        ("en", "Anna Berg wrote a second novel in Lisbon."),
        ("en", "The lawyers supporting Berg described the case as weak."),
        ("en", "Nobody said that the bridge would last."),
        ("en", "Everybody spoke of the bridge."),
        ("fr", "Tous ont dit que le pont tiendrait."),
        ("ru", "Каждый сказал, что мост выстоит."),
        ("fr", "Le groupe Nordal accuse une baisse de 4 % de ses ventes."),
        ("fr", "Claire Vasseur a lancé une nouvelle marque de vélos."),
        ("fr", "L'agence garde la même note du fait de la situation critique du pays."),
        ("ru", "Пётр Орлов продолжал политику своего отца."),
        ("ru", "Нападающий Пётр Орлов добавил 12 очков."),
        ("ru", "Компания «Норд» предлагает новые маршруты."),
        ("ru", "Пётр Орлов написал «Дом у реки»."),
        ("ru", "Один из рыбаков сообщил Дегару о шторме."),
        ("ru", "Врач Лолы подтвердил диагноз."),
        ("ru", "Ввод корабля отложен, сообщает газета Abendpost со ссылкой на два источника."),
        ("ru", "Источник Evening Bell намекнул, что матч отложат."),
    ],
)
def test_nobody_says_anything(language: str, text: str) -> None:
    assert said(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        # the same verbs where they do report
        ("en", "The report by Peter Stone was ready. Peter Stone called the plan a mistake.",
         "Peter Stone"),
        ("en", "Peter Stone denied that he had asked for asylum.", "Peter Stone"),
        ("fr", "Claire Vasseur a lancé un appel au calme.", "Claire Vasseur"),
        ("fr", "Claire Vasseur critique la mairie.", "Claire Vasseur"),
        ("ru", "Пётр Орлов предлагает отложить матч.", "Пётр Орлов"),
        ("ru", "Пётр Орлов добавил, что матч отложат.", "Пётр Орлов"),
        ("ru", "«Матч отложат», — заявил Нетаньяху.", "Нетаньяху"),
        # whoever heads the sentence speaks, not a name in its clause or address
        ("en", "Peter Stone, who has married a colleague, Anna Berg, his elder, said it rained.",
         "Peter Stone"),
        ("ru", "Пётр Орлов, который женился на коллеге, Роуз Линд, своей ровеснице, признался, "
         "что устал.", "Пётр Орлов"),
        ("ru", "Профессор Пётр Орлов, Национальный институт, Норвик, штат Мэриленд, утверждает: "
         "«Вакцина готова».", "Пётр Орлов"),
        # a name in the genitive is another's; so is the office that it is the end of
        ("ru", "Пресс-секретарь Дарканяна Анна Росс сообщила, что визит отложен.", "Анна Росс"),
        ("ru", "Начальник полиции Пётр Дж. Орлов сообщил об аресте.", "Пётр Дж. Орлов"),
    ],
)  # fmt: skip
def test_the_speaker_is_the_one_who_speaks(language: str, text: str, speaker: str) -> None:
    assert speakers(text, language) == {speaker}


@pytest.mark.parametrize(
    ("language", "text", "speaker", "left_out"),
    [
        # the pronoun may mean somebody named since, whatever the grammar of the name
        ("en", "“Of course,” said Stone. Berg's vote, however, is set. “My mind is made up,” he "
         "said.", "Stone", "My mind is made up"),
        # a pronoun told the gender before
        ("en", "Robin Stone spoke first. He was arrested on Monday. “I am ashamed,” she told the "
         "crowd.", "Robin Stone", "I am ashamed"),
        ("ru", "Профессор Пётр Орлов рад. «Курс готов», — сказал он. Реймонд Со, 19-летний "
         "студент, помог ему. Он сказал, что многое понял.", "Пётр Орлов", "многое понял"),
        # a given name tells the gender of the surname
        ("fr", "Le réalisateur, Simon Lacaze, se tait. Ève Caron raconte que Lacaze l'a appelée. "
         "« Viens demain », sourit-elle.", "Lacaze", "Viens demain"),
        # a stranger may be meant as well
        ("fr", "« J'ai ri », a affirmé Mme Steyner. Une patronne, une femme âgée, passait. « Ne "
         "pleurez pas », m'avait-elle dit.", "Steyner", "Ne pleurez pas"),
        # the agent of a passive is not whom the sentence is about
        ("en", "Eugene Porter is played by Simon Mead. In the film he claims to be a saint.",
         "Simon Mead", "saint"),
        # a gerund with a subject of its own
        ("en", "Peter Stone offers to hide them, with Anna insisting on leaving at once.",
         "Peter Stone", "insisting"),
        # who hears, a translated name, a title
        ("ru", "«Это ошибка», — сказала Анна Дюпре «Вестям» в пятницу.", "Анна Дюпре", "Вестям"),
        ("ru", "Пётр Орлов сказал на митинге Leave Means Leave («Выйти значит выжить»), что устал.",
         "Пётр Орлов", "Выйти значит выжить"),
        ("en", "John Wells warned against drink in his sermon, “The Use of Money”, and in letters.",
         "John Wells", "The Use of Money"),
        # those who shout are not who reports it
        ("fr", "Vendredi, raconte Paul Ferrand, les manifestants ont crié « Novembre arrive ! » "
         "au couloir.", "Paul Ferrand", "Novembre arrive !"),
    ],
)  # fmt: skip
def test_words_are_not_put_into_anothers_mouth(
    language: str, text: str, speaker: str, left_out: str
) -> None:
    quoted = [
        s.span.of(text)
        for s in extract(text, language, actors=ACTORS).statements
        if s.speaker == speaker and (s.kind is StatementKind.QUOTE or left_out in s.span.of(text))
    ]
    assert left_out not in quoted
    assert all(left_out not in words or words.startswith(speaker) for words in quoted)


def test_a_role_ends_before_where_and_to_whom_its_bearer_spoke() -> None:
    text = "«Это ошибка», — сказал Пётр Орлов, бывший председатель комитета в начале недели."
    roles = [s.role for s in extract(text, "ru", actors=ACTORS).statements]
    assert roles == ["бывший председатель комитета"]


def test_the_end_of_a_russian_office_is_not_the_office() -> None:
    text = (
        "Суд уволил заместителя генерального прокурора Рода Розентала. Розентал утверждает, что "
        "данные неверны."
    )
    roles = [s.role for s in extract(text, "ru", actors=ACTORS).statements]
    assert roles == [""]


def test_a_body_with_a_place_in_its_name_is_no_person() -> None:
    text = "Четверо арестованы, сообщает полиция округа Норвик."
    assert speakers(text, "ru") == {"полиция округа Норвик"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Armenia's Ministry of Energy said that the line was cut. Iran delivered 150 "
         "megawatts to Armenia, according to its Ministry of Energy."),
        ("fr", "Le ministère arménien de l'Énergie a annoncé une coupure. L'Iran a livré du gaz "
         "à l'Arménie, selon son ministère de l'Énergie."),
        ("ru", "Министерство энергетики Армении сообщило об аварии. Иран поставил Армении газ, "
         "сообщило его Министерство энергетики."),
    ],
)  # fmt: skip
def test_its_ministry_is_that_of_whoever_the_sentence_is_about(language: str, text: str) -> None:
    said = extract(text, language, actors=ACTORS).statements
    assert [s.actor for s in said if s.span.start > text.index(".")] == ["IR"]


def test_its_ministry_is_nobodys_where_the_sentence_names_several() -> None:
    text = (
        "Armenia's Ministry of Energy said that the line was cut. On Monday the cable between "
        "Iran and Georgia was mended, its Ministry of Energy said."
    )
    said = extract(text, "en", actors=ACTORS).statements
    assert [s.actor for s in said] == ["AM", None]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The UN Human Rights Council said that 40 families are waiting. The Georgian "
         "National Council met for an hour. The Council chief condemned the delay."),
        ("fr", "Le Conseil des droits de l’Homme de l’ONU a fait savoir que 40 familles attendent. "
         "Le Conseil national géorgien s'est réuni. Le chef du Conseil a critiqué ce retard."),
        ("ru", "Совет ООН по правам человека заявил, что ждут 40 семей. Грузинский национальный "
         "совет собрался. Глава Совета осудил задержку."),
    ],
)  # fmt: skip
def test_a_council_is_nobodys_where_the_text_names_those_of_two(language: str, text: str) -> None:
    said = extract(text, language, actors=ACTORS).statements
    assert [s.actor for s in said if s.span.start < text.index(".")] == ["UN"]
    assert {s.actor for s in said if s.span.start > text.index(".")} <= {None}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Leaders of the Georgian rebellion accuse the neighbours of lying."),
        ("en", "Armenian rebel commanders said that the road was theirs."),
        ("fr", "Plusieurs leaders de la rébellion géorgienne accusent les voisins de mentir."),
        ("fr", "Les chefs des rebelles arméniens ont déclaré que la route était à eux."),
        ("ru", "Лидеры армянских повстанцев заявили, что дорога принадлежит им."),
    ],
)
def test_rebels_do_not_speak_for_their_country(language: str, text: str) -> None:
    assert {s.actor for s in extract(text, language, actors=ACTORS).statements} <= {None}


def test_a_relative_clause_is_of_the_court_and_not_of_the_country_in_its_name() -> None:
    text = "They stood before the Supreme Court of the United States, which rejected a lawsuit."
    assert "US" not in {s.actor for s in extract(text, "en", actors=ACTORS).statements}


def test_a_clause_behind_a_name_is_no_role() -> None:
    text = (
        "Per request of Prime Minister Ada Lind, the Queen suspended parliament for five weeks. "
        "Lind said the move was right. Jan Berg, the minister elected in July, said it was wrong."
    )
    roles = {s.speaker: s.role for s in extract(text, "en", actors=ACTORS).statements}
    assert "parliament" not in roles["Lind"]
    assert roles["Jan Berg"] == "minister elected in July"


@pytest.mark.parametrize(
    "text",
    [
        "As Norway grows, Sweden should double its ports, says Ada Lind.",
        "As Norway grows, the Swedes should pay for the ports, said investor Ada Lind.",
    ],
)
def test_a_clause_ahead_of_the_verb_says_nothing(text: str) -> None:
    assert speakers(text, "en") <= {"Ada Lind"}
