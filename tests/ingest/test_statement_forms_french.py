"""French forms of press reviews: agencies, communiqués, asides, infinitives that tell of speech."""

from __future__ import annotations

import pytest

from ingest.statements import extract
from vectorstore.actors import Actors
from vectorstore.domain import StatementKind

ACTORS = Actors.load()


def quotes(text: str) -> list[tuple[str, str]]:
    """Speaker and words of each quotation."""
    return [
        (s.speaker, s.span.of(text))
        for s in extract(text, "fr", actors=ACTORS).statements
        if s.kind is StatementKind.QUOTE
    ]


def reported(text: str) -> list[tuple[str, str]]:
    """Speaker and words of each report."""
    return [
        (s.speaker, s.span.of(text))
        for s in extract(text, "fr", actors=ACTORS).statements
        if s.kind is StatementKind.REPORTED
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # an infinitive that goes on
        ("Et Luc Morvan de rappeler que le port « des mots ».", "Luc Morvan"),
        ("Le ministre allemand Karl Meier de conclure : « Des mots. »", "Karl Meier"),
        ("Et Claire Vasseur de se féliciter : « Des mots. »", "Claire Vasseur"),
        ("Et Claire Vasseur de mettre en garde : « Des mots. »", "Claire Vasseur"),
        # whose view a relative clause tells
        ("Le vote a été annulé par le maire Luc Morvan, pour qui « des mots ».", "Luc Morvan"),
        ("Le vote irrite Claire Vasseur, selon qui « des mots ».", "Claire Vasseur"),
        # those who heard it, and where it stands
        ("« Des mots », a déclaré à des journalistes étrangers le ministre Luc Morvan.",
         "Luc Morvan"),
        ("« Des mots », a réagi sur X la députée Claire Vasseur.", "Claire Vasseur"),
        # a title behind the office
        ("Le chef de l'Église syriaque, le patriarche Luc Morvan, a qualifié le vote de « mots ».",
         "Luc Morvan"),
        # asides between auxiliary and participle, adverbs in commas
        ("Luc Morvan a, pour sa part, estimé que le port avait « des mots ».", "Luc Morvan"),
        ("Luc Morvan a, lors d'une visite du port, évoqué « des mots ».", "Luc Morvan"),
        ("Luc Morvan, lui, assure que le port a « des mots ».", "Luc Morvan"),
        ("La Suède a, par la voix de son ministre Karl Meier, évoqué « des mots ».", "Karl Meier"),
        # a gerund ahead of its subject, an apposition ahead of the name
        ("Estimant que le port a « des mots », Luc Morvan a quitté la salle.", "Luc Morvan"),
        ("Le capitaine du port, Luc Morvan fit la déclaration suivante : « Des mots. »",
         "Luc Morvan"),
        ("Le chef des députés, Luc Morvan (PS), regrette que le port ait « des mots ».",
         "Luc Morvan"),
        # at the end of the sentence
        ("Le port « des mots » pour une reprise, a affirmé lundi le maire Luc Morvan.",
         "Luc Morvan"),
        # particles
        ("Pour Thomas de Waals, chercheur, « des mots ont été prononcés hier ».",
         "Thomas de Waals"),
        ("Nick De Santis a déclaré que le port avait « des mots ».", "Nick De Santis"),
        # verbs
        ("Luc Morvan a réaffirmé que le port avait « des mots ».", "Luc Morvan"),
        ("Luc Morvan s'en est pris aux « mots » de ses rivaux.", "Luc Morvan"),
        ("Luc Morvan a balayé l'idée, la rejetant comme « des mots ».", "Luc Morvan"),
    ],
)  # fmt: skip
def test_the_words_are_the_speakers(text: str, speaker: str) -> None:
    assert [name for name, _ in quotes(text)] == [speaker]
    assert "mots" in quotes(text)[0][1]


