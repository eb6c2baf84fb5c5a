"""Choosing a file, matching its columns, deciding what happens with rows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.ui.fields import DateField
from przystan.ui.forms import Form
from przystan.ui.widgets import Choices

from .actions.attendance import Sheet, first_day, without_day
from .actions.matching import ages_on
from .actions.reading import synonyms
from .enums import Choice, ImportKind
from .models import ImportBatch
from .queries.words import Meanings
from .rules.columns import REPEATABLE
from .rules.places import find_place
from .rules.unknown import NOTHING, Unknown
from .rules.values import DAY_MINUTES, Unclear
from .wording import field_word, file_trouble, problem

LATER = _("decide later")
SAYS_NOTHING = _("it says nothing: leave the cell out")
AGES = _("Ages in this file were true on")
AGES_HELP = _("Only for a column of ages, where no column says the day. Without a day ages are not taken.")
# Of an attendance sheet: what is chosen from a list, which list, and what no choice means.
CHOSEN = {
    "service": (_("What was given"), "services", _("choose …")),
    "staff": (_("Given by"), "staff", _("whoever imports")),
    "point": (_("Point"), "points", _("where I work")),
    "payer": (_("Paid for by"), "programmes", _("not said")),
}
PAYER_HELP = _("The programme that has paid already. Its rules are asked, its limits are not.")
MINUTES_HELP = _("Empty: as long as this service usually takes. A mark such as 2h counts for that person.")
FIRST_HELP = _("For columns such as 4.03 or 4: the first such day from then on is meant.")
NO_DAY = _("This header tells no day until today. Write the first day of the sheet, or leave the column out.")


class FileForm(Form):
    """A file and what its rows are."""

    kind = forms.ChoiceField(
        label=_("What is in it"), choices=ImportKind.choices, widget=Choices, initial=ImportKind.PEOPLE
    )
    file = forms.FileField(label=_("File"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        words = _("A spreadsheet: .xlsx, .xls, .ods or .csv, at most %(megabytes)s MB.")
        self.fields["file"].help_text = words % {"megabytes": settings.IMPORT_MEGABYTES}

    def clean_file(self) -> Any:
        """The file, of which nothing but its size is looked at here."""
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_MEGABYTES * 1024 * 1024:
            raise ValidationError(file_trouble("too_large", {"megabytes": settings.IMPORT_MEGABYTES}))
        return file


class ColumnsForm(Form):
    """One choice of meaning for each column of a batch."""

    def __init__(self, *args: Any, batch: ImportBatch, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.batch = batch
        if batch.kind == ImportKind.PEOPLE:
            self.fields["ages_on"] = DateField(label=AGES, required=False, help_text=AGES_HELP, initial=ages_on(batch))
        choices = [("", _("leave out")), *((field, field_word(batch.kind, field)) for field in synonyms(batch.kind))]
        for position, header in enumerate(batch.header):
            self.fields[f"column{position}"] = forms.ChoiceField(
                label=header, choices=choices, required=False, initial=batch.mapping.get(str(position), "")
            )

    def clean(self) -> dict[str, Any]:
        """One column for each meaning, but for those of which there may be several."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        taken: set[str] = set()
        for name, field in [pair for pair in data.items() if pair[0].startswith("column")]:
            if field in taken:
                self.add_error(name, _("Another column is matched with this already. Leave one of them out."))
            elif field and field not in REPEATABLE[self.batch.kind]:
                taken.add(field)
        return data

    def clean_ages_on(self) -> date | None:
        day: date | None = self.cleaned_data["ages_on"]
        if day and day > timezone.localdate():
            raise ValidationError(problem("in_future"))
        return day

    def columns(self) -> list[forms.BoundField]:
        """The choices, one for each column."""
        return [self[f"column{position}"] for position in range(len(self.batch.header))]

    def asked(self) -> list[forms.BoundField]:
        """The fields beside the columns."""
        return [self["ages_on"]] if "ages_on" in self.fields else []

    def sheet(self) -> Sheet | None:
        """What was stated of an attendance sheet."""
        return None

    def ages(self) -> date | None:
        """The day on which ages in the file were true."""
        return self.cleaned_data.get("ages_on")

    def mapping(self) -> dict[int, str]:
        """Column -> field, for the columns that mean something."""
        chosen = {position: self.cleaned_data[f"column{position}"] for position in range(len(self.batch.header))}
        return {position: field for position, field in chosen.items() if field}


