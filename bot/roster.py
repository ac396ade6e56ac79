"""The members as a CSV file, out and in, and what is said of it; knows no Telegram and no SQL.

A file is taken whole or not at all. Its roles are given; nothing is taken from anybody.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import StringIO

from bot.i18n import Voice
from bot.records.members import Member, Taken
from bot.rendering import Page, plain
from bot.roles import ROLE_NAMES, Role

COLUMNS = ("user", "name", "roles", "language", "joined")
MOST_BYTES, MOST_MEMBERS = 1_000_000, 10_000
_MOST_TOLD, _LONGEST = 10, 40
_USER = re.compile(r"[1-9][0-9]{0,15}")
_BETWEEN = re.compile(r"[\s,;/|+]+")
# What a spreadsheet begins a formula with; East Asian ones know the wide forms, too.
_FORMULA = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")


class Wrong(StrEnum):
    """What may be wrong in a file."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too large"
    HEADING = "heading"
    EMPTY = "empty"
    USER = "user"
    ROLE = "role"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in which line of a file; ``value`` is what stands there."""

    what: Wrong
    line: int = 0
    value: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """What a file says: ``members``, and ``faults`` that keep all of it from being taken."""

    members: tuple[Member, ...] = ()
    faults: tuple[Fault, ...] = ()


def written(members: Iterable[Member]) -> bytes:
    """Those who have a role as a CSV file that spreadsheets open, and that `read` understands."""
    made = StringIO(newline="")
    rows = csv.writer(made)
    rows.writerow(COLUMNS)
    for each in members:
        if each.roles:
            roles = " ".join(sorted(each.roles))
            joined = each.joined_at.date().isoformat()
            rows.writerow([each.user, _harmless(each.name), roles, each.language or "", joined])
    return made.getvalue().encode("utf-8-sig")


def read(content: bytes, now: datetime) -> Roster:
    """The members that a file names by ``user`` and ``roles``, perhaps ``name``.

    Commas, semicolons or tabs part its columns, of which others may be there.
    """
    if len(content) > MOST_BYTES:
        return Roster(faults=(Fault(Wrong.TOO_LARGE),))
    try:
        heading, rows = _table(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, csv.Error):
        return Roster(faults=(Fault(Wrong.UNREADABLE),))
    if not {"user", "roles"} <= set(heading):
        return Roster(faults=(Fault(Wrong.HEADING),))
    if not rows or len(rows) > MOST_MEMBERS:
        return Roster(faults=(Fault(Wrong.TOO_LARGE if rows else Wrong.EMPTY),))
    members: dict[int, Member] = {}
    faults: list[Fault] = []
    for line, row in rows:
        found = _member(line, row, now)
        if isinstance(found, Member) and found.user in members:
            found = Fault(Wrong.TWICE, line, str(found.user))
        if isinstance(found, Fault):
            faults.append(found)
        else:
            members[found.user] = found
    return Roster(tuple(members.values()), tuple(faults))


def taken_page(taken: Taken, words: Voice) -> Page:
    """What came of a file that was taken."""
    return plain(
        words.say(
            "Imported: {new} new, {changed} changed, {same} as before. No role was taken away.",
            new=words.number(taken.new),
            changed=words.number(taken.changed),
            same=words.number(taken.same),
        )
    )


def faults_page(faults: Iterable[Fault], words: Voice) -> Page:
    """Why a file was not taken."""
    all_of_them = list(faults)
    said = [words.say("Nothing was imported. Please mend the file and send it again:")]
    said += [f"• {_told(each, words)}" for each in all_of_them[:_MOST_TOLD]]
    if len(all_of_them) > _MOST_TOLD:
        more = len(all_of_them) - _MOST_TOLD
        said.append(words.say_many("and {count} more line", "and {count} more lines", more))
    return plain("\n".join(said))


def _table(text: str) -> tuple[list[str], list[tuple[int, Mapping[str, str]]]]:
    """The names of the columns, and each row by them with its line; empty rows are left out."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    heading = [cell.strip().lower() for cell in next(reader, [])]
    rows: list[tuple[int, Mapping[str, str]]] = []
    for cells in reader:
        given = [cell.strip() for cell in cells]
        if any(given):
            row = zip(heading, given + [""] * len(heading), strict=False)
            rows.append((reader.line_num, dict(row)))
    return heading, rows


def _member(line: int, row: Mapping[str, str], now: datetime) -> Member | Fault:
    user = row["user"]
    if not _USER.fullmatch(user):
        return Fault(Wrong.USER, line, user)
    named = [name for name in _BETWEEN.split(row["roles"].lower()) if name]
    unknown = [name for name in named if name not in set(Role)]
    if unknown or not named:
        return Fault(Wrong.ROLE, line, " ".join(unknown))
    name = _as_it_was(row.get("name", ""))
    return Member(user=int(user), name=name, roles=frozenset(map(Role, named)), joined_at=now)


def _told(fault: Fault, words: Voice) -> str:
    value = fault.value[:_LONGEST] or "—"
    match fault.what:
        case Wrong.UNREADABLE:
            return words.say("This is not a CSV file in UTF-8.")
        case Wrong.TOO_LARGE:
            return words.say("The file is too large: 1 MB and 10,000 members are the most.")
        case Wrong.HEADING:
            return words.say("The first line must name the columns user and roles.")
        case Wrong.EMPTY:
            return words.say("There is nobody in the file.")
        case Wrong.USER:
            said = words.say("{value} is not a Telegram user id", value=value)
        case Wrong.ROLE:
            said = words.say("{value} is not a role ({roles})", value=value, roles=ROLE_NAMES)
        case Wrong.TWICE:
            said = words.say("{value} is there twice", value=value)
    return words.say("line {line}: {fault}", line=fault.line, fault=said)


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, whatever somebody calls themselves."""
    cell = " ".join(cell.split())
    return f"'{cell}" if _is_formula(cell) else cell


def _as_it_was(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _is_formula(cell) else cell


def _is_formula(cell: str) -> bool:
    return cell.lstrip("' ")[:1] in _FORMULA
