"""Writers: each logs contacts as fast as it is answered, and notes what it was told. Part of the bench `faults`."""

import http.client
import threading
import time
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode
from uuid import UUID, uuid4

if TYPE_CHECKING:
    from bench.faults_centre import Accounts, Centre

TOKEN = "t" * 32
NOT_SENT = -1
LED = -2
PATIENCE = 20  # seconds for an answer


class Outcome(Enum):
    """What whoever posted knows."""

    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Post:
    token: UUID
    outcome: Outcome
    status: int
    sent: float  # on the monotonic clock


class Writers:
    """All of them, in threads."""

    def __init__(self, centre: "Centre", accounts: "Accounts") -> None:
        self.centre, self.accounts = centre, accounts
        self.posts: list[Post] = []
        self.led: list[str] = []  # where a writer was led instead of being answered
        self.done = threading.Event()
        self.threads = [threading.Thread(target=self.write, args=[cookie]) for cookie in accounts.sessions]

    def __enter__(self) -> Self:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.done.set()
        for thread in self.threads:
            thread.join()

    def pause(self, seconds: float) -> None:
        time.sleep(seconds)

    def acknowledged_since(self, moment: float) -> bool:
        """Whether a post that was sent after this moment was acknowledged."""
        return any(post.sent > moment and post.outcome is Outcome.ACKNOWLEDGED for post in self.posts[-200:])

    def write(self, session: str) -> None:
        while not self.done.is_set():
            token, sent = uuid4(), time.monotonic()
            status = self.post(session, token)
            self.posts.append(Post(token, outcome(status), status, sent))
            if status != 302:
                self.done.wait(0.1)

    def post(self, session: str, token: UUID) -> int:
        """Status of the answer; 0 when there was none, NOT_SENT when nobody listened, LED when led elsewhere."""
        form = {"csrfmiddlewaretoken": TOKEN, "form_token": str(token), "headcount": 1, "mode": "in_person"}
        form |= {"service": self.accounts.service, "other_service": self.accounts.service, "point": self.accounts.point}
        cookies = f"csrftoken={TOKEN}; sessionid={session}"
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        connection = http.client.HTTPConnection("127.0.0.1", self.centre.port, timeout=PATIENCE)
        try:
            connection.connect()
        except OSError:
            return NOT_SENT
        try:
            connection.request("POST", "/contacts/new/", urlencode(form), headers)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()
        if answer.status == 302 and "/contacts/new/" not in answer.headers.get("Location", ""):
            self.led.append(answer.headers.get("Location", ""))
            return LED
        return answer.status


def outcome(status: int) -> Outcome:
    """A page that says "try again" refuses, so does a closed door; after a broken connection or a 500 nobody knows."""
    if status == 302:
        return Outcome.ACKNOWLEDGED
    return Outcome.REFUSED if status in (NOT_SENT, 408, 413, 503, 507) else Outcome.UNKNOWN
