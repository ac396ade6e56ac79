"""A picture of who said how much when, where many entries read better so; knows no chat.

matplotlib is imported by the first picture: half a second that answers in words do not pay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from bot.domain import Answer, Count, Kind
from bot.i18n import Voice, quoted, voice
from bot.rendering import ActorName

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Fewer statements or days read better as text.
FEWEST_STATEMENTS, FEWEST_DAYS = 6, 3
# More bars than this are months.
MOST_DAYS = 14
# Okabe and Ito's colours, which the colour-blind tell apart; on a page of its own the picture
# reads the same in a light and in a dark chat.
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7")
_PAPER, _INK = "#FCFCFA", "#222222"
_INCHES, _DOTS = (8.0, 4.5), 150
# Telegram's limit of a caption is 1024.
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, and the same in words for those who do not see it."""

    png: bytes
    caption: str


def chart(answer: Answer, actor_name: ActorName) -> Picture | None:
    """The statements of each day of a timeline or comparison; None where text says it better."""
    asked, counts = answer.asked, answer.counts
    days = {count.day for count in counts}
    total = sum(count.statements for count in counts)
    whose = list(dict.fromkeys(count.who for count in counts))
    many = total >= FEWEST_STATEMENTS and len(days) >= FEWEST_DAYS
    if asked is None or not many or len(whose) > len(_COLOURS):
        return None
    if asked.kind is Kind.COMPARISON and len(whose) < 2:
        return None
    words = voice(answer.language)
    names = [actor_name(who, words.language) if who in asked.actors else who for who in whose]
    by_month = len(days) > MOST_DAYS or min(days).year != max(days).year
    periods = sorted({_period(day, by_month=by_month) for day in days})
    series = [_series(counts, who, periods, by_month=by_month) for who in whose]
    labels = [words.month(day) if by_month else words.short_day(day) for day in periods]
    title = words.say("Statements in the briefings, by day")
    if by_month:
        title = words.say("Statements in the briefings, by month")
    if asked.topic:
        title = f"{title} — {quoted(asked.topic, words.language)}"
    return Picture(_drawn(title, names, series, labels), _told(title, names, series, labels, words))


def _period(day: date, *, by_month: bool) -> date:
    return day.replace(day=1) if by_month else day


def _series(
    counts: Sequence[Count], who: str, periods: Sequence[date], *, by_month: bool
) -> list[int]:
    counted: Counter[date] = Counter()
    for count in counts:
        if count.who == who:
            counted[_period(count.day, by_month=by_month)] += count.statements
    return [counted[period] for period in periods]


def _told(
    title: str,
    names: Sequence[str],
    series: Sequence[Sequence[int]],
    labels: Sequence[str],
    words: Voice,
) -> str:
    rows = [
        f"{name} — "
        + ", ".join(
            f"{label} ({words.number(n)})" for label, n in zip(labels, some, strict=True) if n
        )
        for name, some in zip(names, series, strict=True)
    ]
    text = "\n".join([f"{title}.", *rows])
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _drawn(
    title: str, names: Sequence[str], series: Sequence[Sequence[int]], labels: Sequence[str]
) -> bytes:
    from matplotlib.figure import Figure

    figure = Figure(figsize=_INCHES, dpi=_DOTS, facecolor=_PAPER, layout="constrained")
    axes = figure.add_subplot()
    width = 0.8 / len(series)
    for nth, (name, some) in enumerate(zip(names, series, strict=True)):
        places = [at + (nth - (len(series) - 1) / 2) * width for at in range(len(labels))]
        bars = axes.bar(places, some, width, label=name, color=_COLOURS[nth])
        axes.bar_label(bars, [str(n) if n else "" for n in some], color=_INK, padding=2)
    _dressed(axes, title, labels)
    axes.legend(
        loc="upper left", bbox_to_anchor=(0, 1.0), ncols=len(names), frameon=False, labelcolor=_INK
    )
    axes.set_ylim(0, max(map(max, series)) * 1.25)
    file = BytesIO()
    figure.savefig(file, format="png", bbox_inches="tight", pad_inches=0.25)
    return file.getvalue()


def _dressed(axes: Axes, title: str, labels: Sequence[str]) -> None:
    """The frame of the picture: only what helps to read it."""
    axes.set_title(title, loc="left", color=_INK, fontsize=13, fontweight="bold", pad=12)
    axes.set_xticks(range(len(labels)), labels, rotation=30 if len(labels) > 8 else 0, color=_INK)
    axes.set_facecolor(_PAPER)
    axes.set_yticks([])
    axes.tick_params(length=0, labelsize=10)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_INK)
