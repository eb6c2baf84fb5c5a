"""Every pair of colours that carries text or meaning is readable, by day and by night (WCAG 2.2)."""

import re

import pytest

from przystan.ui.bundles import STATIC

TOKENS = (STATIC / "css/tokens.css").read_text()
GROUNDS = ["paper", "sand", "surface"]
TONES = ["quiet", "info", "good", "wait", "bad"]
# AAA for text: 7:1
TEXT = [
    *[(ink, ground) for ink in ("ink", "ink-soft", "sea", "sea-deep") for ground in GROUNDS],
    *[(tone, f"{tone}-ground") for tone in TONES],
    *[("ink", f"{tone}-ground") for tone in TONES],
    *[("bad", ground) for ground in GROUNDS],
    ("ink", "sea-ground"),
    ("sea", "sea-ground"),
    ("ink-soft", "quiet-ground"),
    ("on-action", "action"),
    ("on-action", "action-hover"),
    ("on-bar", "bar"),
    ("on-bar", "bar-field"),
]
# AA for placeholders and other secondary text: 4.5:1
SECONDARY = [("on-bar-soft", "bar-field")]
# Edges of inputs, focus rings, series in charts: 3:1
SHAPES = [
    *[("line-strong", ground) for ground in GROUNDS],
    *[("focus", ground) for ground in GROUNDS],
    ("focus-on-bar", "bar"),
    ("lamp", "bar"),
    *[("action", ground) for ground in GROUNDS],
    *[(f"series-{n}", "surface") for n in (0, 2, 3, 4, 5)],
]


def palette(*, dark: bool) -> dict[str, str]:
    day, night = TOKENS.split("@media (prefers-color-scheme: dark)")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", day))
    return colours | (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", night)) if dark else {})


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 7), (SECONDARY, 4.5), (SHAPES, 3)], ids=["text", "2nd", "shape"])
def test_contrast(pairs: list[tuple[str, str]], least: float, *, dark: bool) -> None:
    colours = palette(dark=dark)
    ratios = {f"{ink} on {ground}": round(contrast(colours[ink], colours[ground]), 2) for ink, ground in pairs}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < least} == {}
