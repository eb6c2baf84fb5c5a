"""Files of programmes that are wrong somewhere: the fault and its place are said, and nothing is half done."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from przystan.funding import files
from przystan.funding.loading import load_programmes
from przystan.funding.models import Funder, Indicator, Programme
from przystan.reference.loading import load_reference
from przystan.reference.shipped import shipped
from przystan.results.loading import load_kinds
from przystan.support.loading import load_catalogue
from przystan.team.models import Point
from tests import factories

pytestmark = pytest.mark.django_db
FUNDER = '[[funder]]\nkey = "f"\nnames = {en = "F"}\n'
ONE = '[[programme]]\nkey = "k"\nname = "N"\nfunder = "f"\n'
RULE = "[[programme.rule]]\ntree = {all = []}\n"
LIMIT = '[[programme.limit]]\nkind = "people"\nvalue = 3\n'
INDICATOR = '[[programme.indicator]]\ncode = "c"\nnames = {en = "I"}\ncounted = "people"\n'
SHAPE, UNKNOWN, ORDER = "has the wrong shape", "is not known", "must not be after the last"
BAD: dict[str, tuple[str, str]] = {
    "service unknown": (FUNDER + ONE + 'services=["nope"]', UNKNOWN),
    "service number": (FUNDER + ONE + "services=[3]", SHAPE),
    "service table": (FUNDER + ONE + "services=[{a=1}]", SHAPE),
    "territory unknown": (FUNDER + ONE + 'territory=["nope"]', UNKNOWN),
    "territory table": (FUNDER + ONE + "territory=[{a=1}]", SHAPE),
    "dates": (FUNDER + ONE + "starts=2026-02-01\nends=2026-01-01", ORDER),
    "datetime": (FUNDER + ONE + "starts=2026-02-01T10:00:00", SHAPE),
    "rank neg": (FUNDER + ONE + "rank=-1", SHAPE),
    "rank big": (FUNDER + ONE + "rank=99999", SHAPE),
    "long name": (FUNDER + ONE.replace("N", "x" * 300), SHAPE),
    "long lead": (FUNDER + ONE + "lead = '" + "x" * 300 + "'", SHAPE),
    "nul": (FUNDER + ONE + 'lead="a\\u0000b"', SHAPE),
    "twice": (FUNDER + ONE + ONE, "exists already"),
    "partners": (FUNDER + ONE + "partners=[{a=1}]", SHAPE),
    "gloss": (FUNDER + ONE + "gloss={en=3}", SHAPE),
    "gloss date": (FUNDER + ONE + "gloss={en=2026-01-01}", SHAPE),
    "target date": (FUNDER + ONE + "target={en=2026-01-01}", SHAPE),
    "age_bands": (FUNDER + ONE + 'target={age_bands="x"}', SHAPE),
    "age_bands2": (FUNDER + ONE + 'target={age_bands=[9, "x"]}', SHAPE),
    "offers": (FUNDER + ONE + 'offers={en="x"}', SHAPE),
    "offers date": (FUNDER + ONE + "offers={en=[2026-01-01]}", SHAPE),
    "funder key list": ('[[funder]]\nkey=["f"]\nnames={en="F"}\n' + ONE, "Every funder needs"),
    "funder unhashable": (FUNDER + '[[programme]]\nkey="k"\nname="N"\nfunder=["f"]', SHAPE),
    "funder name long": (FUNDER.replace("F", "x" * 5000) + ONE, "Every funder needs"),
    "rule overlap": (FUNDER + ONE + RULE + RULE, "Another rule is in force"),
    "rule days": (FUNDER + ONE + '[[programme.rule]]\nvalid_from="x"\ntree={all=[]}', SHAPE),
    "rule ends": (
        FUNDER + ONE + "[[programme.rule]]\nvalid_from=2026-02-02\nvalid_to=2026-01-01\ntree={all=[]}",
        ORDER,
    ),
    "rule source": (FUNDER + ONE + "[[programme.rule]]\nsource=3\ntree={all=[]}", SHAPE),
    "rule long source": (FUNDER + ONE + RULE + "source = '" + "x" * 400 + "'", SHAPE),
    "rule code unknown": (FUNDER + ONE + '[[programme.rule]]\ntree={fact="residence_title",in=["nope"]}', UNKNOWN),
    "rule class unknown": (FUNDER + ONE + '[[programme.rule]]\ntree={fact="citizenship_class",in=["thrid"]}', UNKNOWN),
    "rule none": (FUNDER + ONE + '[[programme.rule]]\nsource="x"', "rule 1: condition 1: this is no condition"),
    "rule words": (FUNDER + ONE + RULE + "from=2026-01-01", UNKNOWN),
    "rule deep": (
        FUNDER + ONE + "[[programme.rule]]\ntree = " + "{not=" * 40 + "{all=[]}" + "}" * 40,
        "the rule is too big",
    ),
    "rule very deep": (
        FUNDER + ONE + "[[programme.rule]]\ntree = " + "{not=" * 5000 + "{all=[]}" + "}" * 5000,
        "not a TOML file",
    ),
    "limit service unknown": (FUNDER + ONE + LIMIT + 'service="nope"', UNKNOWN),
    "limit service list": (FUNDER + ONE + LIMIT + 'service=["nope"]', SHAPE),
    "limit kind list": (FUNDER + ONE + '[[programme.limit]]\nkind=["people"]\nvalue=3', SHAPE),
    "limit big": (FUNDER + ONE + '[[programme.limit]]\nkind="people"\nvalue=3000000000', SHAPE),
    "limit word": (FUNDER + ONE + LIMIT + 'service_="x"', UNKNOWN),
    "ind service": (FUNDER + ONE + INDICATOR + 'services=["nope"]', UNKNOWN),
    "ind services str": (FUNDER + ONE + INDICATOR + 'services="nope"', SHAPE),
    "ind breakdown unhash": (FUNDER + ONE + INDICATOR + 'breakdowns=[["sex"]]', SHAPE),
    "ind breakdown str": (FUNDER + ONE + INDICATOR + 'breakdowns="sex"', SHAPE),
    "ind target": (FUNDER + ONE + INDICATOR + 'target="x"', SHAPE),
    "ind target neg": (FUNDER + ONE + INDICATOR + "target=-2", SHAPE),
    "ind twice": (FUNDER + ONE + INDICATOR + INDICATOR, "indicator with this code already"),
    "ind counted list": (FUNDER + ONE + '[[programme.indicator]]\ncode="c"\nnames={en="I"}\ncounted=["people"]', SHAPE),
    "ind filter str": (FUNDER + ONE + INDICATOR + 'filter="x"', "indicator 1: condition 1"),
    "ind filter code": (FUNDER + ONE + INDICATOR + 'filter={fact="point", in=["nope"]}', UNKNOWN),
    "ind word": (FUNDER + ONE + INDICATOR + 'filtre={fact="sex", in=["female"]}', UNKNOWN),
    "ind code long": (FUNDER + ONE + INDICATOR.replace('"c"', "'" + "c" * 90 + "'"), SHAPE),
    "names lang": (FUNDER + ONE + '[[programme.indicator]]\ncode="c"\nnames={xx="I"}\ncounted="people"', SHAPE),
    "empty": ("", "is empty"),
    "not toml": ("a = = b", "not a TOML file"),
    "top word": (FUNDER + ONE + "\n[other]\nx=1", UNKNOWN),
    "inf": (FUNDER + ONE + "rank=inf", SHAPE),
    "big int": (FUNDER + ONE + "rank=99999999999999999999999999999999", SHAPE),
}


def client() -> Client:
    found = Client(headers={"accept-language": "en"})
    found.force_login(factories.user(factories.organisation(), "coordinator"))
    return found


def take(text: str) -> Any:
    return client().post(reverse("funding:take_file"), {"file": SimpleUploadedFile("p.toml", text.encode())})


@pytest.mark.parametrize("name", BAD)
def test_a_fault_is_said_and_nothing_is_written(name: str) -> None:
    text, said = BAD[name]
    answer = take(text)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Programme.objects.exists()
    assert not Funder.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a" + ".a" * 400_000 + " = 1", "Reading this file was given up"),
        ("a = " + "[" * 400_000, "This is not a TOML file"),
        ("a = " + "9" * 5000, "This is not a TOML file"),
        ("a = 07:32:00\nb = 1979-05-27T07:32:00Z\n", "needs [[funder]]"),
        ("[a]\n'$date' = 'x'", "Reading this file was given up"),
    ],
    ids=["a key of many parts", "deep", "a long number", "times", "a word of ours"],
)
def test_a_file_that_keeps_a_parser_busy_is_refused(text: str, said: str) -> None:
    answer = take(text)
    assert answer.status_code == 200
    assert said in str(answer.context["form"].errors["file"])


def test_every_fault_is_said_at_once() -> None:
    with pytest.raises(ValidationError) as error:
        files.read(
            FUNDER + ONE + 'services = ["x"]\nends = 2020-01-01\nstarts = 2021-01-01\n' + LIMIT + 'service = "y"'
        )
    assert [message.split(":")[0] for message in error.value.messages] == ["programme 1"] * 3


def test_what_is_right_passes() -> None:
    text = (
        FUNDER + ONE + "starts = 2021-01-01\ntarget = {en = 'All', age_bands = [0, 7, 18]}\n" + RULE + LIMIT + INDICATOR
    )
    assert take(text).status_code == 302
    [programme] = Programme.objects.all()
    assert (programme.starts, programme.target["age_bands"]) == (date(2021, 1, 1), [0, 7, 18])


def test_the_age_bands_of_a_file_survive_the_form() -> None:
    """The form shows the words only."""
    mine = client()
    text = FUNDER + ONE + "target = {en = 'All', age_bands = [0, 7]}\n"
    mine.post(reverse("funding:take_file"), {"file": SimpleUploadedFile("p.toml", text.encode())})
    [programme] = Programme.objects.all()
    sent = {"name": "N", "key": "k", "funder": programme.funder_id, "rank": "3", "target_en": "Everybody"}
    assert mine.post(reverse("funding:change", args=[programme.ref]), sent).status_code == 302
    programme.refresh_from_db()
    assert programme.target == {"en": "Everybody", "age_bands": [0, 7]}


def test_the_shipped_file_has_no_faults() -> None:
    load_reference()
    load_catalogue()
    load_kinds()
    home = factories.organisation()
    for code in ("kwidzyn", "tczew", "pruszcz-gdanski"):
        Point.objects.create(organisation=home, code=code, name=code)
    assert list(files.faults_of(shipped("funding", "programmes"))) == []


@pytest.mark.parametrize("depth", [300, 600, 900, 2000])
def test_a_key_of_many_parts_is_a_fault_of_the_file(depth: int) -> None:
    """Deeper than the page can follow, while the reader still could."""
    with pytest.raises(ValidationError):
        files.read("a." * depth + "a = 1")


def test_an_indicator_of_results_comes_back_as_it_went() -> None:
    kind = factories.result_kind("levels")
    programme = factories.programme(factories.organisation())
    factories.indicator(programme, "achievers", kinds=[kind], breakdowns=["level", "sex"])
    data = files.read(files.write(programme))
    there = factories.organisation()
    load_programmes(there, data)
    made = Indicator.objects.get(programme__organisation=there)
    assert (made.counted, made.breakdowns, list(made.kinds.all())) == ("achievers", ["level", "sex"], [kind])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('counted = "achievers"\nservices = ["SERVICE"]', "name those of what is counted"),
        ('counted = "people"\nresults = ["KIND"]', "name those of what is counted"),
        ('counted = "results"\nresults = ["no-such"]', "“no-such” is not known"),
        ('counted = "results"\nbreakdowns = ["service"]', "cannot be split like this"),
        ('counted = "people"\nbreakdowns = ["level"]', "cannot be split like this"),
    ],
)
def test_what_is_of_the_other_ledger_is_a_fault(words: str, said: str) -> None:
    kind, service = factories.result_kind(), factories.service()
    programme = factories.programme(factories.organisation(), service)
    factories.indicator(programme, "results", kinds=[kind])
    text = files.write(programme)
    first = text.index('counted = "results"')
    rest = text[first:].split("results = [", 1)
    changed = words.replace("SERVICE", service.code).replace("KIND", kind.code)
    with pytest.raises(ValidationError, match=said):
        files.read(text[:first] + changed + rest[1][rest[1].index("]") + 1 :])
