"""Tags and filters of the interface, built into every template."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from babel.numbers import format_percent
from django import template
from django.template import Context
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info, pgettext
from django.utils.translation import gettext as _
from lucide import IconDoesNotExist
from lucide.templatetags.lucide import lucide

from przystan.kernel.dates import PartialDate
from przystan.ui import charts, drawing
from przystan.ui.bundles import bundle
from przystan.ui.undoing import undoing

register = template.Library()
register.filter(drawing.as_attributes)
register.filter(drawing.as_input)
register.filter(drawing.as_options)

TURNING = {"arrow-left", "arrow-right", "chevron-left", "chevron-right", "log-out", "chevrons-right"}
TONE_ICONS = {
    "quiet": "circle-minus",
    "info": "info",
    "good": "circle-check",
    "wait": "clock",
    "bad": "triangle-alert",
}


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    """A lucide icon as inline SVG, hidden from screen readers. An unknown name shows a plain circle."""
    return _icon(str(name), size)


@lru_cache(maxsize=512)
def _icon(name: str, size: int) -> SafeString:
    kind = "icon icon-turning" if name in TURNING else "icon"
    attributes = {"class": kind, "aria-hidden": "true", "focusable": "false"}
    try:
        return mark_safe(lucide(name, size=size, **attributes))  # noqa: S308 - made from the package's own files
    except IconDoesNotExist:
        return mark_safe(lucide("circle", size=size, **attributes))  # noqa: S308


@register.filter
def tone_icon(tone: str) -> str:
    """The icon that goes with a tone when no other is given."""
    return TONE_ICONS.get(str(tone), "circle-minus")


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """This address's parameters with some changed; None or "" removes one. Escaped like any other text."""
    request = context.get("request")
    values = request.GET.copy() if request else None
    if values is None:
        return ""
    for key, value in changes.items():
        if value in (None, ""):
            values.pop(key, None)
        else:
            values[key] = str(value)
    return f"?{values.urlencode()}"


@register.simple_tag(takes_context=True)
def sorting(context: Context, key: str) -> dict[str, str]:
    """For a column head: where its link leads, what aria-sort says, which icon shows."""
    page = context.get("page")
    request = context.get("request")
    now = getattr(page, "sort", "") or (request.GET.get("sort", "") if request else "")
    up, down = now == key, now == f"-{key}"
    return {
        "href": query(context, sort=f"-{key}" if up else key, page=None, after=None),
        "aria": "ascending" if up else "descending" if down else "",
        "icon": "arrow-up" if up else "arrow-down" if down else "arrow-up-down",
    }


# As CLDR has them, without the word "year" that Ukrainian and Russian put behind: it would end each sentence twice.
DAY, MONTH = "d MMMM y", "LLLL y"


@register.simple_tag
def asset(name: str) -> str:
    """Address of the joined style sheet or script (`app.css`, `app.js`)."""
    return reverse("ui:asset", args=[bundle(name).digest, name])


@register.filter
def day(value: Any) -> str:
    """A date in words; a year, or a month and year, when that is all that is known; "" for nothing."""
    if isinstance(value, str) and value:
        try:
            return _partial(PartialDate.parse(value))
        except ValueError:
            return str(value)
    if isinstance(value, PartialDate):
        return _partial(value)
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return format_date(value, DAY, locale=_locale()) if isinstance(value, date) else ""


def _partial(value: PartialDate) -> str:
    if value.month is None:
        return str(value.year)
    if value.day is None:
        return format_date(value.earliest(), MONTH, locale=_locale())
    return format_date(value.earliest(), DAY, locale=_locale())


def _locale() -> str:
    """English as in Europe: the day before the month."""
    language = (get_language() or "en").partition("-")[0]
    return {"en": "en_GB"}.get(language, language)


@register.filter
def moment(value: datetime | None) -> str:
    """A day and a time of day, in the centre's time zone."""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local.date())}, {local:%H:%M}"


@register.filter
def minutes(value: int | None) -> str:
    """A length of time given in minutes: "45 min", "1 h 30 min"."""
    if value is None:
        return ""
    hours, rest = divmod(int(value), 60)
    parts = [_("%d h") % hours] if hours else []
    if rest or not hours:
        parts.append(pgettext("minutes", "%d min") % rest)
    return "\u00a0".join(parts)


@register.filter
def number(value: Any) -> str:
    """A number grouped as the reader's language does; "" for nothing."""
    return "" if value is None or value == "" else formats.number_format(value, use_l10n=True, force_grouping=True)


@register.filter
def percent(value: int) -> str:
    """Per cent as the reader's language writes it: "46%", "46 %"."""
    return str(format_percent(value / 100, locale=_locale()))


@register.filter
def word(value: object) -> str:
    """The label of an enum member."""
    return str(getattr(value, "label", value))


@register.filter
def initials(name: str) -> str:
    """One or two letters that stand for a name, in any script."""
    words = [part for part in str(name).split() if part[0].isalpha()]
    return "".join(part[0] for part in words[:2]).upper() or "?"


@register.simple_tag
def progress(value: object, target: object = None, forecast: object = None) -> charts.Progress:
    """Geometry of a progress bar, on a scale of 0 to 100."""
    return charts.progress(charts.plain(value) or 0, charts.plain(target), charts.plain(forecast))


@register.filter
def plain_number(value: float) -> str:
    """A number as SVG reads it: a point, no grouping, whatever the language."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


MESSAGE_TONES = {"success": "good", "warning": "wait", "error": "bad", "debug": "quiet"}


register.filter(undoing)


@register.filter
def message_tone(tags: str) -> str:
    """Our tone for a Django message level; tones pass through."""
    last = str(tags).split()[-1] if str(tags).split() else "info"
    return MESSAGE_TONES.get(last, last)


@register.filter
def own_name(code: str) -> str:
    """A language called as its own speakers call it, with a capital letter."""
    name = str(get_language_info(code)["name_local"])
    return name[:1].upper() + name[1:]


@register.simple_tag
def error_links(form: Any, formset: Any = None) -> list[dict[str, str]]:
    """Every mistake of a form and of its rows: label, text, and id of the field to go to."""
    links: list[dict[str, str]] = []
    forms = [form] if form is not None else []
    if formset is not None:
        links += [{"label": "", "text": str(text), "target": ""} for text in formset.non_form_errors()]
        forms += list(formset)
    for each in forms:
        links += [{"label": "", "text": str(text), "target": ""} for text in each.non_field_errors()]
        links += [_link(bound, str(text)) for bound in each for text in bound.errors]
    return links


@register.simple_tag
def seen_by(form: Any) -> dict[str, Any]:
    """What a form shows of its row as a mark, and how what is saved now differs (ui.seen); of other forms nothing."""
    return {"mark": getattr(form, "seen", ""), "meanwhile": getattr(form, "meanwhile", None)}


def _link(bound: Any, text: str) -> dict[str, str]:
    # A group of inputs has no label of its own: go to the first one inside.
    target = "" if bound.is_hidden else bound.id_for_label or f"{bound.auto_id}_0"
    return {"label": str(bound.label), "text": text, "target": target}


@register.simple_tag
def draw(field: Any, help_text: str = "") -> SafeString:
    """The input of a field; a help text given by the template is tied to it as the field's own would be."""
    described = field.aria_describedby or ""
    if help_text and not field.help_text and not field.use_fieldset:
        described = f"{field.auto_id}_helptext {described}".strip()
    drawn: SafeString = field.as_widget(
        attrs={"aria-describedby": described} if described and not field.use_fieldset else None
    )
    return drawn
