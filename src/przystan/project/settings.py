"""Settings, read once from the environment. Operators find each variable in docs/operator/settings.md."""

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

from przystan.access import assurance, names
from przystan.project import cluster, logs, secret

env = Env()

DATA_DIR = cluster.data_dir()
DEBUG = env.bool("PRZYSTAN_DEBUG", False)
DEMO = env.bool("PRZYSTAN_DEMO", False)
SECRET_KEY = secret.secret_key(DATA_DIR)
ALLOWED_HOSTS = env.list("PRZYSTAN_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("PRZYSTAN_ORIGINS", [])
# The demo runs on plain http on this machine only; everywhere else TLS is taken for granted.
HTTPS = env.bool("PRZYSTAN_HTTPS", not DEMO)
REQUIRE_SECOND_FACTOR = env.bool("PRZYSTAN_REQUIRE_SECOND_FACTOR", not DEMO)
# A passkey belongs to a name with TLS: as long as there is none, codes are enough for everybody (decision 25).
PUBLIC_NAMES = names.public(ALLOWED_HOSTS)
REQUIRE_PASSKEY = env.bool("PRZYSTAN_REQUIRE_PASSKEY", HTTPS and bool(PUBLIC_NAMES))

# Keys lie outside the database: never in its backup.
KEYS_DIR = env.path("PRZYSTAN_KEYS", DATA_DIR / "keys")
PASSPHRASE_MEMORY = 128 * 1024  # KiB that one guess at a passphrase for protected files costs
UNLOCK_IDLE = 15 * 60  # seconds without work after which protected files are locked again
# Where the head of the audit log is written down each day; better on another machine's disk (access.anchors).
AUDIT_ANCHORS = env.path("PRZYSTAN_ANCHORS", DATA_DIR / "anchors.log")
# Backups: public keys of age that they are closed for; whether they are made by other means than ours.
BACKUP_TO: list[str] = env.list("PRZYSTAN_BACKUP_TO", [])
BACKUPS_ELSEWHERE = env.bool("PRZYSTAN_BACKUPS_ELSEWHERE", False)
# Whose sensitive facts one account may read on a day before the data protection officer's page says so.
UNUSUAL_LOOKS = env.int("PRZYSTAN_UNUSUAL_LOOKS", 60)
# How large a file that somebody brings in may be, and what the process that reads it may use.
IMPORT_MEGABYTES = env.int("PRZYSTAN_IMPORT_MEGABYTES", 25)
IMPORT_SECONDS = env.int("PRZYSTAN_IMPORT_SECONDS", 120)  # of processor time
IMPORT_MEGABYTES_OF_MEMORY = env.int("PRZYSTAN_IMPORT_MEMORY", 768)
# How long somebody waits at a page for what may take long, before a job does it (errands.answering).
ERRAND_SECONDS = env.float("PRZYSTAN_ERRAND_SECONDS", 0.15)
# What was typed and not saved (drafts): for how long it is kept, how much of one form, and how many for one account.
DRAFT_DAYS = env.int("PRZYSTAN_DRAFT_DAYS", 7)
DRAFT_LONGEST = 200_000  # characters
DRAFTS_MOST = 30
# Without EMAIL_URL nothing is sent, and EMAIL_HOST is empty.
globals().update(env.dj_email_url("EMAIL_URL", "dummy://"), EMAIL_TIMEOUT=20)  # seconds

DATABASES = {"default": cluster.django_database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "przystan.project",
    "przystan.desk",
    "przystan.reports",
    "przystan.exchange",
    "przystan.privacy",
    "przystan.guides",
    "przystan.casework",
    "przystan.funding",
    "przystan.support",
    "przystan.results",
    "przystan.ledger",
    "przystan.people",
    "przystan.staff",
    "przystan.institutions",
    "przystan.links",
    "przystan.errands",
    "przystan.drafts",
    "przystan.team",
    "przystan.rules",
    "przystan.reference",
    "przystan.access",
    "przystan.ui",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "przystan.access.headers.Headers",
    "przystan.project.health.Health",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "przystan.project.compression.Compression",
    "przystan.project.logs.RequestLog",
    "przystan.project.unavailable.Refusals",
    "przystan.access.methods.MethodMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "przystan.project.budget.Budget",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "przystan.access.readonly.ReadOnlyMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "przystan.project.tidying.Tidying",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "przystan.access.guard.SessionGuard",
    "przystan.project.middleware.ActorMiddleware",
    "przystan.access.unlocking.KeyRing",
    "przystan.project.middleware.PolicyMiddleware",
    "przystan.project.middleware.ScopeMiddleware",
]

ROOT_URLCONF = "przystan.project.urls"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "przystan.ui.templatetags.ui",
                "przystan.access.templatetags.house",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "przystan.project.frame.frame",
            ],
        },
    }
]