def test_an_infinitive_without_a_subject_goes_on_with_who_spoke() -> None:
    text = "« Rien n'est prêt », regrette Luc Morvan. Et d'ajouter : « Les grues manquent. »"
    assert quotes(text) == [
        ("Luc Morvan", "Rien n'est prêt"),
        ("Luc Morvan", "Les grues manquent."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        # somebody else has been named since
        "« Rien n'est prêt », regrette Luc Morvan. Paul Ferrand arrive. Et d'ajouter : « Oui. »",
        # an infinitive of doing, and a name that is the object of one
        "Et Luc Morvan de partir avec « Les Heures lentes » sous le bras.",
        "« Rien n'est prêt », regrette Luc Morvan. Et de partir avec « Les Heures lentes ».",
        # whose view it is cannot be told
        "Le journal de Luc Morvan et le film, pour qui « rien n'est prêt », sortent lundi.",
        # what somebody is charged with
        "Luc Morvan a annoncé l'ouverture d'une enquête pour « mise en danger ».",
        # an object behind the verb is not its subject
        "Le rapport, remis lundi au port, accuse le maire Luc Morvan d'avoir « fermé les yeux ».",
        # whoever is named within an aside is not who leaves
        "Estimant le port « perdu », sans que Luc Morvan réponde, la foule est partie.",
        # those who were asked are not who asked
        "Anne, dont le « Carnet » a paru, a demandé aux sénateurs verts Luc Morvan et Paul Ferrand "
        "de venir.",
    ],
)
def test_nobody_is_given_words_that_are_not_plainly_theirs(text: str) -> None:
    assert [words for _, words in quotes(text) if words != "Rien n'est prêt"] == []


def test_few_quoted_words_are_told_with_their_clause() -> None:
    text = "Luc Morvan s'est dit « très inquiet » par l'état du port."
    assert quotes(text) == [("Luc Morvan", "très inquiet")]
    assert reported(text) == [("Luc Morvan", text)]


def test_a_verb_beside_quotations_reports_what_a_clause_tells() -> None:
    assert reported("Luc Morvan a enchaîné que le port rouvrirait.") != []
    assert reported("Luc Morvan a enchaîné trois victoires.") == []


def test_the_text_that_a_body_has_published_speaks_for_it() -> None:
    text = (
        "« Le port est clos », a indiqué dans un communiqué le ministère suédois de la Défense. "
        "« Nul n'a été blessé », précise le texte."
    )
    assert [speaker for speaker, _ in quotes(text)] == ["ministère suédois de la Défense"] * 2


def test_three_countries_with_one_verb_are_three_speakers() -> None:
    text = "La Suède, la Norvège et le Danemark ont condamné l'attaque du port."
    assert [speaker for speaker, _ in reported(text)] == ["Suède", "Norvège", "Danemark"]


@pytest.mark.parametrize(
    "text",
    [
        "La Croix-Rouge norvégienne a lancé un appel. « Nul n'est prêt », dit l'organisation.",
        "Le ministère suédois de la Défense a démenti. « Nul n'est prêt », dit le ministère.",
        "« C'est dur », soupire Claire Vasseur. « Nul n'est prêt », dit cette mère de famille.",
        "L'ambassadeur Luc Morvan a démenti. « Nul n'est prêt », ajoute ce diplomate.",
    ],
)
def test_a_body_or_person_named_before_is_meant_by_what_they_are(text: str) -> None:
    speaker, words = quotes(text)[-1]
    assert words == "Nul n'est prêt"
    assert speaker in (
        "Croix-Rouge norvégienne",
        "ministère suédois de la Défense",
        "Claire Vasseur",
        "Luc Morvan",
    )


@pytest.mark.parametrize(
    "text",
    [
        # a country is no organisation
        "La Norvège a démenti. « Nul n'est prêt », reconnaît l'organisation.",
        # a mother, when a father spoke; a diplomat whom the text has not named
        "« C'est dur », soupire Luc Morvan. « Nul n'est prêt », dit cette mère de deux enfants.",
        "« C'est dur », dit Luc Morvan à un diplomate. « Nul n'est prêt », répond ce diplomate.",
        # nobody's minister
        "« Nul n'est prêt », a déclaré le ministre de la Défense.",
    ],
)
def test_what_a_speaker_is_does_not_mean_somebody_else(text: str) -> None:
    assert "Nul n'est prêt" not in [words for _, words in quotes(text)]


def test_a_ministry_is_not_called_by_the_name_of_one_of_two() -> None:
    text = (
        "Le ministère suédois de la Santé a averti un ministère voisin. « Nul n'est prêt », dit le "
        "ministère."
    )
    assert "ministère suédois de la Santé" not in [speaker for speaker, _ in quotes(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Un des chercheurs de HRW, Marc Aubin, précise que « rien ne va plus ici ».",
        "Marc Aubin, un des chercheurs de HRW, a déclaré que rien n’allait.",
    ],
)
def test_one_of_several_is_called_one_of_them(text: str) -> None:
    (said,) = extract(text, "fr", actors=ACTORS).statements
    assert (said.speaker, said.role.lower()) == ("Marc Aubin", "un des chercheurs de hrw")


