"""A demo centre with a large ledger, for the benches that need one."""


def filled(supports: int) -> None:
    """Fill the open centre with this many supports when it is empty, for a tenth as many people."""
    from django.core.management import call_command
    from django.db import connection

    from przystan.project import demo, grants
    from przystan.support.models import Support

    call_command("migrate", verbosity=0)
    if not Support.objects.exists():
        print(f"filling a ledger of {supports:,} supports …", flush=True)
        summary = demo.build(people=supports // 10, supports=supports)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        print(f"filled in {summary.seconds:.0f} s", flush=True)
    grants.grant()
