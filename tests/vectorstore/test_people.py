"""Whom people speak for, learned from all the briefings that one reader may see."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vectorstore.store import briefing
from vectorstore.domain import Document, Person, Span, Statement, StatementKind, Tier
from vectorstore.names import heard_alike
from vectorstore.people import People
from vectorstore.speakers import Speakers

NOWHERE = Span(start=0, end=1)


def person(
    name: str, actor: str | None = None, *, private: bool = False, role: str = "x"
) -> Person:
    return Person(name=name, role=role, actor=actor, private=private, span=NOWHERE)


def said(speaker: str, actor: str | None = None) -> Statement:
    return Statement(
        actor=actor,
        speaker=speaker,
        role="",
        kind=StatementKind.QUOTE,
        cue="said",
        via="",
        span=NOWHERE,
        attribution=NOWHERE,
    )


def spoken(speaker: str, role: str = "", cue: str = "заявил") -> Statement:
    return replace(said(speaker), role=role, cue=cue)


_COUNT = iter(range(1000))


def document(*contents: Person | Statement, tier: Tier = Tier.PUBLIC) -> Document:
    return Document(
        briefing=briefing(f"b{next(_COUNT)}", "Words.", tier=tier),
        passages=(),
        statements=tuple(each for each in contents if isinstance(each, Statement)),
        people=tuple(each for each in contents if isinstance(each, Person)),
    )


def side(speaker: str, *others: Document, here: tuple[Person | Statement, ...] = ()) -> str | None:
    """Whom ``speaker`` speaks for in a briefing that holds ``here``, beside the ``others``."""
    asked = document(said(speaker), *here)
    return People([*others, asked]).actor_of(asked.statements[0], asked)


@pytest.mark.parametrize(
    ("introduced", "spoken"),
    [
        ("Nikol Pashinyan", "Pashinian"),
        ("Nikol Pashinyan", "Никол Пашинян"),
        ("Ильхам Алиев", "Aliev"),
        ("Maria Zakharova", "Захаровой"),
        ("Pashinyan", "Nikol Pachinian"),
    ],
)
def test_who_is_introduced_in_one_briefing_is_known_in_another(
    introduced: str, spoken: str
) -> None:
    assert side(spoken, document(person(introduced, "AM"))) == "AM"


def test_what_the_text_says_itself_stays() -> None:
    own = document(said("Aliyev", "TJ"))
    people = People([own, document(person("Ilham Aliyev", "AZ"))])
    assert people.actor_of(own.statements[0], own) == "TJ"


def test_namesakes_stay_apart_by_given_name() -> None:
    others = (document(person("Ilham Aliyev", "AZ")), document(person("Farid Aliyev", "TJ")))
    assert side("Farid Aliev", *others) == "TJ"
    assert side("Ильхам Алиев", *others) == "AZ"
    assert side("Aliyev", *others) is None
    assert side("Rustam Aliyev", *others) is None


def test_a_surname_has_a_side_only_if_all_its_bearers_have_that_side() -> None:
    president = document(person("Ilham Aliyev", "AZ"))
    first_lady = document(person("Mehriban Aliyeva", "AZ"))
    assert side("Aliyev", president, document(said("Heydar Aliyev"))) is None
    assert side("Алиева", president, first_lady) == "AZ"
    assert side("Zakharov", document(person("Maria Zakharova", "RU"))) is None


def test_a_surname_means_whom_its_own_text_names_in_full() -> None:
    president = document(person("Dmitri Medvedev", "RU"))
    assert side("Medvedev", president) == "RU"
    player = person("Daniil Medvedev", role="")
    assert side("Medvedev", president, here=(player,)) is None
    assert side("Medvedev", president, here=(said("Daniil Medvedev"),)) is None
    assert side("Medvedev", president, here=(said("Dmitry Medvedev"),)) == "RU"


def test_a_former_minister_speaks_for_no_side() -> None:
    minister = document(person("Vartan Oskanian", "AM"))
    former = person("Vartan Oskanian", private=True)
    assert side("Oskanian", minister) == "AM"
    assert side("Oskanian", minister, here=(former,)) is None
    assert side("Oskanian", minister, document(former)) is None
    assert side("Oskanian", document(former)) is None


def test_one_briefing_in_five_may_be_mistaken() -> None:
    right = [document(person("Toivo Klaar", "EU")) for _ in range(4)]
    wrong = [document(person("Toivo Klaar", "EE")) for _ in range(2)]
    assert side("Klaar", *right, *wrong[:1]) == "EU"
    assert side("Klaar", *right, *wrong) is None


def test_where_somebody_comes_from_is_not_whom_they_speak_for() -> None:
    assert side("Rahm", document(person("Jon Rahm", "ES", role=""))) is None


@pytest.mark.parametrize("body", ["mayor of New Yerevan", "police", "Foreign Ministry", "TASS", ""])
def test_a_body_is_nobody_of_that_name(body: str) -> None:
    known = (person("Anna Yerevan", "AM"), person("Bo Tass", "RU"), person("Foreign Police", "FR"))
    assert side(body, document(*known)) is None


def test_speakers_are_found_by_the_side_that_other_briefings_tell() -> None:
    asked = document(said("Pashinian"))
    told = document(person("Nikol Pashinyan", "AM"))
    [found] = Speakers([asked, told]).of_actor("AM")
    assert (found.document, found.statement, found.actor) == (asked, asked.statements[0], "AM")
    assert Speakers([asked]).of_actor("AM") == []


NAMES = st.sampled_from(["Ilham Aliyev", "Aliev", "Farid Aliev", "Lavrov", "Сергей Лавров"])
INTRODUCED = st.builds(
    person, NAMES, st.sampled_from([None, "AZ", "RU", "TJ"]), private=st.booleans()
)


@given(st.lists(st.lists(INTRODUCED, max_size=3), max_size=6), NAMES)
def test_the_order_of_the_briefings_changes_nothing(told: list[list[Person]], name: str) -> None:
    documents = [document(*some) for some in told]
    assert People(documents).side_of(name) == People(documents[::-1]).side_of(name)


@given(st.lists(INTRODUCED, max_size=6), NAMES)
def test_a_side_is_always_one_that_was_told(told: list[Person], name: str) -> None:
    found = People([document(each) for each in told]).side_of(name)
    assert found is None or any(each.actor == found and not each.private for each in told)


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Jérôme Cahuzac", "Жером Каюзак"),
        ("Nadim Houry", "Надим Хури"),
        ("Zimmermann", "Циммерман"),
        ("Olaf Scholz", "Олаф Шольц"),
        ("Boris Johnson", "Борис Джонсон"),
        ("François Hollande", "Франсуа Олланд"),
        ("Obama", "Обама"),
        ("Trudeau", "Трюдо"),
    ],
)
def test_a_name_is_heard_in_the_other_script(latin: str, cyrillic: str) -> None:
    assert heard_alike(latin, cyrillic)
    assert heard_alike(cyrillic, latin)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Putin", "Патон"),
        ("Sergey Lavrov", "Борис Лавров"),
        ("Macron", "Меркель"),
        ("Erdogan", "Эрдели"),
        ("Borrell", "Borel"),
        ("Jean-Marie Le Goff", "Марин Ле Гофф"),
    ],
)
def test_names_that_sound_otherwise_or_share_a_script_are_not(one: str, other: str) -> None:
    assert not heard_alike(one, other)


# What Russian print bends


@pytest.mark.parametrize(
    ("printed", "known", "called"),
    [
        (
            spoken("Орхана Ташделеноглу", "министра транспорта Турции", "По словам"),
            person("Орхан Ташделеноглу", role="Министр транспорта Турции"),
            ("Орхан Ташделеноглу", "Министр транспорта Турции"),
        ),
        (
            spoken("Марии Захаровой", "официального представителя МИД", "напомнила"),
            spoken("Мария Захарова", "официальный представитель МИД"),
            ("Мария Захарова", "официальный представитель МИД"),
        ),
        (
            spoken("Сергея Лаврова", cue="По мнению"),
            spoken("Сергей Лавров", "министр"),
            ("Сергей Лавров", ""),
        ),
        (
            spoken("Минфина Армении", cue="по данным"),
            spoken("Минфин Армении"),
            ("Минфин Армении", ""),
        ),
    ],
)
def test_a_speaker_whom_print_bends_is_called_as_other_texts_print_them(
    printed: Statement, known: Person | Statement, called: tuple[str, str]
) -> None:
    assert People([document(known), document(printed)]).called(printed) == called


@pytest.mark.parametrize(
    ("printed", "known"),
    [
        # Nobody prints another form.
        (spoken("Орхана Ташделеноглу", "министра", "По словам"), spoken("Орхан Ташкент")),
        # She is somebody else than he.
        (spoken("Александра Иванова", "министр"), spoken("Александр Иванов", "министр")),
        (spoken("Александра Иванова"), spoken("Александр Иванов")),
        (spoken("Лаврова", cue="По словам"), spoken("Лавров")),
        # Of two roles one would be wrong.
        (spoken("Остапа Журавелько", "советника мэра"), spoken("Остап Журавелько", "депутат")),
        (spoken("Остап Журавелько", "советник"), spoken("Остапа Журавелько", "советника")),
        (said("Orhan"), said("Orhana")),
    ],
)
def test_a_speaker_who_may_be_another_is_called_as_printed(
    printed: Statement, known: Statement
) -> None:
    assert People([document(known), document(printed)]).called(printed) == ("", "")


def test_a_person_whom_print_bends_is_found_by_name() -> None:
    bent = spoken("Эки Самцкарошвили", "заместителя министра", "по словам")
    known = spoken("Эка Самцкарошвили", "заместитель министра")
    found = Speakers([document(known), document(bent)]).of_person("Эка Самцкарошвили")
    assert [each.statement for each in found] == [known, bent]


def test_a_surname_is_not_asked_for_with_a_given_name_that_only_others_have() -> None:
    short, full = said("Lind"), said("Ada Lind")
    known = Speakers([document(short), document(full)])
    assert known.of_person("Berta Lind") == []
    assert [each.statement for each in known.of_person("Ada Lind")] == [short, full]
    assert [each.statement for each in known.of_person("A. Lind")] == [short, full]
    assert [each.statement for each in Speakers([document(short)]).of_person("Berta Lind")] == [
        short
    ]


def test_a_surname_is_whose_its_own_text_names_in_full() -> None:
    here, there = (
        document(said("Lind"), said("Ada Lind")),
        document(said("Lind"), person("B. Lind")),
    )
    found = Speakers([here, there]).of_person("Berta Lind")
    assert [each.document for each in found] == [there]
