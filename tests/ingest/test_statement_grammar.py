"""Forms in which French and Russian newsrooms attribute words, of every field of the news."""

from __future__ import annotations

import pytest

from ingest.statements import extract
from vectorstore.actors import Actors
from vectorstore.domain import StatementKind

ACTORS = Actors.load()


def speakers(text: str, language: str) -> list[str]:
    """The speakers of the quotations, in order."""
    said = extract(text, language, actors=ACTORS).statements
    return [s.speaker for s in said if s.kind is StatementKind.QUOTE]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("fr", "Pour Hélène Marchetti, « la récolte est perdue pour cette année ».",
         ["Hélène Marchetti"]),
        ("fr", "Pour la directrice du musée, Hélène Marchetti : « Personne ne nous a "
         "consultés. »", ["Hélène Marchetti"]),
        ("fr", "Selon l'économiste Paul Ferrand, la reprise « n'aura pas lieu avant l'été ».",
         ["Paul Ferrand"]),
        ("fr", "Et Claire Vasseur de conclure : « Personne ne nous a consultés. »",
         ["Claire Vasseur"]),
        ("fr", "Claire Vasseur, elle, se veut plus prudente : « Personne ne nous a consultés. "
         "»", ["Claire Vasseur"]),
        ("fr", "Claire Vasseur, elle, parle d'un « gâchis monumental ».", ["Claire Vasseur"]),
        ("fr", "À en croire Claire Vasseur, le chantier sera « terminé dans les temps ».",
         ["Claire Vasseur"]),
        ("fr", "Le chantier sera « terminé dans les temps », à en croire Claire Vasseur.",
         ["Claire Vasseur"]),
        ("fr", "Le projet est une « catastrophe annoncée », selon les mots de Claire Vasseur.",
         ["Claire Vasseur"]),
        ("fr", "Le projet est une « catastrophe annoncée », selon les termes de la maire, "
         "Claire Vasseur.", ["Claire Vasseur"]),
        ("fr", "Le projet est une « catastrophe annoncée » aux yeux de Claire Vasseur.",
         ["Claire Vasseur"]),
        ("fr", "Dans un communiqué, le ministère français de la Culture dénonce une « atteinte"
         " grave au patrimoine ».", ["ministère français de la Culture"]),
        ("fr", "Dans un communiqué publié mardi soir, le ministère français de la Culture a "
         "dénoncé une « atteinte grave au patrimoine ».", ["ministère français de la Culture"]),
        ("fr", "Sur Telegram, le porte-parole de l'armée ukrainienne a parlé d'une « attaque "
         "massive de drones ».", ["porte-parole de l'armée ukrainienne"]),
        ("fr", "Sur X, Paul Ferrand a dénoncé « un déni de démocratie ».", ["Paul Ferrand"]),
        ("fr", "Sur son compte X, Paul Ferrand s'est indigné : « Personne ne nous a consultés."
         " »", ["Paul Ferrand"]),
        ("fr", "Paul Ferrand (Volley-Ball Club de Brest) : « Personne ne nous a consultés. »",
         ["Paul Ferrand"]),
        ("fr", "Paul Ferrand, entraîneur de Brest : « Personne ne nous a consultés. »",
         ["Paul Ferrand"]),
        ("fr", "« La saison est longue, tempère Paul Ferrand. Il reste dix matches. »",
         ["Paul Ferrand", "Paul Ferrand"]),
        ("fr", "« La saison est longue, a tempéré l'entraîneur brestois, Paul Ferrand, avant "
         "le match. Il reste dix matches. »", ["Paul Ferrand", "Paul Ferrand"]),
        ("fr", "Le Premier ministre belge, Luc Anselme, a qualifié la grève de « prise "
         "d'otages », dénonçant une « irresponsabilité totale ».", ["Luc Anselme", "Luc Anselme"]),
        ("fr", "L'avertissement de Luc Anselme : « Personne ne nous a consultés. »",
         ["Luc Anselme"]),
        ("fr", "La réponse du ministre belge Luc Anselme est claire : « Personne ne nous a "
         "consultés. »", ["Luc Anselme"]),
        ("fr", "Luc Anselme a défendu son bilan, estimant que la ville « n'a jamais été aussi "
         "sûre ».", ["Luc Anselme"]),
        ("fr", "Luc Anselme est revenu sur l'affaire mardi, jugeant que « rien ne sera plus "
         "comme avant ».", ["Luc Anselme"]),
        ("fr", "Luc Anselme, qui a déclaré que la ville « n'a jamais été aussi sûre », sera "
         "candidat.", ["Luc Anselme"]),
        ("fr", "Il a été annoncé par Luc Anselme que les travaux « commenceront en mars ».",
         ["Luc Anselme"]),
        ("fr", "Luc Anselme a quitté la réunion tôt. Il a ajouté : « Personne ne nous a "
         "consultés. »", ["Luc Anselme"]),
        ("fr", "L'acteur belge Luc Anselme a refusé le prix. « Personne ne nous a consultés »,"
         " a déclaré l'acteur.", ["Luc Anselme"]),
        ("fr", "Le ministre arménien des Affaires étrangères, Aram Petrossian, s'est rendu à "
         "Paris. « Personne ne nous a consultés », a déclaré le chef de la diplomatie.",
         ["Aram Petrossian"]),
        ("fr", "Le Premier ministre arménien Aram Petrossian s'est rendu à Paris. « Personne "
         "ne nous a consultés », a déclaré le dirigeant arménien.", ["Aram Petrossian"]),
        ("fr", "Le président Aram Petrossian a reçu les maires. « Personne ne nous a consultés"
         " », a déploré le chef de l'État.", ["Aram Petrossian"]),
        ("fr", "Le footballeur Luc Anselme a signé un contrat. « Personne ne nous a consultés "
         "», a lancé le joueur de 24 ans.", ["Luc Anselme"]),
        ("fr", "La chercheuse Ana Riveiro étudie les abeilles. « Les colonies s'effondrent », "
         "s'alarme la scientifique.", ["Ana Riveiro"]),
        ("fr", "« Les colonies s'effondrent », s'alarme Ana Riveiro, chercheuse au CNRS.",
         ["Ana Riveiro"]),
        ("fr", "« Personne ne nous a consultés », a fait savoir le porte-parole de la "
         "préfecture, Jean Astier.", ["Jean Astier"]),
        ("fr", "« Personne ne nous a consultés », a martelé jeudi devant la presse le patron "
         "de Renault, Jean Astier.", ["Jean Astier"]),
        ("fr", "« Personne ne nous a consultés », a confié avec émotion Jean Astier.",
         ["Jean Astier"]),
        ("fr", "« Personne ne nous a consultés », résume d'un ton las Jean Astier.",
         ["Jean Astier"]),
        ("fr", "« Personne ne nous a consultés », a tranché, visiblement agacé, Jean Astier.",
         ["Jean Astier"]),
        ("fr", "« Personne ne nous a consultés », nous explique Jean Astier, le gérant.",
         ["Jean Astier"]),
        ("fr", "Jean Astier fit la déclaration suivante : « Personne ne nous a consultés. »",
         ["Jean Astier"]),
        ("fr", "Jean Astier a publié le message suivant sur X : « Personne ne nous a "
         "consultés. »", ["Jean Astier"]),
        ("fr", "Moody's explique dans un communiqué que « le risque a augmenté ».", ["Moody's"]),
        ("fr", "Interrogé par Le Monde sur la réforme, Jean Astier a répondu que « tout reste "
         "à faire ».", ["Jean Astier"]),
        ("fr", "Interrogée par nos soins, la maire, Claire Vasseur, assure que « tout reste à "
         "faire ».", ["Claire Vasseur"]),
        ("fr", "« Nous sommes prêts à voter.\n\n« Nous l'avons toujours dit », a déclaré Jean "
         "Astier.", ["Jean Astier", "Jean Astier"]),
        ("fr", "Jean Astier l'assure : « Personne ne nous a consultés. »", ["Jean Astier"]),
        ("fr", "Jean Astier dit ne pas vouloir « céder au chantage ».", ["Jean Astier"]),
        ("fr", "Jean Astier a dit craindre « un hiver très difficile ».", ["Jean Astier"]),
        ("fr", "Jean Astier s'est dit « profondément choqué » par ces images.", ["Jean Astier"]),
        ("fr", "Jean Astier se dit « confiant pour la suite ».", ["Jean Astier"]),
        ("fr", "Jean Astier juge la mesure « totalement injuste pour les familles ».",
         ["Jean Astier"]),
        ("fr", "C'est « une honte pour le pays », s'est insurgée la députée Claire Vasseur.",
         ["Claire Vasseur"]),
        ("fr", "Comme le rappelle Claire Vasseur, « rien n'est signé à ce jour ».",
         ["Claire Vasseur"]),
        ("fr", "Claire Vasseur appelle les habitants à « garder leur calme ».",
         ["Claire Vasseur"]),
        ("fr", "Claire Vasseur a exhorté le gouvernement « à revoir sa copie ».",
         ["Claire Vasseur"]),
        ("fr", "De son côté, Claire Vasseur a regretté « un rendez-vous manqué ».",
         ["Claire Vasseur"]),
        ("fr", "Quant à Claire Vasseur, elle a regretté « un rendez-vous manqué ».",
         ["Claire Vasseur"]),
        ("fr", "Pas question de céder, a prévenu Claire Vasseur : « Personne ne nous a "
         "consultés. »", ["Claire Vasseur"]),
        ("fr", "« Personne ne nous a consultés », a dit au micro de France Inter l'ancien "
         "ministre Luc Anselme.", ["Luc Anselme"]),
        ("fr", "« Personne ne nous a consultés », a indiqué à la télévision la porte-parole de"
         " la police, Eva Lind.", ["Eva Lind"]),
        ("fr", "La Norvège a dénoncé, par la voix de sa ministre Eva Lind, « une provocation "
         "inutile ».", ["Eva Lind"]),
        ("fr", "« Personne ne nous a consultés », insiste l'ONG Médecins du Monde.",
         ["ONG Médecins du Monde"]),
        ("ru", "По мнению Анны Дюпре, урожай «потерян на весь этот год».", ["Анны Дюпре"]),
        ("ru", "По данным Росстата, рост «замедлился до двух процентов».", ["Росстата"]),
        ("ru", "«Нас никто не спросил», — сказал Пётр Орлов.", ["Пётр Орлов"]),
        ("ru", "«Нас никто не спросил, — заявил Пётр Орлов, — и это обидно».",
         ["Пётр Орлов", "Пётр Орлов"]),
        ("ru", "«Нас никто не спросил, — заявил Пётр Орлов. — Это обидно».",
         ["Пётр Орлов", "Пётр Орлов"]),
        ("ru", "Как сообщил Пётр Орлов, мост «будет открыт к лету».", ["Пётр Орлов"]),
        ("ru", "«Нас никто не спросил», — говорится в заявлении МИД Армении.", ["МИД Армении"]),
        ("ru", "МИД Армении осудил обстрел. «Нас никто не спросил», — говорится в заявлении "
         "ведомства.", ["МИД Армении"]),
        ("ru", "МИД Армении осудил обстрел. «Нас никто не спросил», — говорится в заявлении.",
         ["МИД Армении"]),
        ("ru", "«Нас никто не спросил», — цитирует РИА Новости министра обороны Германии Карла"
         " Майера.", ["Карла Майера"]),
        ("ru", "Пётр Орлов подчеркнул, что «договор будет выполнен в срок».", ["Пётр Орлов"]),
        ("ru", "Пётр Орлов назвал решение «ошибкой всей своей жизни».", ["Пётр Орлов"]),
        ("ru", "В беседе с Анной Дюпре Пётр Орлов рассказал, что «страну никто не спросил».",
         ["Пётр Орлов"]),
        ("ru", "В интервью «Известиям» Пётр Орлов рассказал, что «страну никто не спросил».",
         ["Пётр Орлов"]),
        ("ru", "«Нас никто не спросил», — уверен Пётр Орлов.", ["Пётр Орлов"]),
        ("ru", "Пётр Орлов считает, что «страну никто не спросил».", ["Пётр Орлов"]),
        ("ru", "«Нас никто не спросил», — убеждена Анна Дюпре.", ["Анна Дюпре"]),
        ("ru", "Пётр Орлов вернулся из Берлина. По его словам, «страну никто не спросил».",
         ["Пётр Орлов"]),
        ("ru", "Анна Дюпре вернулась. «Нас никто не спросил», — сообщила она.", ["Анна Дюпре"]),
        ("ru", "«Нас никто не спросил», — написал Пётр Орлов в Telegram.", ["Пётр Орлов"]),
        ("ru", "В своём Telegram-канале Пётр Орлов написал: «Нас никто не спросил».",
         ["Telegram-канале Пётр Орлов"]),
        ("ru", "В своём Telegram-канале мэр Москвы Пётр Орлов написал: «Нас никто не спросил».",
         ["Пётр Орлов"]),
        ("ru", "В ответ на вопрос журналиста Пётр Орлов ответил: «Нас никто не спросил».",
         ["Пётр Орлов"]),
        ("ru", "Из слов Петра Орлова следует, что мост «закроют на год».", ["Петра Орлова"]),
        ("ru", "Пётр Орлов предупредил о «реальной угрозе голода».", ["Пётр Орлов"]),
        ("ru", "Министр иностранных дел Армении Арам Петросян заявил: «Нас никто не спросил».",
         ["Арам Петросян"]),
        ("ru", "«Нас никто не спросил», — заявил министр иностранных дел Армении Арам "
         "Петросян.", ["Арам Петросян"]),
        ("ru", "«Нас никто не спросил», — заявил А. В. Петросян.", ["А. В. Петросян"]),
        ("ru", "«Нас никто не спросил», — заявила Мария Петрова-Водкина.",
         ["Мария Петрова-Водкина"]),
        ("ru", "„Нас никто не спросил“, — заявил Пётр Орлов.", ["Пётр Орлов"]),
        ("ru", "\"Нас никто не спросил\", - заявил Пётр Орлов.", ["Пётр Орлов"]),
        ("ru", "Актёр Пётр Орлов отказался от премии. «Нас никто не спросил», — говорит актёр.",
         ["Пётр Орлов"]),
        ("ru", "Депутат Пётр Орлов отказался от премии. «Нас никто не спросил», — отметил "
         "политик.", ["Пётр Орлов"]),
        ("ru", "Футболист Пётр Орлов отказался от премии. «Нас никто не спросил», — сказал "
         "31-летний спортсмен.", ["Пётр Орлов"]),
        ("ru", "Президент Армении Арам Петросян прилетел в Париж. «Нас никто не спросил», — "
         "сказал глава государства.", ["Арам Петросян"]),
        ("ru", "Министр иностранных дел Армении Арам Петросян прилетел в Париж. «Нас никто не "
         "спросил», — сказал глава МИД.", ["Арам Петросян"]),
        ("ru", "Биолог Анна Дюпре изучает пчёл. «Ульи пустеют», — говорит учёная.",
         ["Анна Дюпре"]),
        ("ru", "Губернатор Пётр Орлов сообщил, что погибших нет. «Нас никто не спросил», — "
         "отметил он, добавив, что «никто не пострадал».", ["Пётр Орлов", "Пётр Орлов"]),
        ("ru", "«Нас никто не спросил», — признавалась Анна Дюпре.", ["Анна Дюпре"]),
        ("ru", "«Нас никто не спросил», — с грустью добавил Пётр Орлов.", ["Пётр Орлов"]),
        ("ru", "«Нас никто не спросил», — рассказал корреспонденту «Известий» директор завода "
         "Пётр Орлов.", ["Пётр Орлов"]),
        ("ru", "«Нас никто не спросил», — заявил на пресс-конференции в Ереване Арам Петросян.",
         ["Арам Петросян"]),
        ("ru", "Во вторник на встрече с избирателями Пётр Орлов пообещал, что «дорогу "
         "починят».", ["Пётр Орлов"]),
        ("ru", "В четверг Пётр Орлов заявил: «Нас никто не спросил».", ["Пётр Орлов"]),
        ("ru", "Комментируя победу, Пётр Орлов сказал: «Нас никто не спросил».", ["Пётр Орлов"]),
        ("ru", "Отвечая на вопрос, Анна Дюпре подчеркнула, что «страну никто не спросил».",
         ["Анна Дюпре"]),
        ("ru", "Компания «Газпром нефть» сообщила, что «добыча выросла на два процента».",
         ["Компания «Газпром нефть»"]),
        ("ru", "Пресс-служба «Газпрома» сообщила: «Нас никто не спросил».",
         ["Пресс-служба «Газпрома»"]),
        ("ru", "«Нас никто не спросил», — сообщили в пресс-службе Минобороны России.",
         ["Минобороны России"]),
        ("ru", "«Нас никто не спросил», — сообщили в МЧС России.", ["МЧС России"]),
        ("ru", "В Минздраве России отметили, что «вакцины хватит всем».", ["Минздраве России"]),
        ("ru", "Пётр Орлов выступил со следующим заявлением: «Нас никто не спросил».",
         ["Пётр Орлов"]),
        ("ru", "«Это «наша» победа», — сказал Пётр Орлов.", ["Пётр Орлов"]),
        ("ru", "Пётр Орлов сравнил проект с «ящиком Пандоры для города».", ["Пётр Орлов"]),
        ("ru", "Пётр Орлов охарактеризовал матч как «лучший в сезоне».", ["Пётр Орлов"]),
        ("ru", "Решение суда — «победа здравого смысла», считает адвокат Пётр Орлов.",
         ["Пётр Орлов"]),
        ("ru", "Как отметила Анна Дюпре, «вакцины хватит всем».", ["Анна Дюпре"]),
        ("ru", "Пётр Орлов сказал, что город будет «строить дороги» и «ремонтировать старые "
         "школы».", ["Пётр Орлов", "Пётр Орлов"]),
        ("ru", "Анна Дюпре также заявила, что «вакцины хватит всем».", ["Анна Дюпре"]),
        ("ru", "По словам министра обороны Германии Карла Майера, армия «готова ко всему».",
         ["Карла Майера"]),
        ("ru", "Армия «готова ко всему», по словам Карла Майера.", ["Карла Майера"]),
        ("ru", "«Нас никто не спросил», — так прокомментировал ситуацию Пётр Орлов.",
         ["Пётр Орлов"]),
        ("ru", "Об этом заявил Пётр Орлов. «Нас никто не спросил», — подчеркнул он.",
         ["Пётр Орлов"]),
        ("ru", "«Нас никто не спросил», — подытожил глава Роскосмоса Пётр Орлов.", ["Пётр Орлов"]),
    ],
)  # fmt: skip
def test_the_quotations_are_their_speakers(language: str, text: str, names: list[str]) -> None:
    assert speakers(text, language) == names


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "La ministre a qualifié la décision de « génocide culturel », a rapporté "
         "l'agence."),
        ("fr", "« Personne ne nous a consultés », estime-t-on à Bakou."),
        ("fr", "« Personne ne nous a consultés », a-t-elle déclaré."),
        ("fr", "Le maire de Lyon a rencontré Paul Ferrand. « Personne ne nous a consultés », a"
         " déclaré l'entraîneur."),
        ("fr", "L'entraîneur Paul Ferrand a rencontré le sélectionneur Luc Anselme. « Personne"
         " ne nous a consultés », a déclaré le technicien."),
        ("ru", "Мост закроют на год, пишет «Коммерсантъ» со ссылкой на Петра Орлова."),
        ("ru", "Тренер Пётр Орлов встретился с тренером Иваном Лисовым. «Нас никто не "
         "спросил», — сказал специалист."),
        ("ru", "Игрок Пётр Орлов забил гол. «Нас никто не спросил», — сказал тренер."),
        ("ru", "Слова Петра Орлова «нас никто не спросил» обсуждали весь день."),
        ("ru", "Сорок процентов избирателей Техаса заявили, что «страну никто не спросил»."),
        ("ru", "Пара отметила свадьбу «в узком кругу друзей»."),
        ("ru", "Орлов и Лисов уже признали Пекин «новой столицей мира»."),
        ("ru", "Маркова утверждает, что Роналду упал на колени и сказал ей, что он «хороший "
         "парень»."),
        ("ru", "Бывший лидер Ukip сказал, что «страну никто не спросил»."),
        ("ru", "Когда прокуроры спросили, говорит ли Орлов «всю правду», зал затих."),
        ("fr", "Cela nous rappelle que « personne ne nous a consultés »."),
        ("fr", "Luc Anselme s'est qualifié après « un match de légende »."),
        ("fr", "Un groupe considérable s'est indigné : « Personne ne nous a consultés. »"),
    ],
)  # fmt: skip
def test_nobody_owns_what_the_text_gives_to_nobody(language: str, text: str) -> None:
    assert speakers(text, language) == []
