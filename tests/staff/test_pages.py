"""Pages of people who work here: each as people use it."""

import csv
import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from przystan.access.models import AuditEntry
from przystan.access.scope import acting
from przystan.institutions.actions import merge
from przystan.staff.loading import load_paper_kinds
from przystan.staff.models import Agreement, Hour, Proof, Worker
from przystan.ui.templatetags.ui import minutes
from tests.institutions.making import institution
from tests.staff import making
from tests.staff.conftest import House

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = timedelta(days=1)


def rows_of(**first: str) -> dict[str, str]:
    """A formset as the page sends it: one row."""
    return {
        "rows-TOTAL_FORMS": "1",
        "rows-INITIAL_FORMS": "0",
        **{f"rows-0-{name}": value for name, value in first.items()},
    }


def test_somebody_without_an_account_is_written_down_with_all_that_is_needed(house: House) -> None:
    lead = house.client("lead")
    (
        making.agreement_kind(),
        making.proof_kind(months=12),
        making.proof_kind("training", family="training", needed="never"),
    )
    lead.post(reverse("staff:add"), {"name": "Ada Nowak", "point": house.here.pk, "with_minors": "on"})
    ada = Worker.objects.get(name="Ada Nowak")
    page = reverse("staff:worker", args=[ada.ref])
    assert "There is no agreement." in lead.get(page).text
    kind = making.agreement_kind().pk
    lead.post(
        reverse("staff:add_agreement", args=[ada.ref]),
        {"kind": kind, "valid_from": TODAY, "hours": "20", "in_writing": "on"},
    )
    for family, code in (("check", "register"), ("training", "training")):
        given = {"kind": making.proof_kind(code).pk, "day": TODAY, "result": "clear"}
        lead.post(reverse("staff:add_proof", args=[ada.ref, family]), given)
    lead.post(
        reverse("staff:rows", args=[ada.ref, "languages"]), rows_of(language="uk", skill="interprets", level="C1")
    )
    lead.post(reverse("staff:rows", args=[ada.ref, "availability"]), rows_of(words="mornings"))
    told = rows_of(country="UA", tie="citizen") | {"told_on": TODAY.isoformat()}
    lead.post(reverse("staff:rows", args=[ada.ref, "countries"]), told)
    shown = lead.get(page).text
    for words in ("20", "register", "Ukrainian", "mornings", "Ukraine", "Said on", "As far as is written down, until"):
        assert words in shown
    assert "May work today" in lead.get(reverse("staff:index")).text
    read = AuditEntry.objects.filter(action="read", object_ref=ada.ref).order_by("-seq")[0]
    assert read.fields == ["agreements", "countries", "proofs"]


def test_what_is_refused_stays_in_the_form(house: House) -> None:
    lead, kind = house.client("lead"), making.proof_kind("of_citizenship", per="citizenship")
    page = lead.post(
        reverse("staff:add_proof", args=[house.hasan.ref, "check"]), {"kind": kind.pk, "day": TODAY, "result": "clear"}
    )
    assert "Choose the country whose certificate it is." in page.text
    assert not Proof.objects.exists()
    twice = rows_of(country="UA", tie="citizen") | {
        "rows-TOTAL_FORMS": "2",
        "rows-1-country": "UA",
        "rows-1-tie": "citizen",
    }
    making.country(house.hasan, "SY")
    page = lead.post(reverse("staff:rows", args=[house.hasan.ref, "countries"]), twice)
    assert "This is there already." in page.text
    assert house.hasan.countries.get().country == "SY", "nothing half done"


def test_an_agreement_is_ended_and_a_mistake_struck_out(house: House) -> None:
    lead, made, proof = house.client("lead"), making.agreement(house.hasan), making.proof(house.hasan)
    assert "Last day" in lead.get(reverse("staff:end_agreement", args=[made.ref])).text
    lead.post(reverse("staff:end_agreement", args=[made.ref]), {"on": TODAY.isoformat()})
    assert Agreement.objects.get().valid_to == TODAY
    lead.post(reverse("staff:strike_proof", args=[proof.ref]))
    lead.post(reverse("staff:strike_agreement", args=[made.ref]))
    page = lead.get(reverse("staff:worker", args=[house.hasan.ref])).text
    assert page.count("struck out") == 2
    assert lead.post(reverse("staff:strike_agreement", args=[made.ref])).status_code == 404


def test_who_leads_another_point_reads_nothing_of_it_and_of_all_points_no_papers(house: House) -> None:
    everywhere = making.worker(name="Everywhere", organisation=house.here.organisation)
    making.agreement(everywhere), making.proof(everywhere)
    there = house.client("lead there")
    assert there.get(reverse("staff:worker", args=[house.hasan.ref])).status_code == 404
    page = there.get(reverse("staff:worker", args=[everywhere.ref])).text
    assert "Everywhere" in page
    assert "Safeguarding checks" not in page
    assert there.get(reverse("staff:change", args=[everywhere.ref])).status_code == 404
    assert "Safeguarding checks" in house.client("lead of all").get(reverse("staff:worker", args=[everywhere.ref])).text


