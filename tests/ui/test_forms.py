"""Forms say what they want, tie errors to their fields, and read what people type."""

import re

import pytest
from django import forms
from django.core.exceptions import ValidationError

from przystan.funding.forms.programmes import ProgrammeForm
from przystan.team.forms import MemberForm, PointForm
from przystan.ui.examples import Example, Lines
from przystan.ui.fields import DateField, MinutesField, PartialDateField

from .helpers import HOSTILE, draw


def test_every_input_has_a_label() -> None:
    html = draw("{{ form }}", form=Example())
    ids = re.findall(r'<(?:input|select|textarea)[^>]*\bid="([^"]+)"', html)
    assert ids
    assert [one for one in ids if f'for="{one}"' not in html] == []


def test_errors_and_help_are_tied_to_the_field() -> None:
    html = draw('<c-field :field="form.name" />', form=Example({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_help_given_by_the_template_is_tied_too() -> None:
    html = draw('<c-field :field="form.phone" help="{{ text }}" />', form=Example(), text=HOSTILE)
    assert 'aria-describedby="id_phone_helptext"' in html
    assert "<script" not in html


def test_groups_are_fieldsets_with_a_legend() -> None:
    html = draw('<c-field :field="form.way" /><c-field :field="form.born" />', form=Example({}))
    assert html.count("<legend") == 2
    assert 'aria-describedby="id_way_error"' in html


def test_what_is_required_is_said_in_words() -> None:
    assert draw('<c-field :field="form.name" />', form=Example()).count('class="required"') == 1
    assert 'class="required"' not in draw('<c-field :field="form.note" />', form=Example())


def test_summary_links_to_the_first_input_of_every_mistake() -> None:
    form = Example({"born_day": "31", "born_month": "2", "born_year": "1990"})
    html = draw('<c-error-summary :form="form" />{{ form }}', form=form)
    targets = re.findall(r'href="#([^"]+)"', html)
    assert set(targets) == {"id_name", "id_born_0", "id_way_0", "id_on", "id_minutes"}
    assert all(f'id="{target}"' in html for target in targets)


def test_summary_of_rows() -> None:
    data = {"lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "1", "lines-0-topic": "", "lines-0-minutes": "x"}
    html = draw('<c-error-summary :formset="rows" />', rows=Lines(data, prefix="lines"))
    assert set(re.findall(r'href="#([^"]+)"', html)) == {"id_lines-0-topic", "id_lines-0-minutes"}


def test_hostile_choice_and_value_are_escaped() -> None:
    class Hostile(forms.Form):
        choice = forms.ChoiceField(label=HOSTILE, help_text=HOSTILE, choices=[(HOSTILE, HOSTILE)])
        text = forms.CharField(initial=HOSTILE)

    assert "<script" not in draw("{{ form }}", form=Hostile())
    assert "<script" not in draw("{{ form }}", form=Hostile({"choice": HOSTILE, "text": HOSTILE}))


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        (["", "", "1987"], "1987"),
        (["", "5", "1987"], "1987-05"),
        (["3", "5", "1987"], "1987-05-03"),
        (["29", "2", "2024"], "2024-02-29"),
        (["", "", ""], ""),
        ("1987-05", "1987-05"),
    ],
)
def test_dates_known_in_part(typed: object, means: str) -> None:
    assert PartialDateField(required=False).clean(typed) == means


@pytest.mark.parametrize(
    "typed", [["31", "2", "1990"], ["3", "", "1990"], ["", "5", ""], ["", "", "87"], ["", "", "x"], ["", "", "3000"]]
)
def test_dates_that_cannot_be(typed: list[str]) -> None:
    with pytest.raises(ValidationError):
        PartialDateField(required=False, past=True).clean(typed)


def test_partial_date_keeps_what_was_typed() -> None:
    form = Example({"born_day": "31", "born_month": "2", "born_year": "1990"})
    html = draw('<c-field :field="form.born" />', form=form)
    assert 'value="31"' in html
    assert 'value="1990"' in html
    assert re.search(r'value="2"\s+selected', html)


def test_partial_date_knows_whether_it_changed() -> None:
    field = PartialDateField()
    assert not field.has_changed("1987-05", ["", "5", "1987"])
    assert field.has_changed("1987-05", ["3", "5", "1987"])


@pytest.mark.parametrize(("typed", "minutes"), [("45", 45), ("1:30", 90), ("1 h 30", 90), ("2h", 120), ("90 min", 90)])
def test_minutes(typed: str, minutes: int) -> None:
    assert MinutesField().clean(typed) == minutes


@pytest.mark.parametrize("typed", ["-5", "x", "100000"])
def test_minutes_that_cannot_be(typed: str) -> None:
    with pytest.raises(ValidationError):
        MinutesField().clean(typed)


@pytest.mark.parametrize("typed", ["2026-05-03", "3.05.2026", "03/05/2026"])
def test_days_as_people_write_them(typed: str) -> None:
    assert str(DateField().clean(typed)) == "2026-05-03"


@pytest.mark.parametrize("made", [form.base_fields for form in (ProgrammeForm, MemberForm, PointForm)])
def test_a_code_that_cannot_be_used_is_told_in_plain_words(made: dict[str, forms.Field]) -> None:
    """Django speaks of a "slug"; a newcomer typed "FAMI 2026/1"."""
    field = next(field for name, field in made.items() if name in ("key", "username", "code"))
    with pytest.raises(ValidationError) as refused:
        field.clean("FAMI 2026/1")
    (said,) = refused.value.messages
    assert said.startswith("Write it without spaces")
