import time
from email.header import Header

from odoo.tests import tagged

from ...models.correspondence.mail_door import MailDoor
from ...models.correspondence.mail_text import get_words
from .mail_common import ADDRESS, PHOTO, MailCommon
from .mail_corpus import build

# Hand-written ones: what is hardly a mail any more.
HARDLY = {
    "nothing": b"",
    "only the address": f"To: {ADDRESS}\r\n\r\n".encode(),
    "a body only": b"\r\n\r\nHello",
    "bytes": bytes(range(256)) * 4,
    "unix lines": f"From: a@b.example.org\nTo: {ADDRESS}\nSubject: Unix\n\nHello".encode(),
    "mac lines": f"From: a@b.example.org\rTo: {ADDRESS}\rSubject: Mac\r\rHello".encode(),
    "mbox": f"From a@b Fri Nov 27\r\nFrom: a@b.example.org\r\nTo: {ADDRESS}\r\n\r\nHello".encode(),
    "utf-16": f"From: a@b.example.org\r\nTo: {ADDRESS}\r\n\r\nHello".encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf"
    + f"From: a@b.example.org\r\nTo: {ADDRESS}\r\n\r\nX".encode(),
    "head without end": f"From: a@b.example.org\r\nTo: {ADDRESS}\r\nSubject: No end".encode(),
    "folded to death": f"To: {ADDRESS}\r\nSubject: a\r\n\t\r\n \r\n\r\n\r\nHello".encode(),
}


@tagged("post_install", "-at_install")
class TestMailCorpus(MailCommon):
    """More than two hundred odd mails: each becomes a complaint, an answer or is kept (T6, T10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("complaint_management.mail_sender_cap", "0")

    def test_counts_add_up(self):
        start = before = self._count()
        failures, number = [], 0
        for name, raw, words in build():
            number += 1
            complaint = self._receive_broken(raw)
            after = self._count()
            fate = tuple(new - old for new, old in zip(after, before, strict=True))
            before = after
            if fate not in ((1, 1, 0), (0, 0, 1)):
                failures.append(f"{name}: {fate}")
            elif fate == (0, 0, 1):
                failures.append(f"{name}: kept, {self._kept()[0].error}")
            elif not complaint.description or (words and words not in complaint.description):
                failures.append(f"{name}: {complaint.description!r}")
            self.env.invalidate_all()
        self.assertGreaterEqual(number, 200)
        self.assertFalse(failures, "\n".join(failures))
        end = self._count()
        complaints, mails, kept = (new - old for new, old in zip(end, start, strict=True))
        self.assertEqual(complaints + kept, number)
        self.assertEqual(mails, complaints)

    def test_hardly_mails(self):
        """Fetched for complaints by the mail server, whatever they are."""
        for name, raw in HARDLY.items():
            with self.subTest(mail=name):
                before = self._count()
                with self.env.cr.savepoint():
                    self.env["mail.thread"].message_process("complaint.complaint", raw)
                    self.env.flush_all()
                fate = tuple(n - o for n, o in zip(self._count(), before, strict=True))
                self.assertIn(fate, ((1, 1, 0), (0, 0, 1)))

    def test_characters(self):
        """Subjects and senders in what mailers write in China, Taiwan and Japan are read."""
        encoded = {
            "纸巾破了": ("gb18030", "gb2312", "utf-8"),
            "紙巾破了": ("big5",),
            "ナプキン": ("iso-2022-jp", "shift_jis", "euc-jp"),
            "🧻 rotto": ("utf-8",),
        }
        for subject, charsets in encoded.items():
            for charset in charsets:
                raw = self._mail(Subject="SUBJECT").replace(
                    b"SUBJECT", self._encode_word(subject, charset)
                )
                with self.subTest(charset=charset):
                    self.assertEqual(self._receive(raw).subject, subject)

    def _encode_word(self, text, charset):
        return str(Header(text, charset).encode()).encode()

    def test_five_hundred_files(self):
        """All stay in the mail; as many as may be are proposed; the note names some."""
        files = [(f"photo_{n}.png", PHOTO + bytes([n % 256]), "image/png") for n in range(500)]
        complaint = self._receive(self._mail(files=files))
        message = complaint.message_ids.filtered(lambda m: m.message_type == "email")
        self.assertEqual(len(message.attachment_ids), 500)
        limit = self.env["complaint.upload"]._get_limits(self.company).files
        self.assertEqual(len(complaint.evidence_ids), limit)
        note = complaint.message_ids.filtered(lambda m: "more." in (m.body or ""))
        self.assertLess(len(note.body), 3000)

    def test_sixty_megabytes(self):
        """A photo beyond the limit stays in the mail, whole, and is not proposed."""
        photo = PHOTO + b"\0" * (60 * 1024 * 1024)
        complaint = self._receive(self._mail(files=[("huge.png", photo, "image/png")]))
        message = complaint.message_ids.filtered(lambda m: m.message_type == "email")
        self.assertEqual(message.attachment_ids.file_size, len(photo))
        self.assertFalse(complaint.evidence_ids)
        self.assertIn("huge.png", "".join(complaint.message_ids.mapped("body")))

    def test_long_rows_of_one_character(self):
        """What is read of a mail takes no minutes, whatever stands in it; all mails pass here."""
        long = 60_000
        started = time.process_time()
        self.assertEqual(get_words("<p>x" + "&nbsp;" * long + "x</p>")[:1], "x")
        for raw in (
            f"To: {'a' * long}\r\n\r\nx",
            f"Subject: {'=?utf-8?q?a' * long}\r\n\r\nx",
            f"From: {'=?utf-8?b?' * long}\r\n\r\nx",
        ):
            self.assertEqual(MailDoor(raw.encode()).headers.get_recipients(), [])
        self.assertLess(time.process_time() - started, 10)

    def test_one_mail_costs_few_queries(self):
        """With warm caches; files and an acknowledgement come on top."""
        self._receive(self._mail())
        self._receive(self._mail())
        raw = self._mail()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._receive(raw)
        count = self.env.cr.sql_log_count - before
        self.assertLessEqual(count, 90)
