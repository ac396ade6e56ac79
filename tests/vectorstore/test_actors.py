"""Actors in text, whom a role speaks for, and names across spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.actors import Actors, MentionKind
from vectorstore.domain import LANGUAGES
from vectorstore.names import heard_alike, key, same_person

ACTORS = Actors.load()


def codes(text: str, language: str | None = None, *, ignore_case: bool = False) -> list[str]:
    return [m.code for m in ACTORS.mentions(text, language, ignore_case=ignore_case)]


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("spokesperson for the Russian MFA", "RU"),
        ("foreign policy advisor to the Azerbaijani presidency", "AZ"),
        ("EU special representative for the South Caucasus", "EU"),
        ("special representative for the South Caucasus", None),
        ("US ambassador to Armenia", "US"),
        ("Russian ambassador in Baku", "RU"),
        ("ambassador to Armenia", None),
        ("PM of Norway", "NO"),
        ("member of the Turkish parliament", None),
        ("U.S. member of Congress", None),
        ("membre du Parlement européen", None),
        ("член парламента США", None),
        ("депутат Госдумы", None),
        ("speaker of the Turkish parliament", "TR"),
        ("Head of the EU Delegation to Armenia", "EU"),
        ("permanent representative of Azerbaijan to the UN", "AZ"),
        ("the Armenian Foreign Ministry", "AM"),
        ("President of the European Council", "EU"),
        ("European Commissioner for Crisis Management", "EU"),
        ("Kremlin spokesperson", "RU"),
        ("Secretary of the Security Council of Armenia", "AM"),
        ("UN Human Rights Council", "UN"),
        ("US National Security Council", "US"),
        ("spokesman for the National Security Council", None),
        ("vice president of the Russian Security Council and former president", "RU"),
        ("former president of Georgia", None),
        ("Armenian opposition leader", None),
        ("Russian political scientist", None),
        ("Hong Kong director of Amnesty International", None),
        ("director of the Russian Foreign Intelligence Service", "RU"),
        ("the Russian-Armenian commission head", None),
        ("President Joe Biden", None),
        ("Baku", "AZ"),
        ("le porte-parole du Kremlin", "RU"),
        ("porte-parole du département d’État", "US"),
        ("ambassadeur de Russie en Arménie", "RU"),
        ("l’ambassadeur américain auprès de l’OTAN", "US"),
        ("ministre kazakh des Affaires étrangères", "KZ"),
        ("ancien ministre géorgien de la Défense", None),
        ("глава МИД Турции", "TR"),
        ("посол России в Армении", "RU"),
        ("посол в Армении", None),
        ("заместителя министра иностранных дел Грузии", "GE"),
        ("пресс-секретарь президента РФ", "RU"),
        ("спецпредставитель ЕС по Южному Кавказу", "EU"),
        ("еврокомиссар по кризисному регулированию", "EU"),
        ("российский политолог", None),
    ],
)
def test_a_role_speaks_for_the_actor_that_gave_it(phrase: str, code: str | None) -> None:
    assert ACTORS.actor_of(phrase) == code


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The turkey was eaten in Turkey.", "en", ["TR"]),
        ("The US told us, and the UN knew.", "en", ["US", "UN"]),
        ("Jordan Peterson met Michael Jordan in Jordan.", "en", ["JO"]),
        ("Brian Kemp, governor of Georgia, spoke in Atlanta.", "en", []),
        ("Georgian and Armenian officials met in Georgia.", "en", ["GE", "AM", "GE"]),
        ("South Ossetia and Nagorno-Karabakh", "en", ["X-OS", "X-NK"]),
        ("The Russian Security Council and the UN Security Council", "en", ["RU", "UN"]),
        ("l’armée russe et les Arméniennes, l'Elysée, l’UE", "fr", ["RU", "AM", "FR", "EU"]),
        ("C’est un pays, dit l’ONU.", "fr", ["UN"]),
        ("груз из Грузии, из России, от Киева", "ru", ["GE", "RU", "UA"]),
        ("В Белом доме и МИД РФ, в ЕС и США", "ru", ["US", "RU", "EU", "US"]),
        ("российского, российская, российские", "ru", ["RU", "RU", "RU"]),
    ],
)
def test_mentions_heed_capitals_inflection_and_namesakes(
    text: str, language: str, expected: list[str]
) -> None:
    assert codes(text, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Египет, Египта, Египту, с Египтом, в Египте", ["EG"] * 5),
        ("Камбоджи, с Камбоджей, из Абуджи", ["KH", "KH", "NG"]),
        ("на Маврикии, в Капитолии", ["MU", "US"]),
        ("Косова, с Косовом, в Сараеве, с Подгорицей", ["XK", "XK", "BA", "ME"]),
        ("Святого Престола, со Святым Престолом, из Ханоя", ["VA", "VA", "VN"]),
        ("с Елисейским дворцом", ["FR"]),
        ("с Бермудских островов, на Соломоновых островах", ["BM", "SB"]),
        ("на Виргинских островах, в Великобритании", ["VG", "GB"]),
    ],
)
def test_russian_names_of_places_are_known_in_every_case(text: str, expected: list[str]) -> None:
    assert codes(text, "ru") == expected


@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("послу России в Армении", "RU"),
        ("командующего войсками Турции", "TR"),
        ("представителям правительств Грузии", "GE"),
        ("бывшего посла Турции", None),
        ("представителям церкви Армении", None),
        ("после Турции в Армении", None),
    ],
)
def test_russian_offices_are_known_in_every_case(role: str, code: str | None) -> None:
    assert ACTORS.actor_of(role, "ru") == code


def test_words_that_only_look_like_a_case_name_no_place() -> None:
    assert codes("рад, что куб льда цел", "ru", ignore_case=True) == []


def test_names_are_known_in_full_and_shortened() -> None:
    assert codes("St. Lucia and Saint Lucia", "en") == ["LC", "LC"]


def test_a_question_in_lower_case_still_names_its_actors() -> None:
    question = "what did russia say to the us about turkey and who told us"
    assert codes(question, "en", ignore_case=True) == ["RU", "US", "TR"]
    assert codes("что сказала россия о грузии", "ru", ignore_case=True) == ["RU", "GE"]


def test_without_a_language_all_three_are_tried() -> None:
    assert codes("Bakou, Баку, Yerevan") == ["AZ", "AZ", "AM"]


def test_a_mention_says_by_what_kind_of_word() -> None:
    kinds = [m.kind for m in ACTORS.mentions("Russia, Russian, Moscow, the Kremlin", "en")]
    assert kinds == [
        MentionKind.NAME,
        MentionKind.DEMONYM,
        MentionKind.CAPITAL,
        MentionKind.INSTITUTION,
    ]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("RU", ("Russia", "Russie", "Россия")),
        ("TR", ("Turkey", "Turquie", "Турция")),
        ("EU", ("European Union", "Union européenne", "Европейский союз")),
        ("X-NK", ("Nagorno-Karabakh", "Haut-Karabagh", "Нагорный Карабах")),
    ],
)
def test_a_code_has_a_name_in_each_language(code: str, names: tuple[str, ...]) -> None:
    assert tuple(ACTORS.name(code, language) for language in LANGUAGES) == names


def test_every_code_can_be_named_and_found_by_its_name() -> None:
    for code in sorted(ACTORS.codes):
        name = ACTORS.name(code, "en")
        assert name
        assert codes(name, "en")[:1] in ([code], []), name


@given(st.text(max_size=200), st.sampled_from([None, *LANGUAGES]), st.booleans())
def test_mentions_are_ordered_spans_of_any_text(
    text: str, language: str | None, ignore_case: bool
) -> None:
    end = 0
    for mention in ACTORS.mentions(text, language, ignore_case=ignore_case):
        assert end <= mention.span.start < mention.span.end <= len(text)
        assert mention.code in ACTORS.codes
        end = mention.span.end


@given(st.text(max_size=80))
def test_any_phrase_has_a_known_actor_or_none(phrase: str) -> None:
    assert ACTORS.actor_of(phrase) in ACTORS.codes | {None}


@pytest.mark.parametrize(
    "names",
    [
        ("Hikmet Hadjiyev", "Hikmet Hajiyev", "Хикмет Гаджиев", "Hajiyev"),
        ("Nikol Pashinian", "Nikol Pashinyan", "Никол Пашинян", "Pachinian", "Пашиняна"),
        ("Maria Zakharova", "Мария Захарова", "Марии Захаровой", "Zakharova"),
        ("Vladimir Putin", "Vladimir Poutine", "Владимир Путин", "V. Putin"),
        ("Ilham Aliyev", "Ilham Aliev", "Ильхам Алиев", "Алиева"),
        ("Volodymyr Zelensky", "Zelenskyy", "Зеленский", "Зеленского"),
        ("Dmitri Peskov", "Dmitry Peskov", "Дмитрий Песков", "Песковым"),
        ("Sergueï Choïgou", "Shoigu", "Шойгу"),
        ("Ursula von der Leyen", "von der Leyen", "Leyen"),
        ("Jean-Marie Le Goff", "J.-M. Le Goff", "Jean Le Goff", "Le Goff", "Goff"),
        ("Abdel-Rahman Hasanli", "Abdelrahman Hasanli"),
        ("Marlow's", "Marlow", "Marlow’s"),
    ],
)
def test_spellings_of_one_person_fall_together(names: tuple[str, ...]) -> None:
    for one in names:
        for other in names:
            assert same_person(one, other), (one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lavrov", "Medvedev"),
        ("Ilham Aliyev", "Heydar Aliyev"),
        ("Simonian", "Simonov"),
        ("Armen Grigoryan", "Gagik Grigoryan"),
        ("Mirzoyan", "Martirosyan"),
        ("Zakharov", "Maria Zakharova"),
        ("Ilham Aliyev", "Алиевой"),
        ("Jean-Marie Le Goff", "Marine Le Goff"),
        ("Jean-Marie Le Goff", "Jean-Luc Le Goff"),
        ("Jean-Marie Dupuis", "Marie Dupuis"),
        ("", "Lavrov"),
    ],
)
def test_different_persons_stay_apart(one: str, other: str) -> None:
    assert not same_person(one, other)


@given(st.text(max_size=60))
def test_any_name_has_a_key(name: str) -> None:
    assert isinstance(key(name), str)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Berners-Lee", "Lee"),
        ("Moon", "Ban Ki-moon"),
        ("Jean-Pierre", "Pierre"),
        ("Ли", "Berners-Lee"),
    ],
)
def test_half_a_double_name_is_another_persons(one: str, other: str) -> None:
    assert not same_person(one, other)
    assert not heard_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sisi", "Abdel Fattah al-Sisi"),
        ("Shara", "Ahmed ash-Shara"),
        ("Муаллем", "аль-Муаллем"),
        ("Berners-Lee", "Tim Berners-Lee"),
        ("Berners Lee", "Berners-Lee"),
        ("Ki-moon", "Ban Ki-moon"),
        ("Gjorge Ivanov", "Георге Иванов"),
    ],
)
def test_an_article_is_no_half_of_a_name(one: str, other: str) -> None:
    assert same_person(one, other)
