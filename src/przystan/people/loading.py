"""Fills the consent texts from `people/data/consents.toml`; a version that exists is never changed."""

from django.db import transaction

from przystan.reference.shipped import shipped

from .models import ConsentText


@transaction.atomic
def load_consents() -> None:
    """Add the versions that are not there yet."""
    for row in shipped("people", "consents")["text"]:
        ConsentText.objects.get_or_create(
            purpose=row["purpose"],
            version=row["version"],
            defaults={"names": row["names"], "bodies": row["bodies"], "valid_from": row.get("valid_from")},
        )