class AttendanceForm(ColumnsForm):
    """The columns of an attendance sheet, and what it does not say: what was given, how long, by whom, who paid."""

    def __init__(self, *args: Any, batch: ImportBatch, meanings: Meanings, **kwargs: Any):
        super().__init__(*args, batch=batch, **kwargs)
        for name, (label, listed, empty) in CHOSEN.items():
            choices = [("", empty), *meanings.choices(listed)]
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=name == "service")
        self.fields["payer"].help_text = PAYER_HELP
        self.fields["title"] = forms.CharField(label=_("What the group is called"), required=False, max_length=120)
        self.fields["minutes"] = forms.IntegerField(
            label=_("Minutes of each day"), required=False, min_value=1, max_value=DAY_MINUTES, help_text=MINUTES_HELP
        )
        self.fields["first"] = DateField(label=_("First day of the sheet"), required=False, help_text=FIRST_HELP)
        self.initial = {**batch.group, "first": first_day(batch), "minutes": batch.group.get("minutes") or None}

    def clean(self) -> dict[str, Any]:
        """A day for each column of marks."""
        data = super().clean()
        mapping = {place: data.get(f"column{place}", "") for place in range(len(self.batch.header))}
        for column in without_day(self.batch.header, mapping, data.get("first")):
            self.add_error(f"column{column}", NO_DAY)
        return data

    def sheet(self) -> Sheet:
        """What was stated, as `match_columns` takes it."""
        said: dict[str, Any] = {name: self.cleaned_data[name] or "" for name in Sheet._fields}
        first = said["first"].isoformat() if said["first"] else ""
        return Sheet(**{**said, "first": first, "minutes": said["minutes"] or 0})

    def asked(self) -> list[forms.BoundField]:
        """The fields beside the columns."""
        return [self[name] for name in Sheet._fields]


class RunForm(Form):
    choice = forms.ChoiceField(
        label=_("If some rows are bad"), choices=Choice.choices, widget=Choices({"form": "rows"})
    )
    complete = forms.BooleanField(
        label=_("Add what is new about people we know"), required=False, widget=forms.CheckboxInput({"form": "rows"})
    )

    families = forms.BooleanField(
        label=_("Write down families: who keeps house together, and who is related to whom"),
        required=False,
        widget=forms.CheckboxInput({"form": "rows"}),
    )

    def __init__(self, *args: Any, batch: ImportBatch, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if batch.kind != ImportKind.PEOPLE:  # what is asked only of people
            del self.fields["complete"]
        if not batch.counts.get("families"):
            del self.fields["families"]


class ValuesForm(Form):
    """One answer for each value: of a town its name, of anything else a choice from its list."""

    def __init__(self, *args: Any, meanings: Meanings, values: Sequence[tuple[Unknown, int]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.meanings, self.values = meanings, [unknown for unknown, _count in values]
        for place, unknown in enumerate(self.values):
            self.fields[f"value{place}"] = self._field(unknown)

    def _field(self, unknown: Unknown) -> forms.Field:
        if unknown.field == "places":
            return forms.CharField(label=unknown.value, required=False, max_length=100)
        choices = [("", LATER), (NOTHING, SAYS_NOTHING), *self.meanings.choices(unknown.field)]
        return forms.ChoiceField(label=unknown.value, required=False, choices=choices)

    def clean(self) -> dict[str, Any]:
        """Names of towns as their codes."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for place, unknown in enumerate(self.values):
            text = data.get(f"value{place}")
            if unknown.field == "places" and text and text != NOTHING:
                try:
                    data[f"value{place}"] = find_place(self.meanings.places, text)
                except Unclear as unclear:
                    self.add_error(f"value{place}", ValidationError(problem(unclear.code)))
        return data

    def said(self) -> dict[Unknown, str]:
        """What was answered."""
        answers = ((unknown, self.cleaned_data[f"value{place}"]) for place, unknown in enumerate(self.values))
        return {unknown: meaning for unknown, meaning in answers if meaning}
