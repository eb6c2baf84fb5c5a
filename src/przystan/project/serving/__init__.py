"""Between the web server and the pages: bodies are read whole, within bounds, before a thread is taken for them; so
many may wait, and no more. Why: docs/decisions/0029-a-thread-for-whole-requests.md."""

from .application import Application

__all__ = ["Application"]
