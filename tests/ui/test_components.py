"""Components say what they are given, and nothing that anyone types becomes markup."""

import re
from pathlib import Path

import pytest

from przystan.ui import charts
from przystan.ui.bundles import STATIC

from .helpers import HOSTILE, components_page, draw

UI = STATIC.parents[1]
COTTON = sorted((UI / "templates/cotton").glob("*.html"))
PIECES = [
    '<c-page-header title="{{ text }}" lead="{{ text }}" back="{{ text }}" kicker="{{ text }}" />',
    '<c-page-header :title="text" :lead="text" :back="text" :back-label="text" />',
    '<c-button :title="text" :value="text" data-x="{{ text }}" href="{{ text }}">{{ text }}</c-button>',
    '<c-button :title="text" name="{{ text }}">{{ text }}</c-button>',
    '<c-card :title="text" :href="text" :id="text" :data-x="text">{{ text }}</c-card>',
    '<c-facts><c-fact :label="text">{{ text }}</c-fact><c-fact :label="text" :missing="text" /></c-facts>',
    '<c-timeline><c-moment :title="text" :when="text" :datetime="text" :href="text">{{ text }}</c-moment></c-timeline>',
    '<c-pill :tone="text" :icon="text">{{ text }}</c-pill>',
    '<c-alert :tone="text" :title="text" :data-x="text">{{ text }}</c-alert>',
    '<c-stats><c-stat :label="text" :value="text" :note="text" :href="text" tone="bad" /></c-stats>',
    '<c-progress :label="text" value="3" target="4" :unit="text" :note="text" :href="text" />',
    '<c-table :caption="text"><tr><td>{{ text }}</td></tr></c-table>',
    '<c-filters :label="text" :reset="text" :data-x="text">{{ text }}</c-filters>',
    '<c-empty :title="text">{{ text }}</c-empty>',
    '<c-combobox name="x" :label="text" :url="text" :value="text" :text="text" :help="text" :error="text" />',
    '<c-combobox name="x" label="x" url="/" :data-x="text" />',
    '<c-options><c-option :value="text" :text="text" /></c-options>',
    '<c-dialog id="d" :title="text">{{ text }}</c-dialog>',
    '<c-menu :label="text"><c-menu-item :href="text" :data-x="text">{{ text }}</c-menu-item></c-menu>',
    '<c-tabs :label="text"><c-tab :href="text" :count="text">{{ text }}</c-tab></c-tabs>',
    '<c-steps :label="text"><c-step :label="text" :href="text">{{ text }}</c-step></c-steps>',
    '<c-person :name="text" :href="text" :ref="text" :note="text" :lang="text" />',
    '<c-search :action="text" :value="text" :label="text" :placeholder="text" />',
    '<c-copy :text="text" :label="text" />',
    '<c-job :label="text" done="1" total="2" :url="text" />',
    '<c-toast :tone="text">{{ text }}</c-toast>',
    '<c-chart :chart="chart" :title="text" />',
]


@pytest.mark.parametrize("source", PIECES)
def test_hostile_text_stays_text(source: str) -> None:
    chart = charts.columns([(HOSTILE, 3, HOSTILE)], series=HOSTILE, unit=HOSTILE, label_head=HOSTILE)
    html = draw(source, text=HOSTILE, chart=chart)
    assert "<script" not in html
    assert "O&#x27;Brien" in html
    assert not re.search(r'="[^"]*O\'Brien', html), "a value broke out of its quotes"


def test_a_job_that_has_not_begun_shows_no_bare_number() -> None:
    note = 'class="progress-note"'
    assert note not in draw('<c-job label="x" done="0" unit="Rows" state="waiting" />')
    assert "Rows: 12</p>" in draw('<c-job label="x" done="12" unit="Rows" />')
    assert "Rows: 0 of 40</p>" in draw('<c-job label="x" done="0" total="40" unit="Rows" />')


def test_every_component_is_on_the_component_page() -> None:
    sources = "".join(path.read_text() for path in (UI / "templates/ui").glob("*.html"))
    indirect = {"paging", "options", "option"}
    missing = [path.stem for path in COTTON if f"<c-{path.stem.replace('_', '-')}" not in sources]
    assert set(missing) <= indirect


def test_every_component_is_in_the_readme() -> None:
    words = (UI / "README.md").read_text()
    assert [path.stem for path in COTTON if f"`c-{path.stem.replace('_', '-')}`" not in words] == []


def test_component_page_renders_whole() -> None:
    html = components_page()
    assert "<c-" not in html
    assert "</html>" in html
    assert "<b onmouseover" not in html


def test_icons_named_in_templates_exist() -> None:
    import lucide
    from lucide.templatetags.lucide import lucide as render

    names = set()
    for path in UI.parent.glob("*/templates/**/*.html"):
        text = path.read_text()
        names |= set(re.findall(r"""{% icon ["']([a-z0-9-]+)["']""", text))
        names |= set(re.findall(r"""<c-[^>]*?\sicon=["']([a-z0-9-]+)["']""", text))
    unknown = []
    for name in sorted(names):
        try:
            render(name)
        except lucide.IconDoesNotExist:
            unknown.append(name)
    assert unknown == []


def test_unknown_icon_shows_a_circle() -> None:
    assert "<circle" in draw('{% icon "no-such-icon" %}')


def test_table_heads_sort_both_ways() -> None:
    html = draw('<table><tr><c-th sort="name">Name</c-th></tr></table>', path="/x/?sort=name&q=o&page=3")
    assert 'aria-sort="ascending"' in html
    assert 'href="?sort=-name&amp;q=o"' in html


def test_progress_says_in_words_what_the_bar_shows() -> None:
    html = draw('<c-progress label="People" value="12" target="40" forecast="30" />')
    assert re.search(r"<strong>12</strong>\s*\w+\s*40", html)
    assert "(30%)" in html
    assert 'aria-hidden="true"' in html


def test_numbers_in_svg_have_points_in_every_language(settings: object) -> None:
    from django.utils import translation

    with translation.override("pl"):
        html = draw('<c-progress label="x" value="1" target="3" />')
    assert 'width="33.33"' in html


def test_error_pages_need_no_request() -> None:
    for path in Path(UI / "templates").glob("[45]*.html"):
        from django.template.loader import get_template

        assert "</html>" in get_template(path.name).render()
