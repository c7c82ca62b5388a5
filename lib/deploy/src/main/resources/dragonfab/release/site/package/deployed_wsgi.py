"""What serves the project: the object that its settings name, or Django's own."""
import django

django.setup(set_prefix=False)
from django.core.servers.basehttp import get_internal_wsgi_application  # noqa: E402

application = get_internal_wsgi_application()
