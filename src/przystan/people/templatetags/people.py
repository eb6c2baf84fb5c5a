"""Countries and languages in the words of the page."""

from django import template

from przystan.people.queries import fact_key
from przystan.reference.cldr import country_name, language_name

register = template.Library()
register.filter("country", lambda code: country_name(str(code)))
register.filter("language", lambda code: language_name(str(code)))
register.filter("fact_key", fact_key)
