"""Headers of every answer, whatever went wrong: the outermost middleware."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .addresses import secret

# What no page of ours needs. Passkeys and copying to the clipboard stay for ourselves.
OFF = (
    "accelerometer ambient-light-sensor autoplay bluetooth browsing-topics camera display-capture encrypted-media"
    " fullscreen gamepad geolocation gyroscope hid identity-credentials-get idle-detection local-fonts magnetometer"
    " microphone midi payment picture-in-picture screen-wake-lock serial speaker-selection storage-access usb"
    " web-share window-management xr-spatial-tracking"
)
OURS = "clipboard-write publickey-credentials-create publickey-credentials-get"
PERMISSIONS = ", ".join([*(f"{name}=()" for name in OFF.split()), *(f"{name}=(self)" for name in OURS.split())])
ALWAYS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # also where Django's own middleware does not get to
}
# Of pages whose address opens something by itself: no request of theirs gives it away, and no search engine keeps it.
# With "no-referrer", browsers would send "Origin: null" with their forms.
SECRET = {"Referrer-Policy": "strict-origin", "X-Robots-Tag": "noindex, nofollow, noarchive"}
NOTHING_KEPT = "no-store"
KEPT = frozenset({"ui:asset"})  # styles and scripts, the same for everybody


class Headers:
    """Adds what no answer may lack; only static files may be kept by the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response[name] = value
        if request.resolver_match and request.resolver_match.view_name in secret():
            for name, value in SECRET.items():
                response[name] = value
        if not is_static(request, response):
            response["Cache-Control"] = NOTHING_KEPT
            response.headers.pop("Expires", None)
        return response


def is_static(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the answer is a file that is the same for everybody."""
    if response.status_code not in (200, 206, 304):
        return False
    match = request.resolver_match
    return match.view_name in KEPT if match else request.path_info.startswith(settings.STATIC_URL)
