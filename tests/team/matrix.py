"""What team brings to the tests that hold for every module (tests/harness/modules.py)."""

from tests.leaks.world import World


def crawled(world: World) -> list[str]:
    """References that its addresses may take."""
    return [user.ref for user in world.users.values()][:3]
