"""Settings of the tests: a hostile environment in which small mistakes fail."""

import os
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[3]
# A centre of the tests' own, kept between runs because a second start is faster than a first.
os.environ["PRZYSTAN_DATA"] = str(REPOSITORY / ".test-centre")
os.environ["PRZYSTAN_DEMO"] = "1"
os.environ["PRZYSTAN_LANGUAGE"] = "en"
os.environ["PRZYSTAN_ERRAND_SECONDS"] = "60"  # no test depends on how fast the machine is
os.environ["PRZYSTAN_PAGE_SECONDS"] = "60"  # a busy machine is no fault of a page
os.environ["PRZYSTAN_SECRET_KEY"] = "only-for-tests"  # noqa: S105

from tests.harness.templates import Undefined  # noqa: E402

from .settings import *  # noqa: E402, F403
from .settings import DATABASES, MIDDLEWARE, TEMPLATES, cluster  # noqa: E402

# Tests drop databases, which a pool would hold on to; and none may fail because the machine is busy.
DATABASES["default"] = cluster.work_database()
DATABASES["default"]["TEST"] = {"NAME": DATABASES["default"]["NAME"]}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSPHRASE_MEMORY = 64  # KiB: as weak as it is quick
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
templates: Any = TEMPLATES[0]["OPTIONS"]
templates["string_if_invalid"] = Undefined()
# Reads each page just before it is compressed.
MIDDLEWARE.insert(
    MIDDLEWARE.index("przystan.project.compression.Compression") + 1, "tests.harness.markup.MarkupMiddleware"
)

# Tests read the source strings; what a page says in Polish is the translators' matter (tests/consistency).
LANGUAGE_CODE = "en"
