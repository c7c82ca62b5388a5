import io
import re
import tempfile
from pathlib import Path
from unittest import mock

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import OperationalError, ProgrammingError
from django.test import Client, TestCase, override_settings
from PIL import Image

from entries.models import Entry


def picture(kind="PNG", name="photo.png"):
    data = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(data, kind)
    return SimpleUploadedFile(name, data.getvalue())


class PageTest(TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        media = override_settings(MEDIA_ROOT=folder.name)
        media.enable()
        self.addCleanup(media.disable)
        self.media = Path(folder.name)

    def post(self, **fields):
        return self.client.post("/", {"author": "Ada", "message": "Hello", **fields})

    def test_an_empty_book_shows_the_form_and_the_release(self):
        page = self.client.get("/")
        self.assertContains(page, "No entries yet")
        self.assertContains(page, 'name="csrfmiddlewaretoken"')
        self.assertContains(page, f"guestbook {settings.RELEASE}</footer>")
        self.assertEqual(page["X-Release"], settings.RELEASE)

    def test_a_posted_entry_is_shown_with_its_markup_escaped(self):
        self.assertRedirects(self.post(message="<b>Hi</b>"), "/")
        page = self.client.get("/")
        self.assertContains(page, "&lt;b&gt;Hi&lt;/b&gt;")
        self.assertContains(page, "Ada, <time")

    def test_a_picture_is_stored_under_a_name_of_our_own(self):
        self.assertRedirects(self.post(picture=picture("PNG", "holiday.jpg")), "/")
        entry = Entry.objects.get()
        self.assertRegex(entry.picture.name, r"^pictures/\d{4}/\d{2}/[0-9a-f]{32}\.png$")
        stored = self.media / entry.picture.name
        self.assertEqual(stored.stat().st_mode & 0o777, 0o644)
        self.assertContains(self.client.get("/"), f'src="/media/{entry.picture.name}"')

    def test_mistakes_are_explained_and_nothing_is_stored(self):
        text = SimpleUploadedFile("photo.png", b"not a picture")
        for fields, explanation in (
            ({"author": ""}, "This field is required."),
            ({"message": "x" * 2001}, "at most 2000 characters"),
            ({"picture": text}, "Upload a valid image."),
            ({"picture": picture("PNG", "photo.html")}, "is not allowed"),
            ({"picture": picture("BMP", "photo.bmp")}, "JPEG, PNG, GIF or WebP"),
        ):
            with self.subTest(explanation):
                page = self.post(**fields)
                self.assertContains(page, explanation)
                self.assertContains(page, "errorlist")
        self.assertFalse(Entry.objects.exists())

    def test_a_picture_too_large_is_refused(self):
        with mock.patch("entries.forms.MAX_BYTES", 10):
            self.assertContains(self.post(picture=picture()), "larger than 5 MB")
        self.assertFalse(Entry.objects.exists())

    def test_a_post_needs_the_token(self):
        client = Client(enforce_csrf_checks=True)
        fields = {"author": "Ada", "message": "Hello"}
        self.assertEqual(client.post("/", fields).status_code, 403)
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', client.get("/").content.decode())
        answer = client.post("/", {**fields, "csrfmiddlewaretoken": token[1]})
        self.assertEqual(answer.status_code, 302)

    def test_twenty_entries_to_a_page_newest_first(self):
        for number in range(21):
            Entry.objects.create(author=f"guest {number}.", message="Hello")
        self.assertNotContains(self.client.get("/"), "guest 0.")
        self.assertContains(self.client.get("/"), "guest 20.")
        self.assertContains(self.client.get("/?page=2"), "guest 0.")

    def test_an_unknown_page_is_not_found(self):
        page = self.client.get("/nothing/")
        self.assertEqual(page.status_code, 404)
        self.assertIn("X-Release", page)


class HealthTest(TestCase):
    def test_healthy(self):
        answer = self.client.get("/health/")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.content.decode(), f"ok guestbook {settings.RELEASE}\n")
        self.assertEqual(answer["Cache-Control"], "no-store")
        self.assertTrue(answer["Content-Type"].startswith("text/plain"))

    def test_unhealthy_without_telling_secrets(self):
        for error in (OperationalError("secret"), ProgrammingError("secret"), KeyError("secret")):
            with mock.patch("entries.views.Entry.objects.first", side_effect=error):
                with self.assertLogs("entries.views", "WARNING"):
                    answer = self.client.get("/health/")
            self.assertEqual(answer.status_code, 503)
            text = answer.content.decode()
            self.assertTrue(text.startswith(f"unhealthy guestbook {settings.RELEASE}: "))
            self.assertNotIn("secret", text)


class MigrationTest(TestCase):
    def test_the_migrations_fit_the_models(self):
        call_command("makemigrations", "--check", "--dry-run", verbosity=0)
