"""What the first requests after a start would else do, each slowly: done before the process listens."""

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils import translation
from django.utils.translation import gettext

from przystan.project.cluster import PACKAGE


def warm() -> None:
    """Read every view, the words of every language, and every template of ours."""
    get_resolver().reverse_dict  # noqa: B018  reads all addresses, and so all views
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            gettext("Save")
    for name in templates():
        get_template(name)


def templates() -> list[str]:
    """Names of our templates."""
    found = PACKAGE.glob("*/templates/**/*.html")
    return sorted(str(path.relative_to(PACKAGE)).split("/templates/", 1)[1] for path in found)
