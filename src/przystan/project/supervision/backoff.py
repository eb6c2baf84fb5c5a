"""How long to wait before a part is started again: at once the first time, then longer, never for ever."""

from dataclasses import dataclass

FIRST = 0.25  # seconds
SETTLED = 3.0  # seconds of life after which earlier ends are forgotten


@dataclass
class Backoff:
    """Waits of one part. `longest` in seconds: a start costs one of processor time, who freed a disk waits for it."""

    longest: float = 2.0
    ends: int = 0

    def wait(self, lived: float) -> float:
        """Seconds to wait after an end, the part having lived for `lived` seconds."""
        self.ends = 1 if lived >= SETTLED else self.ends + 1
        if self.ends == 1:
            return 0.0
        return float(min(self.longest, FIRST * 2 ** min(self.ends - 2, 16)))