# ---------------------------------------------------------------- papers, asides
@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("un rapport de l'ONU", "ONU"),
        ("une étude publiée lundi par l'institut Norda", "Norda"),
        ("les derniers chiffres du ministère suédois de la Défense",
         "ministère suédois de la Défense"),
        ("les données de la Commission européenne", "Commission européenne"),
        ("le témoignage de Luc Morvan", "Luc Morvan"),
        # plans, rules and people are no papers, towns publish none
        ("le plan de Luc Morvan", None),
        ("les règles de l'ONU", None),
        ("un proche de Luc Morvan", None),
        ("les chiffres de Malmö", None),
        ("un rapport de police", None),
    ],
)  # fmt: skip
def test_a_paper_tells_in_the_name_of_who_wrote_it(source: str, speaker: str | None) -> None:
    text = f"Selon {source}, le port est vide depuis trois ans."
    assert reported(text) == ([(speaker, text)] if speaker else [])


@pytest.mark.parametrize("words", ["« probables »", "sur « Les grues du port et leur entretien »"])
def test_terms_and_titles_of_a_paper_are_nobodys_words(words: str) -> None:
    assert quotes(f"Selon un rapport de l'ONU {words}, le port est vide.") == []


def test_an_analysis_of_something_is_no_paper_of_its() -> None:
    assert reported("Le port est vide, indique une analyse de l'ADN.") == []
    paper = "Le port est vide, indique un communiqué de l'ONU."
    assert reported(paper) == [("ONU", paper)]


def test_what_stands_ahead_of_as_somebody_says_is_reported_as_well() -> None:
    text = "Le port ne rouvrira pas, comme le précise Luc Morvan : « Les grues manquent aussi. »"
    assert reported(text) == [("Luc Morvan", text)]
    assert reported("Comme le précise Luc Morvan : « Les grues manquent aussi. »") == []
    aside = "Le port rouvre, bien que, comme le dit Luc Morvan, « les grues manquent encore »."
    assert reported(aside) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("« Le port est vide », a dit Luc Morvan. Puis d'ajouter : « Des mots. »", "Luc Morvan"),
        ("Luc Morvan part. Pour lui, « des mots ont été prononcés hier ».", "Luc Morvan"),
        ("Luc Morvan y voit « des mots ».", "Luc Morvan"),
        ("Le vote a été qualifié par Luc Morvan de « mots ».", "Luc Morvan"),
        ("« Des mots ont été prononcés », dixit Luc Morvan.", "Luc Morvan"),
        ("« Des mots », a écrit dans une lettre ouverte Luc Morvan.", "Luc Morvan"),
        # who heard it, when, through whom
        ("« Des mots », a dit lundi soir à la télévision le maire Luc Morvan.", "Luc Morvan"),
        ("« Des mots », a dit à l'agence russe RIA Novosti Luc Morvan.", "Luc Morvan"),
        (
            "Selon l'AFP, le Conseil suédois, première force du pays, regrette « des mots ».",
            "Conseil suédois",
        ),
        (
            "La foule parle avec Luc Morvan, le ministre des Ports, qui regrette « des mots ».",
            "Luc Morvan",
        ),
        # what somebody calls it in the passive
        ("Le vote, qualifié de « mots » par Luc Morvan, est annulé.", "Luc Morvan"),
        ("Le vote, décrit comme « des mots » par le maire Luc Morvan, est annulé.", "Luc Morvan"),
        ("Le vote est jugé « sans mots » par la France.", "France"),
        ("Luc Morvan a fermé le port, mais a ajouté qu'il manquait « des mots ».", "Luc Morvan"),
    ],
)
def test_turns_of_phrase(text: str, speaker: str) -> None:
    assert [name for name, words in quotes(text) if "mots" in words] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "Luc Morvan part. Pour lui, « Norda » est une erreur.",
        "Luc Morvan a fermé le port, mais la foule a ajouté qu'il manquait « des mots ».",
        "Le vote a été signé par Luc Morvan de « mots ».",
        "Le vote, qualifié de « mots » par les riverains, est annulé.",
        "Le vote, accompagné de « mots » par Luc Morvan, est annulé.",
        "La foule parle avec la fille de Luc Morvan, le ministre des Ports, qui regrette « ça ».",
    ],
)
def test_turns_of_phrase_that_give_nobody_words(text: str) -> None:
    assert quotes(text) == []
