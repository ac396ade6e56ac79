"""Whom French words mean that name nobody: "elle" for a body, "l'ONG", "l'avocate", "il"."""

from __future__ import annotations

import pytest

from ingest.statements import extract
from vectorstore.actors import Actors

ACTORS = Actors.load()


def said(text: str) -> list[tuple[str, str]]:
    """Speaker and words of each statement, quotes and reports alike."""
    found = extract(text, "fr", actors=ACTORS).statements
    return [(s.speaker, s.span.of(text)) for s in found]


def last_speaker(text: str) -> str | None:
    """Who says the last sentence or quotation; None when nobody is given it."""
    end = text.rstrip(" ».").removesuffix(", a-t-elle ajouté").removesuffix(", a-t-il ajouté")
    found = extract(text, "fr", actors=ACTORS).statements
    words = end.rpartition("« ")[2].split(" »")[0] if "«" in end else end.rpartition(". ")[2]
    return next((s.speaker for s in found if words in s.span.of(text)), None)


# ---------------------------------------------------------------- a body by its gender
@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("La Commission européenne a salué l'accord. « Le port rouvre », a-t-elle ajouté.",
         "Commission européenne"),
        ("L'Union européenne a condamné l'attaque. Elle a appelé au calme.", "Union européenne"),
        ("Le ministère de la Défense a démenti. Il a précisé que le port rouvrirait.",
         "ministère de la Défense"),
        ("La Turquie a dénoncé l'accord. Elle a promis de répondre.", "Turquie"),
        ("La CGT a dénoncé l'accord. Elle a promis de répondre.", "CGT"),
        ("L'armée suédoise a dit que les routes vers Malmö étaient libres. « Tout est calme », "
         "a-t-elle ajouté.", "armée suédoise"),
    ],
)  # fmt: skip
def test_a_pronoun_means_the_body_of_its_gender_that_has_just_spoken(
    text: str, speaker: str
) -> None:
    assert last_speaker(text) == speaker


@pytest.mark.parametrize(
    "text",
    [
        # of another gender, twice
        "La Commission européenne a salué l'accord. « Le port rouvre », a-t-il ajouté.",
        "Le Centre suédois du port a salué l'accord. Elle a précisé que le port rouvrirait.",
        # somebody else is named, by name, office or kind
        "La Commission européenne a salué Anna Lind. « Le port rouvre », a-t-elle ajouté.",
        "Le ministère suédois a démenti le récit du maire. Il a précisé que le port rouvrirait.",
        "La police suédoise a annoncé avoir retrouvé une femme. « J'ai froid », a-t-elle ajouté.",
        "La CGT a dénoncé l'accord. Il a promis de répondre.",
        # it was two sentences ago
        "La Commission européenne a salué l'accord. Le port rouvre. Elle a promis une aide.",
        # the pronoun is deep in the sentence
        "La Turquie a dénoncé l'accord. La grue est là depuis qu'elle a promis de partir.",
    ],
)
def test_a_pronoun_that_may_mean_another_is_no_body(text: str) -> None:
    assert [words for _, words in said(text)[1:]] == []


# ---------------------------------------------------------------- a body by its noun
@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("L'ONG Terre Ouverte a publié un rapport. Les routes manquent. "
         "L'ONG précise que le port est vide.", "Terre Ouverte"),
        ("Le groupe Norda a fermé deux sites. Les grues rouillent. Selon le groupe, le port est "
         "vide.", "Norda"),
        ("L'agence suisse Norda a noté la ville. Les grues rouillent. L'agence estime que le port "
         "est vide.", "Norda"),
    ],
)  # fmt: skip
def test_a_noun_means_the_one_body_that_the_text_introduced_with_it(
    text: str, speaker: str
) -> None:
    assert last_speaker(text) == speaker


@pytest.mark.parametrize(
    "text",
    [
        "L'ONG Terre Ouverte a rencontré l'ONG Port Libre. L'ONG précise que le port est vide.",
        "L'ONG Terre Ouverte a rencontré une ONG suisse. L'ONG précise que le port est vide.",
        "L'ONG Terre Ouverte a fermé. Une ONG précise que le port est vide.",
        "Le gouvernement Lind est tombé. Le gouvernement précise que le port est vide.",
    ],
)
def test_a_noun_that_may_mean_another_body_is_nobody(text: str) -> None:
    assert said(text) == []


# ---------------------------------------------------------------- going on
@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("a ajouté l'avocate", "Anna Lind"),
        ("a conclu la navigatrice", "Anna Lind"),
        # another gender, a verb that goes on with nothing, one of many, a body
        ("a ajouté le navigateur", None),
        ("a dit la navigatrice", None),
        ("a ajouté une avocate", None),
        ("a ajouté la police", None),
    ],
)
def test_who_adds_to_a_quotation_is_who_spoke_it(words: str, speaker: str | None) -> None:
    text = f"« Le port est vide », a dit Anna Lind. « Les grues manquent », {words}."
    assert {words: name for name, words in said(text)}.get("Les grues manquent") == speaker