def test_the_worker_reads_own_papers_and_changes_nothing(house: House) -> None:
    making.agreement(house.hasan), making.proof(house.hasan)
    hasan = house.client("interpreter")
    page = hasan.get(reverse("staff:mine")).text
    assert "register" in page
    assert "It was a mistake" not in page
    assert hasan.get(reverse("staff:worker", args=[house.hasan.ref])).status_code == 404
    assert house.client("adviser").get(reverse("staff:mine")).status_code == 404


def test_an_interpreter_sees_a_page_of_hours_and_nothing_else(house: House) -> None:
    hasan = house.client("interpreter")
    start = hasan.get("/").text
    assert reverse("staff:my_hours") in start
    assert f'href="{reverse("staff:index")}"' not in start
    for name in ("staff:index", "people:search", "desk:log", "team:members", "staff:due"):
        assert hasan.get(reverse(name)).status_code == 404, name
    assert "No hours in this month" in hasan.get(reverse("staff:my_hours")).text
    form = {"day": TODAY, "starts": "10:00", "ends": "11:30", "task": "interpreting", "language": "ar", "mode": "phone"}
    page = hasan.post(reverse("staff:note"), form)
    assert "Choose for which colleague or point it was." in page.text
    assert hasan.post(reverse("staff:note"), form | {"for_user": house.users["adviser"].pk}).status_code == 302
    month = hasan.get(reverse("staff:my_hours")).text
    for words in ("Olena Adviser", minutes(90), "Arabic", "not yet", "10:00–11:30"):
        assert words in month
    hasan.post(reverse("staff:take_back", args=[Hour.objects.get().ref]))
    assert "taken back" in hasan.get(reverse("staff:my_hours")).text


def test_an_account_that_is_joined_to_nobody_is_told_what_to_do(house: House) -> None:
    other = house.client("other interpreter")
    for name in ("my_hours", "note", "file"):
        assert "joined to nobody" in other.get(reverse(f"staff:{name}")).text
    assert "joined to nobody" in house.client("volunteer").get(reverse("staff:my_hours")).text


def test_a_colleague_confirms_from_today(house: House) -> None:
    hour = making.hour(house.hasan, day=TODAY, for_user=house.users["adviser"], noted_by=house.users["interpreter"])
    adviser = house.client("adviser")
    assert "1 entry waits for your word" in adviser.get("/").text
    assert "Hasan Rahimi" in adviser.get(reverse("staff:to_confirm")).text
    adviser.post(reverse("staff:confirm", args=[hour.ref]))
    assert "waits for your word" not in adviser.get("/").text
    assert "needs no word" in adviser.post(reverse("staff:confirm", args=[hour.ref]), follow=True).text
    assert "Olena Adviser" in house.client("interpreter").get(reverse("staff:my_hours")).text


def test_today_tells_who_leads_what_runs_out_and_notes_that_it_was_read(house: House) -> None:
    making.agreement(house.hasan, valid_to=TODAY + DAY)
    assert "Papers of people who work here" in house.client("lead").get("/").text
    assert AuditEntry.objects.filter(action="read", object_ref=house.hasan.ref).count() == 1
    for who in ("lead there", "adviser", "interpreter"):
        assert "Papers of people" not in house.client(who).get("/").text
    for number in range(9):
        making.agreement(making.worker(house.here, f"Worker {number}"), valid_to=TODAY + DAY)
    page = house.client("lead").get("/").text
    assert page.count("<li>agreement ") == 8
    assert "All that runs out" in page
    assert house.client("lead").get(reverse("staff:due")).text.count("<li>agreement ") == 10


def test_who_leads_notes_for_somebody_and_sees_their_month(house: House) -> None:
    lead = house.client("lead")
    before = (TODAY.replace(day=1) - DAY).replace(day=1)
    form = {"day": before, "minutes": "1:15", "task": "other", "mode": "in_person", "for_point": house.here.pk}
    lead.post(reverse("staff:note_for", args=[house.hasan.ref]), form)
    page = reverse("staff:hours_of", args=[house.hasan.ref])
    assert "No hours in this month" in lead.get(page).text
    assert minutes(75) in lead.get(f"{page}?month={before:%Y-%m}").text
    assert "No hours in this month" in lead.get(f"{page}?month=nonsense").text
    assert lead.post(reverse("staff:take_back", args=[Hour.objects.get().ref])).url == page


