"""A view runs in its actor's scope, and so does what it leaves to be rendered later."""

import pytest
from django.http import HttpRequest
from django.template import engines
from django.template.response import TemplateResponse
from django.test import RequestFactory
from tests import factories

from przystan.access import scope
from przystan.project.middleware import ScopeMiddleware

pytestmark = pytest.mark.django_db


def lazy(request: HttpRequest) -> TemplateResponse:
    """Asks who acts while it is rendered."""
    page = engines["django"].from_string("{{ who.user_id }}")
    return TemplateResponse(request, page, {"who": scope.current})


def test_a_lazy_response_is_rendered_in_the_scope() -> None:
    request = RequestFactory().get("/")
    actor = request.actor = factories.actor(factories.organisation(), "adviser")  # type: ignore[attr-defined]
    answer = ScopeMiddleware(lazy).process_view(request, lazy, (), {})  # type: ignore[no-untyped-call]
    assert isinstance(answer, TemplateResponse)
    assert answer.is_rendered
    assert answer.content.decode() == str(actor.user_id)