@pytest.mark.parametrize(
    "between",
    [
        "La maire Anna Lind a dit « non ».",
        "Anna Lind a dit « non » à Eva Ross.",
        "Anna Lind est là.",
    ],
)
def test_who_adds_is_unclear_beside_another_a_role_or_without_words_before(between: str) -> None:
    text = f"{between} « Les grues manquent », a ajouté l'avocate."
    assert ("Anna Lind", "Les grues manquent") not in said(text)


# ---------------------------------------------------------------- who is nobody
@pytest.mark.parametrize(
    "place", ["pour les Jeux", "aux Jeux", "du Tournoi", "de la CPM", "au CPM"]
)
def test_acronyms_and_names_with_an_article_leave_a_pronoun_clear(place: str) -> None:
    text = (
        "« Le port est vide », a dit Luc Morvan. Les grues sont celles qui servaient "
        f"{place}. « Elles rouillent », a-t-il ajouté."
    )
    assert said(text)[-1] == ("Luc Morvan", "Elles rouillent")


@pytest.mark.parametrize("name", ["avec Ferrand", "à Paul Ferrand", "de Ferrand"])
def test_a_name_that_may_be_a_mans_does_not(name: str) -> None:
    text = (
        "« Le port est vide », a dit Luc Morvan. Les grues sont celles qui servaient "
        f"{name}. « Elles rouillent », a-t-il ajouté."
    )
    assert said(text) == [("Luc Morvan", "Le port est vide")]


# ---------------------------------------------------------------- the nearest
@pytest.mark.parametrize(
    ("ahead", "words", "speaker"),
    [
        ("« Le port est vide », a dit Luc Morvan.", "Ce dernier", "Luc Morvan"),
        ("Luc Morvan a été élu lundi.", "Celui-ci", "Luc Morvan"),
        ("« Le port est vide », a dit Claire Vasseur.", "Cette dernière", "Claire Vasseur"),
        # of another gender, or something nearer that it may mean
        ("« Le port est vide », a dit Claire Vasseur.", "Ce dernier", None),
        ("Luc Morvan a critiqué le ministère.", "Celui-ci", None),
        ("Luc Morvan a critiqué Paul Ferrand.", "Ce dernier", None),
        ("Claire Vasseur a critiqué la direction.", "Celle-ci", None),
    ],
)
def test_the_latter_is_who_was_named_last(ahead: str, words: str, speaker: str | None) -> None:
    text = f"{ahead} {words} ajoute : « Les grues manquent. »"
    assert {words: name for name, words in said(text)}.get("Les grues manquent.") == speaker


# ---------------------------------------------------------------- offices
@pytest.mark.parametrize(
    ("role", "office", "known"),
    [
        ("le président", "Le président de la République", True),
        ("le président français", "Le chef de l'État", True),
        ("le président suédois", "Le chef de l'État", True),
        ("le président suédois", "Le président de la République", False),
        ("le président du groupe Norda,", "Le chef de l'État", False),
        ("le président du Sénat", "Le président de la République", False),
    ],
)
def test_an_office_of_state_is_held_by_nobody_of_a_group(
    role: str, office: str, known: bool
) -> None:
    text = (
        f"« Le port est vide », a dit {role} Luc Morvan. {office} parle d'« un très grand jour »."
    )
    assert (("Luc Morvan", "un très grand jour") in said(text)) is known


@pytest.mark.parametrize(
    ("words", "name", "role"),
    [
        ("le maire de Norvic Luc Morvan", "Luc Morvan", "maire de Norvic"),
        ("le patron de Saint Malo Claire Vasseur", "Claire Vasseur", "patron de Saint Malo"),
        ("le président du Sénat suédois Luc Morvan", "Luc Morvan", "président du Sénat suédois"),
    ],
)
def test_a_given_name_ends_the_role_before_it(words: str, name: str, role: str) -> None:
    for text in (f"« Le port est vide », a dit {words}.", f"Pour {words}, « le port est vide »."):
        (found,) = extract(text, "fr", actors=ACTORS).statements
        assert (found.speaker, found.role) == (name, role)


# ---------------------------------------------------------------- one of many
@pytest.mark.parametrize("source", ["un collectif de riverains", "un syndicat de pêcheurs"])
def test_one_body_of_many_is_nobody(source: str) -> None:
    assert said(f"Selon {source}, le port est vide.") == []


@pytest.mark.parametrize("body", ["mairie de Norvic", "préfecture du Rhône", "Ligue du port"])
def test_bodies_of_towns_and_citizens_speak_by_name(body: str) -> None:
    assert said(f"La {body} regrette « trois années perdues ici ».")[-1][0] == body
    assert said("La mairie regrette « trois années perdues ici ».") == []


@pytest.mark.parametrize(
    ("pronoun", "speaker"), [("il", "Barthélemy Ross"), ("elle", "Agathe Lind")]
)
def test_a_given_name_tells_whom_a_pronoun_means(pronoun: str, speaker: str) -> None:
    text = f"Agathe Lind a rencontré Barthélemy Ross. « Le port est vide », a-t-{pronoun} dit."
    assert said(text) == [(speaker, "Le port est vide")]
