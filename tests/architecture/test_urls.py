"""Every address is in the policy table, and the table names no address that is gone."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from przystan.project.policy import POLICY


def names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """View names as `request.resolver_match.view_name` gives them."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or pattern.lookup_str}"


def test_every_address_has_a_policy() -> None:
    assert sorted(set(names(get_resolver())) - set(POLICY)) == []


def test_the_policy_names_no_missing_address() -> None:
    assert sorted(set(POLICY) - set(names(get_resolver()))) == []