FORM_RENDERER = "przystan.ui.forms.Renderer"

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["przystan.team.backends.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_RESET_TIMEOUT = 2 * 24 * 60 * 60  # seconds that an invitation works (team.invitations)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:today"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "przystan.access.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_FORMS = {
    "login": "przystan.access.forms.LoginForm",
    "change_password": "przystan.access.forms.ChangePasswordForm",
    "reauthenticate": "przystan.access.forms.PasswordAgainForm",
}
# Tries are counted by access.throttling; this one only keeps a flood from one address off the password hashes.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": ""}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = assurance.IDLE_SECRET  # seconds for which a login says who one is
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
MFA_TOTP_ISSUER = "Przystań"
MFA_TOTP_TOLERANCE = 1  # steps of 30 s: clocks differ. access.forms sees to it that a code opens only once
MFA_ADAPTER = "przystan.access.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "przystan.access.forms.AuthenticateForm",
    "reauthenticate": "przystan.access.forms.ReauthenticateForm",
    "activate_totp": "przystan.access.forms.ActivateTOTPForm",
    "login_webauthn": "przystan.access.forms.LoginWebAuthnForm",
    "authenticate_webauthn": "przystan.access.forms.AuthenticateWebAuthnForm",
    "reauthenticate_webauthn": "przystan.access.forms.ReauthenticateWebAuthnForm",
    "add_webauthn": "przystan.access.forms.AddWebAuthnForm",
    "edit_webauthn": "przystan.access.forms.EditWebAuthnForm",
}
# How many proxies of one's own stand before us and add to X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PRZYSTAN_PROXIES", int(HTTPS))

CACHES = {
    "default": {
        "BACKEND": "przystan.access.cache.JsonCache",
        "LOCATION": "django_cache",
    },
}

SESSION_ENGINE = "przystan.access.session_store"
SESSION_COOKIE_AGE = assurance.LONGEST  # idle times are kept by access.guard
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_FREE_URLS = {"ui:asset", "set_language", "account_logout"}  # neither ended nor counted as activity
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DEVICE_COOKIE_AGE = 180 * 24 * 60 * 60  # how long a browser is known in which somebody has logged in
DEVICE_COOKIE_NAME = "device"
UNLOCK_COOKIE_NAME = "unlock"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
if HTTPS:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    LANGUAGE_COOKIE_NAME = "__Host-language"
    DEVICE_COOKIE_NAME = "__Host-device"
    UNLOCK_COOKIE_NAME = "__Host-unlock"
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# "no-referrer" would make browsers send "Origin: null" with every form, which the CSRF check rightly refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", _("Polish")), ("en", _("English")), ("uk", _("Ukrainian")), ("ru", _("Russian"))]
USE_I18N = True
FORMAT_MODULE_PATH = ["przystan.ui.formats"]  # dates as ui.templatetags.ui writes them
USE_TZ = True
TIME_ZONE = "Europe/Warsaw"

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"/fonts/"  # their folder carries the version
MEDIA_ROOT = DATA_DIR / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LOGGING = logs.configuration(json=env(logs.VARIABLE, logs.PLAIN) == logs.JSON)

MIGRATION_MODULES: dict[str, str] = {}
# The proxy redirects to https; subdomains and browsers' preload lists are the operator's to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]
