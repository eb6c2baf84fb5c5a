"""Histories of titles to stay, as Polish law and its offices make them. Codes: reference/data/residence_titles.toml."""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from przystan.project.demo.chance import between, days
from przystan.project.demo.origins import INVASION

UKR_ENDS = date(2027, 3, 4)
CUKR_OPENS = date(2026, 5, 4)
CUKR_SINCE = date(2025, 6, 4)  # the card is for those whose UKR status ran on that day


class Stay(NamedTuple):
    """A title from one day to another; an open end is None."""

    code: str
    starts: date
    ends: date | None


def history(rng: Random, *, way: str, country: str, arrived: date, today: date) -> list[Stay]:
    """All titles of a person who arrived that day, in order, as far as they began by `today`."""
    if way == "eu":
        stays = [Stay("eu", arrived + days(rng.randint(5, 90)), None)]
    elif country == "UA" and arrived >= INVASION:
        stays = _temporary_protection(rng, way, arrived, today)
    elif way == "asylum":
        stays = _asylum(rng, arrived, today)
    else:
        stays = _permits(rng, way, country, arrived, today)
    return [_told(stay, today) for stay in stays if stay.starts <= min(today, stay.ends or today)]


def _told(stay: Stay, today: date) -> Stay:
    """Nobody knows yet when the office will decide."""
    waiting = stay.code in ("pending", "applicant_ip") and (stay.ends is None or stay.ends > today)
    return stay._replace(ends=None) if waiting else stay


def _temporary_protection(rng: Random, way: str, arrived: date, today: date) -> list[Stay]:
    """UKR; then for some a permit or the CUKR card, which ends it."""
    starts = arrived + days(rng.randint(0, 25))
    chance = rng.random()
    if chance < 0.10 and starts <= CUKR_SINCE and today > CUKR_OPENS + days(30):
        card = between(rng, CUKR_OPENS + days(30), today + days(30))
        filed = card - days(rng.randint(20, 60))
        return [
            Stay("ukr", starts, card - days(1)),
            Stay("pending", filed, card - days(1)),
            Stay("cukr", card, card + days(3 * 365)),
        ]
    if chance < 0.22:
        filed = starts + days(rng.randint(200, 700))
        granted = filed + days(rng.randint(90, 400))
        return [
            Stay("ukr", starts, granted - days(1) if granted <= today else UKR_ENDS),
            Stay("pending", filed, granted - days(1)),
            Stay(_FIRST.get(way, "trp_work"), granted, granted + days(rng.choice([1, 2, 3]) * 365)),
        ]
    return [Stay("ukr", starts, UKR_ENDS)]


def _asylum(rng: Random, arrived: date, today: date) -> list[Stay]:
    """An application for protection and what came of it."""
    filed = arrived + days(rng.randint(0, 12))
    decided = filed + days(rng.randint(150, 700))
    stays = [Stay("applicant_ip", filed, decided - days(1) if decided <= today else None)]
    outcome = rng.choices(
        ["refugee", "subsidiary", "humanitarian", "tolerated", "return_decision"], cum_weights=[18, 50, 63, 68, 100]
    )[0]
    if outcome != "return_decision":
        return [*stays, Stay(outcome, decided, None)]
    left = decided + days(30)
    stays.append(Stay(outcome, decided, left))
    if rng.random() < 0.5:
        stays.append(Stay("irregular", left + days(1), None))
    return stays


_FIRST = {"work": "trp_work", "study": "trp_study", "family": "trp_family_tcn"}


def _permits(rng: Random, way: str, country: str, arrived: date, today: date) -> list[Stay]:
    """Visa or visa-free stay, waiting, permits for one to three years, and in the end a permanent title."""
    visa_free = country in ("UA", "GE", "MD", "CO") and arrived >= date(2017, 6, 11) and rng.random() < 0.5
    first = "visa_free" if visa_free else "visa_d"
    ends = arrived + days(89 if visa_free else rng.choice([180, 364]))
    stays = [Stay(first, arrived, ends)]
    title = "trp_family_pl" if way == "family" and rng.random() < 0.5 else _FIRST[way]
    while ends < today:
        filed = ends - days(rng.randint(1, 60))
        granted = filed + days(rng.randint(80, 420))
        if rng.random() < 0.05:
            return [*stays, Stay("irregular", ends + days(1), None)]
        stays.append(Stay("pending", filed, granted - days(1)))
        if granted - arrived > timedelta(days=5 * 365 + 1) and rng.random() < 0.7:
            permanent = "pr" if way == "family" or rng.random() < 0.4 else "ltr_eu"
            return [*stays, Stay(permanent, granted, None)]
        ends = granted + days(rng.choice([1, 2, 3, 3]) * 365 - 1)
        stays.append(Stay(title, granted, ends))
        if country == "UA" and INVASION <= ends < UKR_ENDS and rng.random() < 0.35:
            return [*stays, Stay("ukr_extended", ends + days(1), UKR_ENDS)]
    return stays
