"""Fills the consent texts from `people/data/consents.toml`; a version that exists is never changed."""

from django.db import transaction

from przystan.reference.shipped import shipped

from .models import ConsentSigner, ConsentText


@transaction.atomic
def load_consents() -> None:
    """Add the versions that are not there yet, and who has to sign where nothing is said of a purpose."""
    data = shipped("people", "consents")
    there = set(ConsentSigner.objects.filter(organisation=None).order_by().values_list("purpose", flat=True))
    ConsentSigner.objects.bulk_create(ConsentSigner(**row) for row in data["signer"] if row["purpose"] not in there)
    for row in data["text"]:
        ConsentText.objects.get_or_create(
            purpose=row["purpose"],
            version=row["version"],
            defaults={"names": row["names"], "bodies": row["bodies"], "valid_from": row.get("valid_from")},
        )
