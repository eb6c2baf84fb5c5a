"""What desk brings to the tests that hold for every module (tests/harness/modules.py)."""

from tests.leaks.world import World


def crawled(world: World) -> list[str]:
    """References that its addresses may take."""
    return [row.ref for row in (*world.people.values(), *world.supports)]
