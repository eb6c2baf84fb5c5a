"""What is known of a person besides the name: citizenships, titles, towns, languages, channels, consents."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from przystan.people.models import Channel, Citizenship, Consent, ConsentText, Dwelling, PersonLanguage, TitleHeld
from przystan.project.demo import chance, residence
from przystan.project.demo.centre import Desk
from przystan.project.demo.chance import Weighted
from przystan.project.demo.copying import Loader
from przystan.project.demo.households import Member
from przystan.project.demo.names.romanise import ascii_form
from przystan.project.demo.origins import Origin
from przystan.reference.models import Place, ResidenceTitle

_TOWNS_AROUND = ["gdynia", "sopot", "slupsk", "wejherowo", "starogard-gdanski", "tczew-gmina", "kwidzyn-gmina"]
_EVIDENCE = Weighted([("seen", 66), ("none", 22), ("copy", 7), ("register", 5)])
_SAFETY = Weighted([("yes", 89), ("neutral", 4), ("hours", 3), ("no", 2.5), ("only_by", 1.5)])
_CONSENT_CHANCE = {
    "data_processing_sensitive": 0.93,
    "funder_sharing": 0.85,
    "contact_messages": 0.6,
    "referral_sharing": 0.3,
    "photo": 0.2,
}
_ASKED_LATER = 0.3
# Languages in which the desk can help: whoever speaks none of them well needs an interpreter.
DESK = frozenset(["pl", "en", "ru", "uk"])
_CODES = {"fil": "tl"}  # by ISO 639-1, as Babel names it
_READ_IN = ("uk", "ru", "en", "pl")


@dataclass(frozen=True)
class Situation:
    """How a household came: from where, why, to Poland and to the centre on which days, received by whom."""

    origin: Origin
    country: str
    way: str
    arrived: date
    since: date
    desk: Desk
    by: int

    @property
    def language(self) -> str:
        return self.origin.language


class Facts:
    """Writes the rows of one centre's people."""

    def __init__(self, rng: Random, loader: Loader, today: date) -> None:
        self.rng, self.today = rng, today
        self._titles = {title.code: title.pk for title in ResidenceTitle.objects.order_by("pk")}
        self._towns = list(Place.objects.filter(code__in=_TOWNS_AROUND).order_by("pk").values_list("pk", flat=True))
        self._texts = list(ConsentText.objects.order_by("purpose", "-version"))
        self._citizenship = loader.table(Citizenship, "person_id country valid_from valid_to")
        held = "ref person_id title_id valid_from valid_to evidence seen_by_id seen_on"
        self._held = loader.table(TitleHeld, held)
        self._dwelling = loader.table(Dwelling, "person_id place_id valid_from valid_to")
        self._language = loader.table(PersonLanguage, "person_id language level needs_interpreter")
        channel = "ref person_id kind value digits safety hours_from hours_to only_by_id confirmed_on"
        self._channel = loader.table(Channel, channel)
        consent = "person_id guardian_id text_id agrees language how given_on given_by_id withdrawn_on withdrawn_by_id"
        self._consent = loader.table(Consent, consent)

    def write(self, person: int, situation: Situation, member: Member, arrived: date) -> tuple[str, ...]:
        """Everything about one person; returns the languages spoken, the first language first."""
        self._write_citizenships(person, situation, arrived)
        if situation.way != "host":
            self._write_titles(person, situation, member, arrived)
        self._write_towns(person, situation, arrived)
        languages = self._spoken(situation, member, arrived)
        self.write_languages(person, languages)
        if (situation.since - member.born).days > 13 * 365:
            self._write_channels(person, situation, member)
            self._write_consents(person, situation, languages)
        return languages

    # Citizenships and titles

    def _write_citizenships(self, person: int, situation: Situation, arrived: date) -> None:
        chance_of = self.rng.random()
        if chance_of < 0.04:  # nobody asked yet
            return
        if chance_of < 0.045:
            self._citizenship(person, "XX", None, None)
            return
        self._citizenship(person, situation.country, None, None)
        years = (self.today - arrived).days / 365
        if situation.way != "host" and years > 6 and self.rng.random() < 0.06:
            since = chance.between(self.rng, arrived + timedelta(5 * 365), self.today)
            self._citizenship(person, "PL", since, None)
        elif situation.country in ("UA", "RU", "MD", "AM") and self.rng.random() < 0.03:
            second = {"UA": "IL", "RU": "DE", "MD": "RO", "AM": "RU"}[situation.country]
            since = chance.between(self.rng, arrived, self.today)
            self._citizenship(person, second, since, None)

    def _write_titles(self, person: int, situation: Situation, member: Member, arrived: date) -> None:
        if self.rng.random() < 0.05:  # not told
            return
        way = situation.way
        if way in ("work", "study") and (arrived - member.born).days < 18 * 365:
            way = "family"  # children stay as members of the family
        stays = residence.history(self.rng, way=way, country=situation.country, arrived=arrived, today=self.today)
        for code, starts, ends in stays:
            evidence = _EVIDENCE.pick(self.rng)
            seen = self._seen_on(situation.since, starts, evidence)
            self._held(
                chance.ref(self.rng),
                person,
                self._titles[code],
                starts,
                ends,
                evidence if seen else "none",
                situation.by if seen else None,
                seen,
            )

    def _seen_on(self, since: date, starts: date, evidence: str) -> date | None:
        if evidence == "none":
            return None
        seen = max(since, starts) + timedelta(self.rng.randint(0, 20))
        return seen if seen <= self.today else None

    # Town, languages

    def _write_towns(self, person: int, situation: Situation, arrived: date) -> None:
        chance_of = self.rng.random()
        if chance_of < 0.05:
            return
        place = self.rng.choice(self._towns) if chance_of < 0.17 else situation.desk.place
        starts = arrived if situation.way != "host" and self.rng.random() < 0.5 else None
        moved = chance.between(self.rng, situation.since, self.today) if chance_of > 0.88 else None
        if moved and moved > max(situation.since, arrived):
            self._dwelling(person, place, starts, moved - timedelta(1))
            self._dwelling(person, self.rng.choice(self._towns), moved, None)
        else:
            self._dwelling(person, place, starts, None)

    def _spoken(self, situation: Situation, member: Member, arrived: date) -> tuple[str, ...]:
        first = _CODES.get(situation.language, situation.language)
        spoken = [first]
        adult = (situation.since - member.born).days > 12 * 365
        spoken += [code for code, odds in situation.origin.also_speaks if adult and self.rng.random() < odds]
        years = (self.today - arrived).days / 365
        if "pl" not in spoken and self.rng.random() < min(0.85, 0.2 + years / 8):
            spoken.append("pl")
        return tuple(spoken)

    def write_languages(self, person: int, languages: tuple[str, ...]) -> None:
        """Rows for the languages; the first is the first language."""
        alone = not DESK.intersection(languages)
        self._language(person, languages[0], "native", alone and self.rng.random() < 0.85)
        for code in languages[1:]:
            level = "simple" if code == "pl" and self.rng.random() < 0.6 else "fluent"
            self._language(person, code, level, False)
        if "pl" not in languages and self.rng.random() < 0.4:
            self._language(person, "pl", "none", False)

    # Channels and consents

    def _write_channels(self, person: int, situation: Situation, member: Member) -> None:
        rng = self.rng
        safety = _SAFETY.pick(rng)
        if rng.random() < 0.85:
            # Area code 55, exchange 5xx: well formed, given to nobody.
            number = f"{rng.randint(0, 999_999):06}"
            value, digits = f"+48 55 5{number[:2]} {number[2:4]} {number[4:]}", f"48555{number}"
            self._channel_row(person, "phone", value, digits, safety, situation)
            if rng.random() < 0.3:
                app = rng.choice(["WhatsApp", "Telegram", "Signal", "Viber"])
                self._channel_row(person, "messenger", f"{app} {value}", digits, safety, situation)
        if rng.random() < 0.35:
            form = member.name.spellings[0]
            box = f"{ascii_form(form.given)}.{ascii_form(form.family)}{rng.randint(1, 99)}".lower().replace(" ", ".")
            self._channel_row(person, "email", f"{box}@example.org", "", "yes", situation)

    def _channel_row(self, person: int, kind: str, value: str, digits: str, safety: str, situation: Situation) -> None:
        hours = ("09:00", "13:00") if safety == "hours" else (None, None)
        only_by = situation.by if safety == "only_by" else None
        confirmed = chance.between(self.rng, situation.since, self.today) if self.rng.random() < 0.6 else None
        self._channel(chance.ref(self.rng), person, kind, value, digits, safety, *hours, only_by, confirmed)

    def _write_consents(self, person: int, situation: Situation, languages: tuple[str, ...]) -> None:
        read_in = next((code for code in _READ_IN if code in languages), "en")
        seen: set[str] = set()
        for text in self._texts:
            if text.purpose in seen:
                continue
            given = self._asked_on(text, situation.since)
            if given is None:
                continue
            seen.add(text.purpose)
            if self.rng.random() < _CONSENT_CHANCE.get(text.purpose, 0.3):
                self._consent_row(person, text.pk, read_in, given, situation.by)

    def _asked_on(self, text: ConsentText, since: date) -> date | None:
        """Who came before there was such a text was asked, if at all, on a later visit."""
        if text.valid_from is None or text.valid_from <= since:
            return since
        later = text.valid_from + timedelta(self.rng.randint(0, 300))
        return later if later <= self.today and self.rng.random() < _ASKED_LATER else None

    def _consent_row(self, person: int, text: int, read_in: str, given: date, by: int) -> None:
        withdrawn = chance.between(self.rng, given, self.today) if self.rng.random() < 0.03 else None
        how = "paper" if self.rng.random() < 0.4 else "spoken"
        self._consent(person, None, text, True, read_in, how, given, by, withdrawn, by if withdrawn else None)
