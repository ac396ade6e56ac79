"""The forms in which press reviews attribute words, and what looks like them but is not."""

from __future__ import annotations

import pytest

from tests.ingest.accounts import quotes, said
from vectorstore.domain import StatementKind

Words = list[tuple[str | None, str, str]]


def reports(text: str, language: str) -> set[tuple[str | None, str]]:
    """Actor and speaker of each report."""
    return {(s.actor, s.speaker) for s in said(text, language) if s.kind is StatementKind.REPORTED}


@pytest.mark.parametrize(
    ("language", "text", "speaker", "actor"),
    [
        # a pronoun means whom the sentence before is about
        ("en", "Norway's foreign minister, Ingrid Solheim, has rebuffed calls to reopen the talks. "
         "“Nobody has asked us,” she told reporters in Oslo.", "Ingrid Solheim", "NO"),
        ("en", "Peter Stone met Anna Berg on Monday. “Nobody has asked us,” he said.",
         "Peter Stone", None),
        ("en", "Peter Stone met Anna Berg on Monday. “Nobody has asked us,” she said.",
         "Anna Berg", None),
        ("en", "Anna Berg called the plan of Paul Wolff a mistake. She explained: “Nobody has "
         "asked us.”", "Anna Berg", None),
        ("en", "Peter Stone laughed.\n\n“Nobody has asked us,” he said.", "Peter Stone", None),
        ("fr", "Claire Vasseur dirige le port depuis un an. « Personne ne nous a consultés », "
         "assure-t-elle.", "Claire Vasseur", None),
        ("fr", "Anne Dupré a rencontré Paul Martin. « Personne ne nous a consultés », a-t-il dit.",
         "Paul Martin", None),
        ("ru", "Анна Дюпре вернулась из Берлина. «Нас никто не спросил», — сказала она.",
         "Анна Дюпре", None),
        ("ru", "Об этом сообщил министр обороны Германии Карл Майер. «Нас никто не спросил», — "
         "сказал он.", "Карл Майер", "DE"),
        # a surname that begins the sentence, and one that looks like a plural
        ("en", "Chris Fallows lives by the sea. Fallows remarked: “Nobody has asked us.”",
         "Fallows", None),
        # where and to whom it was said
        ("en", "Tom Harker told the press via Telegram: “Nobody has asked us.”",
         "Tom Harker", None),
        ("en", "US President Carl Hobbs told the BBC after the vote: “Nobody has asked us.”",
         "Carl Hobbs", "US"),
        ("fr", "« Personne ne nous a consultés », a déclaré à l'AFP Jean Astier, le porte-parole "
         "du parti.", "Jean Astier", None),
        ("fr", "« Personne ne nous a consultés », a lancé à la foule le président chilien.",
         "président chilien", "CL"),
        ("ru", "«Нас никто не спросил», — заявил журналистам в Берлине министр обороны Германии "
         "Карл Майер.", "Карл Майер", "DE"),
        ("ru", "«Нас никто не спросил», — заявил на новостном сайте политолог Пётр Орлов.",
         "Пётр Орлов", None),
        ("ru", "Министр обороны Германии Карл Майер в интервью газете «Ведомости» заявил, что "
         "«страну никто не спросил».", "Карл Майер", "DE"),
        # described before the name, or between commas
        ("en", "The paper's political editor, Rachel Moss, said: “Nobody has asked us.”",
         "Rachel Moss", None),
        ("en", "Her Swedish counterpart, Karl Edlund, was more cautious, saying that “nobody has "
         "asked us”.", "Karl Edlund", "SE"),
        ("fr", "« Personne ne nous a consultés », lâche un jeune habitant, Idriss Benamar.",
         "Idriss Benamar", None),
        ("fr", "Michel Guyon, appelé à témoigner et arrivé en retard, raconte : « Personne ne nous "
         "a consultés. »", "Michel Guyon", None),
        ("en", "Walid al-Khatib, who arrived with Paul Wolff, said: “Nobody has asked us.”",
         "Walid al-Khatib", None),
        # papers, the words passed on, views
        ("fr", "« Personne ne nous a consultés », peut-on lire dans un communiqué du ministère "
         "péruvien des Affaires étrangères.",
         "ministère péruvien des Affaires étrangères", "PE"),
        ("fr", "« Personne ne nous a consultés », indique un communiqué du ministère allemand de "
         "l'Intérieur.", "ministère allemand de l'Intérieur", "DE"),
        ("ru", "«Нас никто не спросил», — говорится в ноте МИД Перу.", "МИД Перу", "PE"),
        ("ru", "«Нас никто не спросил», — цитирует ТАСС мэра города Сергея Ладыгина.",
         "Сергея Ладыгина", None),
        ("ru", "«Нас никто не спросил», — приводит слова Карла Майера агентство РИА Новости.",
         "Карла Майера", None),
        ("fr", "Pour Paul Martin, « personne n'a été consulté avant le vote ».",
         "Paul Martin", None),
        ("fr", "À en croire le préfet, Luc Morvan, « personne n'a été consulté ».",
         "Luc Morvan", None),
        ("ru", "По словам её шведского коллеги Карла Эдлунда, «страну никто не спросил».",
         "Карла Эдлунда", "SE"),
        ("en", "The deal was described by Paul Wolff as “a disgrace for the continent”.",
         "Paul Wolff", None),
        # verbs beside quotations, colons, the incise
        ("fr", "« Personne ne nous a consultés », regretta Luc Morvan.", "Luc Morvan", None),
        ("fr", "« Personne ne nous a consultés, s'est emporté le chef de l'opposition, Marc "
         "Delorme. Le vote est nul. »", "Marc Delorme", None),
        ("ru", "«Нас никто не спросил», — уверяет Анна Дюпре.", "Анна Дюпре", None),
        ("ru", "Экономист Софья Тернова не верит в быстрое восстановление: «Нас никто не спросил».",
         "Софья Тернова", None),
        ("en", "Liverpool coach Jurgen Klaas was satisfied: “Nobody has asked us.”",
         "Jurgen Klaas", None),
        ("en", "Lee Grant, however, said “nobody has asked us”.", "Lee Grant", None),
        ("en", "Added Lee Grant: “Nobody has asked us.”", "Lee Grant", None),
        ("en", "“Nobody has asked us,” explains Robert Forbes, a driver.", "Robert Forbes", None),
        ("fr", "Et Luc Morvan d'ajouter : « Personne ne nous a consultés. »", "Luc Morvan", None),
        ("fr", "Le ministère russe de la Défense l'assure : « Personne ne nous a consultés. »",
         "ministère russe de la Défense", "RU"),
        ("ru", "В беседе с журналистами Хилл добавил, что «нас никто не спросил».", "Хилл", None),
        ("ru", "«Нас никто не спросил», — пояснила в интервью телеканалу «Дождь» Анна Петрова.",
         "Анна Петрова", None),
        ("ru", "«Нас никто не спросил», — отметил после матча тренер «Зенита» Юрий Клопов.",
         "Юрий Клопов", None),
        ("ru", "Представитель полиции Лос-Анджелеса Джош Линд сообщил, что «никто не пострадал».",
         "Джош Линд", None),
        ("en", "The French ambassador arrived. “Nobody has asked us,” she said.",
         "French ambassador", "FR"),
        ("en", "Dr Paul Achterberg went on: “Nobody has asked us.”", "Paul Achterberg", None),
        ("en", "Paul Wolff dismissed the charge: “Nobody has asked us.”", "Paul Wolff", None),
        ("fr", "Le technicien, Jack Moss, explique que son « ambition ultime » est de gagner.",
         "Jack Moss", None),
    ],
)  # fmt: skip
def test_the_first_quotation_is_the_speakers(
    language: str, text: str, speaker: str, actor: str | None
) -> None:
    assert [(a, s) for a, s, _ in quotes(text, language)[:1]] == [(actor, speaker)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # whom a pronoun means is not plain
        ("en", "Talks between Peter Stone and Paul Wolff were held. “Nobody asked us,” he said."),
        ("en", "Peter Stone was attacked by Paul Wolff. “Nobody asked us,” he said."),
        ("en", "Anna Berg spoke. The driver disagreed. “Nobody asked us,” he said."),
        ("en", "Peter Stone arrived. Then there was a scandal about Paul Wolff. “Nobody asked us,” "
         "he said."),
        ("fr", "Anne Dupré est arrivée. « Personne ne nous a consultés », a-t-il dit."),
        ("ru", "Анна Дюпре вернулась. «Нас никто не спросил», — сказал он."),
        ("fr", "Paul Martin est arrivé. « Personne ne nous a consultés », dit-on à Lyon."),
        # names of ships, operations and works, terms, slogans
        ("en", "The ferry “Northern Star” left Bergen, the captain, Paul Wolff, said."),
        ("en", "Operation “Silent Dawn” was described by Paul Wolff as a success."),
        ("en", "The so-called “ghost fleet of the north” is growing, according to Paul Wolff."),
        ("fr", "Le film intitulé « Les Heures lentes de mon père » sort mardi, selon Luc Astier."),
        ("fr", "Paul Martin a rejoint des manifestants scandant « Rendez-nous nos terres »."),
        ("ru", "Фильм под названием «Медленные часы» выходит в среду, сообщил Пётр Орлов."),
        # named, not quoted
        ("en", "For Peter Stone, the “Golden Bear” was a surprise."),
        ("en", "Peter Stone joined the calls asking for “free and fair elections”."),
        ("fr", "« Personne ne nous a consultés », dit la rumeur dans la ville de Paul Martin."),
        ("ru", "Полиция объявила об аресте Дейтона Симпсона. «Нас никто не спросил»."),
        # nobody in particular
        ("en", "“Nobody asked us,” the driver said."),
        ("ru", "«Нас никто не спросил», — сказал водитель."),
        ("en", "“Nobody asked us,” one of the children said."),
    ],
)  # fmt: skip
def test_no_quotation_is_given_to_somebody_who_is_not_plainly_its_speaker(
    language: str, text: str
) -> None:
    assert quotes(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "Germany and France said in a joint statement that the quota was “unworkable”.",
         "unworkable"),
        ("fr", "L'Allemagne et la France ont estimé dans une déclaration commune que le quota "
         "était « inapplicable ».", "inapplicable"),
        ("ru", "Германия и Франция в совместном заявлении назвали квоту «невыполнимой».",
         "невыполнимой"),
    ],
)  # fmt: skip
def test_joint_words_are_both_speakers(language: str, text: str, words: str) -> None:
    assert [(actor, said) for actor, _, said in quotes(text, language)] == [
        ("DE", words),
        ("FR", words),
    ]


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", "The Estonian Ministry of Defence said the drill was over. A spokesman for the "
         "ministry added: “Nobody was hurt.”", "spokesman for the ministry"),
        ("ru", "В Министерстве обороны Эстонии заявили, что учения завершены. «Никто не "
         "пострадал», — уточнил представитель ведомства.", "представитель ведомства"),
    ],
)  # fmt: skip
def test_a_body_named_before_lends_its_side(language: str, text: str, speaker: str) -> None:
    assert [(actor, name) for actor, name, _ in quotes(text, language)] == [("EE", speaker)]


