"""The project's settings where the package is installed: its own, and over them what /etc/@NAME@ says."""
import os

import @MODULE@_values as values
from @SETTINGS@ import *  # noqa: F403

# @VARIABLE@_VALUES= (empty) is the build, where there are no values yet.
VALUES = os.environ.get("@VARIABLE@_VALUES", "/etc/@NAME@/@NAME@.ini")

DEBUG = False
STATIC_URL = "/static/"
STATIC_ROOT = os.environ.get("STATIC_ROOT", "/usr/share/@NAME@/collected")
MEDIA_URL = "/media/"
MEDIA_ROOT = "/var/lib/@NAME@/media"
# Without these a large upload keeps the 0600 of its temporary file, and nginx cannot read it.
FILE_UPLOAD_PERMISSIONS = 0o644
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o755
# nginx always sets this header itself, so no visitor can forge it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

if VALUES:
    ini = values.read(VALUES)
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
else:
    SECRET_KEY = "for the build only"

# Django's own logging says nothing outside DEBUG; this sends warnings and errors to the journal.
LOGGING = globals().get("LOGGING") or {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"journal": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["journal"], "level": "WARNING"},
}
