"""What staff hands over: the address, a message ready to send in the language of who receives it, a QR code."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from przystan.ui.templatetags.ui import day

from ..models import Link, Made
from ..purposes import purpose_of


@dataclass(frozen=True)
class Invitation:
    """`picture` is the address as SVG. All of it opens the link: for who made it, once, and kept nowhere."""

    link: Link
    url: str = field(repr=False)
    code: str = field(repr=False)
    message: str = field(repr=False)
    picture: str = field(repr=False)


def invitation(made: Made, root: str) -> Invitation:
    """`root`: the address of the centre as this browser has it, "https://centre.example/"."""
    url = root.rstrip("/") + reverse("links:cover", args=[made.token])
    with translation.override(made.link.language):
        words = [_invited(made.link), url, _("The link works until %(day)s.") % {"day": day(made.link.expires_at)}]
    return Invitation(made.link, url, made.code, "\n".join(words), picture(url))


def reminding(link: Link) -> str:
    """A message that reminds of the link sent before: its address is known to nobody but who received it."""
    with translation.override(link.language):
        return _(
            "We sent you a link. Please open it and answer: it works until %(day)s. If you cannot find it, write to us"
            " and we will send a new one."
        ) % {"day": day(link.expires_at)}


def _invited(link: Link) -> str:
    purpose = purpose_of(link)
    return str(purpose.invitation) if purpose else ""


def picture(url: str) -> str:
    """A QR code on white, as SVG that stands in the page itself: no other server ever has the address."""
    import qrcode  # only now: few pages show one
    from qrcode.image.svg import SvgPathFillImage

    return str(qrcode.make(url, image_factory=SvgPathFillImage, border=2).to_string(encoding="unicode"))
