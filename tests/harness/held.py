"""Answers of the server that are held back, and given to the browser in any order."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from playwright.sync_api import APIResponse, Page, Route

PATIENCE = 10  # seconds
COUNT = "window.answered = 0; document.addEventListener('htmx:afterRequest', () => { window.answered += 1 }, true)"


@dataclass
class Held:
    """What the page asks under a path, answered by the server at once and kept from the page until `release`.

    Make it before the page is opened: it counts in the page what has come back.
    """

    page: Page
    path: str
    holding: bool = False
    kept: list[tuple[Route, APIResponse]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(COUNT)
        self.page.clock.install()

    def hold(self) -> None:
        self.holding = True
        self.page.route(lambda url: self.path in url, self._keep)

    def stop(self) -> None:
        """Timers of the page stand still: what it would ask after a short delay is not asked yet."""
        self.page.clock.pause_at(
            datetime.fromtimestamp(self.page.evaluate("Date.now()") / 1000, UTC) + timedelta(seconds=1)
        )

    def go_on(self) -> None:
        self.page.clock.resume()

    def let_go(self) -> None:
        """Answer what is held, oldest first, and hold nothing any more."""
        self.holding = False
        while self.kept:
            self.release(0)

    def wait(self, number: int) -> None:
        """Until so many answers are held."""
        self.until(lambda: len(self.kept) >= number, f"{number} questions under {self.path}")

    def release(self, place: int) -> None:
        """Give one of the held answers to the page, and wait until htmx has dealt with it (or had given it up)."""
        before = self.page.evaluate("window.answered")
        route, answer = self.kept.pop(place)
        if route.request.failure is None:
            route.fulfill(response=answer)
            self.page.wait_for_function("before => window.answered > before", arg=before)

    def until(self, holds: Callable[[], bool], what: str) -> None:
        ends = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < ends, f"waited in vain for {what}"
            self.page.wait_for_timeout(20)  # lets the browser's events in

    def _keep(self, route: Route) -> None:
        if self.holding:
            self.kept.append((route, route.fetch(max_redirects=0)))
        else:
            route.continue_()
