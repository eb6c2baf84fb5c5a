"""Files made of many people's data (`Privacy.copies`): they live a day, and nobody looks for one person in them."""

from django.apps import apps

from .actors import system
from .scope import acting


def throw_copies(organisation_id: int) -> None:
    """Delete all of an organisation's: somebody in them is erased, or nobody may know of them any more."""
    with acting(system(organisation_id, "copies.throw")):
        for model in apps.get_models():
            if getattr(getattr(model, "Privacy", None), "copies", False):
                model._base_manager.filter(organisation=organisation_id).delete()
