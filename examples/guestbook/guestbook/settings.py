import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from guestbook import config

BASE_DIR = Path(__file__).resolve().parent.parent
RELEASE_FILE = BASE_DIR / "guestbook" / "release.txt"
INSTALLED = RELEASE_FILE.exists()
RELEASE = RELEASE_FILE.read_text().strip() if INSTALLED else "unreleased"

# GUESTBOOK_CONFIG= (empty) asks for the development settings, also where the package is installed.
CONFIG = os.environ.get("GUESTBOOK_CONFIG", "/etc/guestbook/guestbook.ini")
DEBUG = not CONFIG or not INSTALLED and not os.path.exists(CONFIG)

if DEBUG:
    SECRET_KEY = "for development only"
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
    DATABASES = {
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "guestbook.sqlite3"}
    }
    MEDIA_ROOT = BASE_DIR / "media"
else:
    try:
        ini = config.read(CONFIG)
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"{CONFIG}: {error}") from None
    SECRET_KEY = ini["secret_key"]
    names = [name.strip() for name in ini["server_name"].split(",") if name.strip()]
    ALLOWED_HOSTS = names + ["localhost", "127.0.0.1"]
    # Connections are not kept: an idle site must not stand in the way of a database being replaced.
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": ini["db_name"],
            "USER": ini["db_user"],
            "PASSWORD": ini["db_password"],
            "HOST": ini["db_host"],
            "PORT": ini["db_port"],
            "OPTIONS": {"connect_timeout": 3},
        }
    }
    MEDIA_ROOT = "/var/lib/guestbook/media"

INSTALLED_APPS = ["django.contrib.staticfiles", "entries"]
MIDDLEWARE = [
    "guestbook.release.ReleaseHeader",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "guestbook.urls"
WSGI_APPLICATION = "guestbook.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "guestbook.release.in_templates",
            ]
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-us"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static"
MEDIA_URL = "/media/"
# Without these a large upload keeps the 0600 of its temporary file, and nginx cannot read it.
FILE_UPLOAD_PERMISSIONS = 0o644
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o755

# nginx always sets this header itself, so no visitor can forge it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Django's own logging says nothing outside DEBUG; this sends warnings and errors to the journal.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"journal": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["journal"], "level": "WARNING"},
}
