import logging

from django.conf import settings
from django.core.paginator import Paginator
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from entries.forms import EntryForm
from entries.models import Entry

log = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    form = EntryForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("index")
    page = Paginator(Entry.objects.all(), 20).get_page(request.GET.get("page"))
    return render(request, "entries/index.html", {"form": form, "page": page})


@require_safe
def health(request):
    problem = database_problem()
    if problem:
        text, status = f"unhealthy guestbook {settings.RELEASE}: {problem}\n", 503
    else:
        text, status = f"ok guestbook {settings.RELEASE}\n", 200
    response = HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
    response["Cache-Control"] = "no-store"
    return response


def database_problem():
    try:
        # A whole row rather than a count: a column not yet migrated must show.
        Entry.objects.first()
    except (OperationalError, InterfaceError) as error:
        log.warning("health: %s", error)
        return "the database cannot be reached"
    except DatabaseError as error:
        log.warning("health: %s", error)
        return "the entries table cannot be read, is the database migrated?"
    except Exception as error:
        log.exception("health")
        return f"the check failed ({type(error).__name__})"
    return None
