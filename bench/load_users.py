"""Users of `przystan bench load`: each searches, opens people, and logs contacts, one request after the other."""

import http.client
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode
from uuid import uuid4

PASSWORD = "przystan-demo"
LOGINS = ("reception", "adviser", "social_worker", "coordinator")
NAMES = ("Kowalenko", "Olena", "Ivan", "Bondarenko", "Петренко", "Shevchenko", "Maria", "Ahmed", "Natalia", "Kozak")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
PERSON = re.compile(r'href="(/people/[0-9a-z]{12}/)"')
SERVICE = re.compile(r'name="service"[^>]*?value="([0-9a-f]+)"|value="(\w+)"[^>]*?name="service"')
POINT = re.compile(r'<select name="point".*?<option value="([0-9a-f]+)"', re.DOTALL)
KIND = {"Content-Type": "application/x-www-form-urlencoded"}
LONGEST = 120  # seconds that a user waits before it is taken for lost


@dataclass
class Told:
    """What all users saw. `spent`: seconds of each answer that was a page."""

    spent: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, list[float]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, status: int, retry: str | None, seconds: float) -> None:
        with self.lock:
            if status in (200, 302):
                self.spent.append(seconds)
                self.kinds.setdefault(kind, []).append(seconds)
            elif status == 503 and retry:
                self.refused.append(seconds)
            else:
                self.others[str(status)] += 1


class Browser:
    """One connection with the cookies of a session."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST)
        self.cookies = dict(cookies or {})

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str | None]:
        """Status, page and Retry-After. A connection that the server has closed meanwhile is opened anew, once."""
        body = urlencode(form | {"csrfmiddlewaretoken": self.cookies["csrftoken"]}) if form is not None else None
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Accept-Language": "pl"} | (KIND if form is not None else {})
        try:
            return self.exchange(method, path, body, headers)
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self.connection.close()
            return self.exchange(method, path, body, headers)

    def exchange(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[int, str, str | None]:
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode(errors="replace")
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, page, answer.headers["Retry-After"]


def logged_in(port: int, login: str) -> dict[str, str]:
    """Cookies of a new session."""
    browser = Browser(port)
    browser.ask("GET", "/account/login/")
    status, _, _ = browser.ask("POST", "/account/login/", {"login": login, "password": PASSWORD})
    assert status == 302, f"{login} was not let in: {status}"
    browser.ask("GET", "/")
    browser.connection.close()
    return browser.cookies


class User:
    """Whom the centre has at a desk; no time to think between two requests, so each stands for many."""

    def __init__(self, port: int, cookies: dict[str, str], seed: int, told: Told) -> None:
        self.browser, self.told, self.random = Browser(port, cookies), told, Random(seed)
        self.people: list[str] = []
        self.contact: dict[str, str] = {}

    def work(self, ends: float) -> None:
        while time.monotonic() < ends:
            kind = self.random.choices(("search", "person", "form", "contact"), (5, 3, 1, 1))[0]
            self.step(kind, ends)

    def step(self, kind: str, ends: float) -> None:
        begun = time.monotonic()
        try:
            status, page, retry = self.request(kind)
        except (OSError, http.client.HTTPException) as error:
            self.browser.connection.close()
            with self.told.lock:
                self.told.others[type(error).__name__] += 1
            return
        self.told.note(kind, status, retry, time.monotonic() - begun)
        if status == 200:
            self.learn(kind, page)
        if status == 503:  # a person reads the page and does as it says
            time.sleep(max(0.0, min(float(retry or 5), ends - time.monotonic())))

    def request(self, kind: str) -> tuple[int, str, str | None]:
        if kind == "person" and self.people:
            return self.browser.ask("GET", self.random.choice(self.people))
        if kind == "contact" and self.contact:
            return self.browser.ask("POST", "/contacts/new/", self.contact | {"form_token": str(uuid4())})
        if kind == "contact":
            return self.browser.ask("GET", "/contacts/new/")
        if kind == "form":
            return self.browser.ask("GET", "/supports/new/")
        return self.browser.ask("POST", "/people/", {"q": self.random.choice(NAMES)})

    def learn(self, kind: str, page: str) -> None:
        """What the next requests need."""
        self.people = [*self.people, *PERSON.findall(page)][-50:]
        service, point = SERVICE.search(page), POINT.search(page)
        if kind == "contact" and service:
            chosen = {"service": service[1] or service[2], "headcount": "1", "language": "uk", "mode": "in_person"}
            self.contact = chosen | ({"point": point[1]} if point else {})


def crowd(port: int, users: int, seconds: float, sessions: list[dict[str, str]], told: Told) -> None:
    """So many users at once for so long; what they see is added to `told`."""
    ends = time.monotonic() + seconds
    all_of_them = [User(port, sessions[number % len(sessions)], number, told) for number in range(users)]
    threads = [threading.Thread(target=user.work, args=[ends], daemon=True) for user in all_of_them]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + LONGEST)