def test_each_of_two_sources_has_its_own_clause() -> None:
    text = (
        "The army lost two men, according to the Turkish Ministry of Defence, six men according to "
        "the mayor, Paul Wolff."
    )
    clauses = {
        s.speaker: s.span.of(text) for s in said(text, "en") if s.kind is StatementKind.REPORTED
    }
    assert clauses == {
        "Turkish Ministry of Defence": "The army lost two men, according to the Turkish Ministry "
        "of Defence",
        "Paul Wolff": "six men according to the mayor, Paul Wolff.",
    }


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Paul Wolff began his career in Oslo. Anna Berg smiled and started the engine."),
        ("en", "Paul Wolff maintained his lead. The coach said that it rained."),
        ("fr", "Paul Martin s'est emporté. Anne Dupré a commencé une carrière de pilote."),
        ("ru", "Пётр Орлов улыбнулся и начал работу. Анна Дюпре возмутилась."),
        ("ru", "Военные отрицают, что обстреляли посёлок."),
    ],
)
def test_what_people_do_beside_speaking_reports_nothing(language: str, text: str) -> None:
    assert reports(text, language) == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ostrov said that the port would open. Its director Lado Berishvili told reporters "
         "on Monday that the cranes had not come. Ostrov took a brighter view at his rally. “We "
         "are doing well,” he said."),
        ("fr", "Ostrov a déclaré que le port ouvrirait. Son directeur, Lado Berichvili, a dit "
         "que les grues manquaient. Ostrov voyait les choses autrement au meeting. « Tout va bien "
         "», a-t-il dit."),
        ("ru", "Остров заявил, что порт откроется. Его директор Ладо Беришвили сообщил в "
         "понедельник, что кранов нет. Остров смотрел на дело иначе. «У нас всё хорошо», — сказал "
         "он."),
    ],
)  # fmt: skip
def test_a_surname_that_begins_a_sentence_takes_the_pronoun_from_who_spoke_before(
    language: str, text: str
) -> None:
    assert not {"Lado Berishvili", "Lado Berichvili", "Ладо Беришвили"} & {
        speaker for _, speaker, _ in quotes(text, language)
    }
