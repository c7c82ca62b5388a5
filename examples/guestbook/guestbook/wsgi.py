import os

from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guestbook.settings")
application = get_wsgi_application()

# Loaded now, not at the first request: an upgrade replaces the files before it restarts the workers.
resolve("/")
for name in ("entries/index.html", "404.html", "500.html"):
    get_template(name)