def test_a_month_as_a_file_says_the_same_as_the_page(house: House) -> None:
    Worker.objects.update(name="=Hasan")
    common = {"day": TODAY, "for_user": house.users["adviser"], "language": "ar"}
    making.hour(house.hasan, minutes=90, **common)
    confirmed = {"confirmed_at": timezone.now(), "confirmed_by": house.users["lead"], "confirmed_how": "account"}
    making.hour(house.hasan, minutes=30, **common, **confirmed)
    making.hour(house.hasan, minutes=15, **common | {"day": TODAY - 40 * DAY})
    hasan = house.client("interpreter")
    text = b"".join(hasan.get(reverse("staff:file"), {"as": "csv"}).streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert lines[0] == ["'=Hasan"]
    by_name = [dict(zip(lines[1], line, strict=True)) for line in lines[2:4]]
    assert [(row["Minutes"], row["Language"], row["Confirmed"]) for row in by_name] == [
        ("90", "Arabic", "not yet"),
        ("30", "Arabic", "Julia Lead"),
    ]
    assert [line[3] for line in lines[4:]] == ["30", "90", "120"]
    sheet = read(hasan)
    assert [sheet.cell(3, 4).value, sheet.cell(7, 4).value] == [90, 120]
    assert sheet.cell(1, 1).value == "=Hasan"
    assert sheet.cell(1, 1).data_type == "s"
    of = house.client("lead").get(reverse("staff:file_of", args=[house.hasan.ref]), {"as": "csv"})
    assert b"".join(of.streaming_content).decode("utf-8-sig") == text


def read(client: Client, month: date = TODAY) -> openpyxl.worksheet.worksheet.Worksheet:
    content = b"".join(client.get(reverse("staff:file"), {"month": f"{month:%Y-%m}"}).streaming_content)
    return openpyxl.load_workbook(io.BytesIO(content)).active


@pytest.mark.parametrize(
    ("who", "page", "marked"),
    [
        ("lead", "index", "index"),
        ("lead", "due", "index"),
        ("lead", "my_hours", "my_hours"),
        ("lead", "note", "my_hours"),
        ("interpreter", "mine", "my_hours"),
    ],
)
def test_one_line_of_the_side_list_is_marked(house: House, who: str, page: str, marked: str) -> None:
    text = house.client(who).get(reverse(f"staff:{page}")).text
    assert text.count('aria-current="page"') == 1
    assert f'href="{reverse(f"staff:{marked}")}" aria-current="page"' in text


def test_somebody_comes_from_a_partner_of_the_register(house: House) -> None:
    ours = institution(house.here.organisation, "Good Shore")
    other = institution(house.users["stranger"].memberships.get().organisation, "Elsewhere")
    lead, page = house.client("lead"), reverse("staff:change", args=[house.hasan.ref])
    form = {"name": "Hasan", "point": house.here.pk, "sent_by": other.pk, "read": ""}
    assert lead.post(page, form).status_code == 200
    assert lead.post(page, form | {"sent_by": ours.pk}).status_code == 302
    shown = lead.get(reverse("staff:worker", args=[house.hasan.ref])).text
    assert reverse("institutions:institution", args=[ours.ref]) in shown
    twin = institution(house.here.organisation, "Good Shore Foundation")
    with acting(house.actor("lead")) as actor:
        merge(by=actor, kept=twin, absorbed=ours)
    assert Worker.objects.get(pk=house.hasan.pk).sent_by == twin


def test_rules_are_read_with_their_source_and_how_sure_it_is(house: House) -> None:
    load_paper_kinds()
    page = house.client("lead").get(reverse("staff:rules")).text
    for words in ("art. 44 ust. 4", "if it runs longer than 30 days", "from the first day", "12 months", "need not be"):
        assert words in page
    for words in (
        "as long as the work",
        "one for each country whose citizen they are",
        "15 February 2024",
        "to be confirmed",
    ):
        assert words in page


def test_a_check_that_runs_out_is_on_today_of_who_leads_until_it_is_made_anew(house: House) -> None:
    Worker.objects.filter(pk=house.hasan.pk).update(with_minors=True)
    kind = making.proof_kind("register", months=12)
    making.agreement(house.hasan)
    old = making.proof(house.hasan, kind, TODAY - timedelta(days=365 - 30))
    for who in ("lead", "lead of all"):
        page = house.client(who).get("/").text
        assert "register" in page, who
        assert reverse("staff:worker", args=[house.hasan.ref]) in page, who
    for who in ("lead there", "adviser", "interpreter", "volunteer"):
        assert "Papers of people" not in house.client(who).get("/").text, who
    making.proof(house.hasan, kind, TODAY)
    assert "Papers of people" not in house.client("lead").get("/").text
    assert old.struck_at is None
