"""A colleague who never pauses: logs one support after the other and prints the reference of each that was saved.

    python bench/restore_writer.py LOGIN

Works as the application's role through the same action as the form. Started by bench/restore.py; ends when it is ended.
"""

import os
import sys


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "przystan.project.settings"
    from przystan.project.cli import centre

    with centre.opened():
        write(sys.argv[1])


def write(login: str) -> None:
    from django.utils import timezone

    from przystan.access.actors import system
    from przystan.access.models import User
    from przystan.access.scope import acting
    from przystan.people.models import Person
    from przystan.support.actions import record
    from przystan.support.models import Service
    from przystan.support.rules import Entry
    from przystan.team.queries import actor_for

    with acting(system(0, "bench")):
        actor = actor_for(User.objects.get(username=login))
    with acting(actor):
        register = Person.objects.open_to(actor).current().filter(restricted_on=None)
        people = list(register.order_by("pk").values_list("ref", "point")[:20])
        service = Service.objects.filter(retired=False).order_by("pk").values_list("pk", flat=True)[0]
    for number in range(1_000_000):
        ref, point = people[number % len(people)]
        entry = Entry(service_id=service, point_id=point, day=timezone.localdate(), people=(ref,), minutes=30)
        with acting(actor):
            saved = record(by=actor, entry=entry)
        print(saved.ref, flush=True)  # after the commit: this one must never be lost


if __name__ == "__main__":
    main()
