"""What authors write about a page, in front matter or in a row; nothing in it is trusted."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from datetime import date
from typing import Annotated, Any

import yaml
from frontmatter.default_handlers import YAMLHandler
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, ValidationInfo

from ingest.extraction import authors
from ingest.extraction.bodies import one_line, tidy
from ingest.extraction.dossiers import split
from ingest.extraction.draft import ExtractionError
from ingest.extraction.titles import plausible
from ingest.sources.addresses import is_web_address
from vectorstore.domain import LANGUAGES, Tier

_LONGEST_ID = 200
# Some lines about one page; the YAML parser takes minutes for a megabyte of brackets.
_LONGEST_BLOCK = 20_000
_YAML = YAMLHandler()
_DAY = re.compile(r"\s*(\d{4}-\d\d-\d\d)(?:$|[T\s])")
_OPENING = re.compile(r"\s*---[ \t]*\n")
_KEY = re.compile(r"\s*[\"']?[\w-]+[\"']?[ \t]*:(?:\s|$)")


def _shown(value: object) -> str:
    """How a wrong value is quoted to its author; a list is not, it may be endless."""
    return (
        f"{value!r:.60}" if isinstance(value, str | int | float | None) else "a list or a mapping"
    )


def _line(value: object, info: ValidationInfo) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(f"'{info.field_name}' is not a text: {_shown(value)}; put it in quotes")
    return one_line(value) or None


def _id(value: object, info: ValidationInfo) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    id_ = _line(value, info)
    if id_ and (len(id_) > _LONGEST_ID or not id_.isprintable()):
        raise ValueError(f"'id' is not a printable text of at most {_LONGEST_ID} characters")
    return id_


def _body(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise ValueError(f"'text' is not a text: {_shown(value)}")
    return tidy(value) if value else None


def _url(value: object, info: ValidationInfo) -> str | None:
    url = _line(value, info)
    if url and not is_web_address(url):
        raise ValueError(f"'url' is not a web address: {url:.100}; write https://…")
    return url


def _date(value: object) -> date | None:
    if value is None or value == "":
        return None
    written = _DAY.match(value) if isinstance(value, str) else None
    try:
        day = date.fromisoformat(written[1]) if written else None
    except ValueError:
        day = None
    if day is None or not plausible(day):
        raise ValueError(f"'date' is not a date: {_shown(value)}; write YYYY-MM-DD")
    return day


def _lang(value: object, info: ValidationInfo) -> str | None:
    printed = _line(value, info)
    language = re.split("[-_]", printed.lower())[0] if printed else None
    if language and language not in LANGUAGES:
        raise ValueError(f"'lang' is {_shown(printed)}; briefings are in {', '.join(LANGUAGES)}")
    return language


def _access(value: object) -> Tier:
    tier = value.strip().lower() if isinstance(value, str) else None
    if tier not in tuple(Tier):
        raise ValueError(f"'access' is {_shown(value)}; write {' or '.join(Tier)}")
    return Tier(tier)


def _dossiers(value: object, info: ValidationInfo) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        return split(tidy(value), (info.context or {}).get("dossiers", ()))
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValueError("'dossiers' is not a list of names")
    return tuple(dict.fromkeys(name for name in map(one_line, value) if name))


def _authors(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
        raise ValueError("'authors' is not a list of names")
    return authors.names(listed)


class Given(BaseModel):
    """What the author says about a page; None or empty where nothing is said."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: Annotated[str | None, BeforeValidator(_id)] = None
    title: Annotated[str | None, BeforeValidator(_line)] = None
    text: Annotated[str | None, BeforeValidator(_body)] = None
    url: Annotated[str | None, BeforeValidator(_url)] = None
    day: Annotated[date | None, BeforeValidator(_date)] = None
    lang: Annotated[str | None, BeforeValidator(_lang)] = None
    dossiers: Annotated[tuple[str, ...], BeforeValidator(_dossiers)] = ()
    access: Annotated[Tier | None, BeforeValidator(_access)] = None
    actor: Annotated[str | None, BeforeValidator(_line)] = None
    story: Annotated[str | None, BeforeValidator(_line)] = None
    authors: Annotated[tuple[str, ...], BeforeValidator(_authors)] = ()


def from_row(content: bytes, dossiers: Collection[str]) -> Given:
    """What a .jsonl row says; raise ExtractionError when it is no briefing."""
    try:
        row = json.loads(content)
    except (ValueError, RecursionError):
        raise ExtractionError("is not valid JSON") from None
    if not isinstance(row, dict):
        raise ExtractionError("is not a JSON object")
    given = _checked(row, dossiers)
    missing = [f"'{key}'" for key in ("title", "text") if not (getattr(given, key) or "").strip()]
    if missing:
        verb = "are" if len(missing) > 1 else "is"
        raise ExtractionError(f"{' and '.join(missing)} {verb} missing; a row has id, title, text")
    return given


def from_front_matter(text: str, dossiers: Collection[str]) -> tuple[Given, str]:
    """What the YAML block before a text says, and the text after it; raise ExtractionError."""
    if not (opening := _OPENING.match(text)):
        return Given(), text
    try:
        block, body = _YAML.split(text.lstrip())
        if len(block) > _LONGEST_BLOCK:
            raise ExtractionError(
                f"its front matter is longer than {_LONGEST_BLOCK:,} characters; "
                "close it with a line of ---"
            )
        loaded = _YAML.load(block, Loader=yaml.BaseLoader)  # every value stays a text
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        if _KEY.match(text, opening.end()):
            raise ExtractionError(_unreadable(error)) from None
        return Given(), text  # lines drawn between parts of a text
    if not isinstance(loaded, dict):
        return Given(), text
    values = {key: None if value in ("null", "~") else value for key, value in loaded.items()}
    return _checked(values, dossiers), body


def _unreadable(error: Exception) -> str:
    if not isinstance(error, yaml.YAMLError):
        return "its front matter is not closed with a line of ---"
    mark = getattr(error, "problem_mark", None)
    place = f" (line {mark.line + 2})" if mark else ""
    reason = getattr(error, "problem", None) or error
    return f"its front matter is not plain YAML{place}: {reason!s:.100}"


def _checked(values: dict[Any, Any], dossiers: Collection[str]) -> Given:
    known = {key.strip().lower(): value for key, value in values.items() if isinstance(key, str)}
    known |= values  # the key as it should be written wins
    known["day"] = known.pop("date", None)
    known.setdefault("authors", known.get("author"))
    try:
        return Given.model_validate(known, context={"dossiers": dossiers})
    except ValidationError as error:
        reasons = [str(found["ctx"]["error"]) for found in error.errors(include_url=False)]
        raise ExtractionError("; ".join(reasons)) from None
