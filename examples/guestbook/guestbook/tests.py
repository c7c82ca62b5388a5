import os
import tempfile
from pathlib import Path
from unittest import TestCase

from guestbook import config

WEIRD = "p'a\"s$w%o#r\\d ü"


class ConfigTest(TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "guestbook.ini"

    def test_every_value_survives(self):
        for value in (
            WEIRD, "", " both ends ", '"', '""', '"quoted"', "#", "; x", "= a = b", "[x]", "%(db_name)s",
            "${HOME}", "`id`", "trailing\\", "\ttab", "\u2028line", "\x85", "two  blanks",
        ):
            with self.subTest(value):
                self.path.unlink(missing_ok=True)
                config.update(self.path, {"db_name": value, "db_user": "after"})
                found = config.read(self.path)
                self.assertEqual((found["db_name"], found["db_user"]), (value, "after"))

    def test_the_file_is_not_for_everyone(self):
        config.update(self.path, {})
        self.assertEqual(os.stat(self.path).st_mode & 0o777, 0o640)

    def test_a_secret_key_is_made_once_and_kept(self):
        config.update(self.path, {"secret_key": ""})
        key = config.read(self.path)["secret_key"]
        self.assertGreater(len(key), 50)
        config.update(self.path, {"secret_key": "", "db_name": "other"})
        self.assertEqual(config.read(self.path)["secret_key"], key)

    def test_an_empty_password_keeps_the_old_one(self):
        config.update(self.path, {"db_password": WEIRD})
        config.update(self.path, {"db_password": ""})
        self.assertEqual(config.read(self.path)["db_password"], WEIRD)

    def test_only_the_lines_that_change_are_touched(self):
        self.path.write_text(
            "# mine\n[other]\ndb_name = x\n[guestbook]\nsecret_key = k\n# db_name = y\n"
            "DB_Name = old\n  more\nextra = 1\n"
        )
        config.update(self.path, {"db_name": "new", "db_host": "h"})
        self.assertEqual(
            self.path.read_text(),
            "# mine\n[other]\ndb_name = x\n[guestbook]\ndb_host = h\nsecret_key = k\n# db_name = y\n"
            "db_name = new\nextra = 1\n",
        )

    def test_nothing_new_leaves_the_file_alone(self):
        config.update(self.path, {"db_name": "x"})
        before = os.stat(self.path).st_ino
        config.update(self.path, {"db_name": "x"})
        self.assertEqual(os.stat(self.path).st_ino, before)

    def test_answers_from_postinst(self):
        data = f"db_name=a=b\0db_password={WEIRD}\0end\0".encode()
        self.assertEqual(config.answers(data), {"db_name": "a=b", "db_password": WEIRD})

    def test_bad_answers_are_refused_without_repeating_them(self):
        for data in (b"", b"end", b"db_name=hush\0", b"db_name=hush\nx\0end\0", b"other=hush\0end\0"):
            with self.subTest(data), self.assertRaises(ValueError) as caught:
                config.answers(data)
            self.assertNotIn("hush", str(caught.exception))

    def test_a_broken_file_is_named_without_its_lines(self):
        with self.assertRaises(ValueError) as caught:
            config.parse("[guestbook]\ndb_password hush\n")
        self.assertNotIn("hush", str(caught.exception))
