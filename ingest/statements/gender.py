"""The gender of those whom a phrase names, as far as titles, roles and endings tell."""

from __future__ import annotations

import re

# Pronouns of bodies and of several, and of one person with their gender.
THINGS = {"it", "they", "them", "ils", "elles", "eux", "они", "их", "им"}
PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "she": "f", "her": "f",
    "il": "m", "lui": "m", "dernier": "m", "celui-ci": "m",
    "elle": "f", "dernière": "f", "celle-ci": "f",
    "он": "m", "его": "m", "ему": "m", "ним": "m", "она": "f", "ее": "f", "её": "f", "ней": "f",
}  # fmt: skip
_MALE = re.compile(
    r"\b(?:mr|sir|lord|king|spokesman|chairman|m|monsieur|président|ministre délégué|directeur"
    r"|conseiller|ambassadeur|envoyé|député|roi|г-н|господин|мистер|сэр|лорд|король|принц)\b",
    re.IGNORECASE,
)
_FEMALE = re.compile(
    r"\b(?:mrs|ms|lady|queen|spokeswoman|chairwoman|mme|mlle|madame|présidente|directrice"
    r"|conseillère|ambassadrice|envoyée|députée|reine|cheffe|г-жа|госпожа|миссис|мисс|леди|королева|принцесса|\w+ница)\b",
    re.IGNORECASE,
)
_RUSSIAN_FEMALE = re.compile(r"\b\w{2,}(?:ова|ева|ёва|ина|ская|цкая)$")
_RUSSIAN_MALE = re.compile(r"\b\w{2,}(?:ов|ев|ёв|ин|ский|цкий)$")


def gender(phrase: str) -> str:
    """ "m", "f" or "" as far as titles, roles and Russian surnames tell."""
    if _FEMALE.search(phrase) or _RUSSIAN_FEMALE.search(phrase):
        return "f"
    return "m" if _MALE.search(phrase) or _RUSSIAN_MALE.search(phrase) else ""
