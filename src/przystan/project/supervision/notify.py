"""Tells systemd how far we are, where it has asked for it (`Type=notify` in deploy/przystan.service)."""

import os
import socket


def tell_systemd(words: str) -> None:
    """Such as "READY=1". Nothing without systemd."""
    place = os.environ.get("NOTIFY_SOCKET", "")
    if not place:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notes:
        notes.sendto(words.encode(), f"\0{place[1:]}" if place.startswith("@") else place)
