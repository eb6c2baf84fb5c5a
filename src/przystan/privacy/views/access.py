"""Who may see what: the tables that decide, in words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..queries.access import access_tables


def access_table(request: HttpRequest) -> HttpResponse:
    """Open to every member of staff: what is secret is data, never the rules."""
    return render(request, "privacy/access.html", {"access": access_tables()})
