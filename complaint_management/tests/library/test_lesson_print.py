import io

from odoo.tests import HttpCase, tagged
from odoo.tools.pdf import PdfReader

from .common import LibraryCommon, make_picture

LESSON = "complaint_management.report_lesson"
TRAINING = "complaint_management.report_training"


@tagged("post_install", "-at_install")
class TestLessonPrint(LibraryCommon, HttpCase):
    """The sheet one teaches with, and the list to sign (R52)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._solved()
        cls.lesson = cls._lesson(
            key_points="Film on every pallet\nLook before loading",
            quiz="Why did it rust?",
            product_ids=cls.product.product_tmpl_id.ids,
        )
        cls.env["complaint.lesson.picture"].create(
            [
                {
                    "lesson_id": cls.lesson.id,
                    "image": make_picture(color, (400, 300)),
                    "name": name,
                    "condition": condition,
                }
                for color, name, condition in (
                    ("red", "Wet carton", "nok"),
                    ("green", "Wrapped pallet", "ok"),
                    ("blue", "Dock", False),
                )
            ]
        )
        cls.lesson._write_trusted({"source_ids": [(4, cls.case.id)]})
        cls.lesson.with_user(cls.user_sales).action_submit()
        cls.lesson.with_user(cls.user_quality).action_publish()

    def _html(self, report, records, user=None):
        reports = self.env["ir.actions.report"].with_user(user or self.user_quality)
        return reports._render_qweb_html(report, records.ids)[0].decode()

    def test_everything_is_on_it(self):
        html = self._html(LESSON, self.lesson, self.user_contributor)
        for text in (
            self.lesson.problem,
            self.lesson.cause,
            self.lesson.measure,
            "Film on every pallet",
            "Why did it rust?",
            "Wet carton",
            "Wrapped pallet",
            "Signature",
            self.product.name,
        ):
            self.assertIn(text, html)
        self.assertEqual(html.count("data:image/jpeg"), 3)
        for empty in ("What to do next time", "How to recognise it"):
            self.assertNotIn(empty, html)

    def test_nothing_of_the_case(self):
        html = self._html(LESSON, self.lesson)
        for text in (self.case.name, self.customer.name, "Otto Operator"):
            self.assertNotIn(text, html)

    def test_words_are_plain_text(self):
        lesson = self._lesson(problem="<script>alert(1)</script> = 5 < 6", key_points="<b>x</b>")
        html = self._html(LESSON, lesson)
        self.assertNotIn("<script>alert", html)
        self.assertIn("&lt;b&gt;x", html)

    def test_a_draft_says_so(self):
        self.assertIn("not published", self._html(LESSON, self._lesson()))
        self.assertNotIn("not published", self._html(LESSON, self.lesson))

    def test_training_names_who_comes(self):
        second = self._published(name="Second lesson")
        training = self.env["complaint.training"].create(
            {
                "lesson_ids": (self.lesson + second).ids,
                "trainer_name": "Tom Trainer",
                "attendee_ids": self._attendees("Paula Packer", "陈红"),
            }
        )
        html = self._html(TRAINING, training)
        for text in ("Tom Trainer", "Paula Packer", "陈红", self.lesson.name, "Second lesson"):
            self.assertIn(text, html)
        self.assertEqual(html.count("Signature"), 1)

    def test_pdf(self):
        # A busy machine takes its time; the limit has tests of its own
        self.env["ir.config_parameter"].set_param("complaint_management.document_seconds", "60")
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        training = self.env["complaint.training"].create(
            {
                "lesson_ids": self.lesson.ids,
                "attendee_ids": self._attendees(*(f"Person {i:03}" for i in range(80))),
            }
        )
        content, kind = reports._render_qweb_pdf(TRAINING, training.ids)
        self.assertEqual(kind, "pdf")
        pages = PdfReader(io.BytesIO(content)).pages
        box = pages[0].mediabox
        self.assertLess(box.width, box.height)
        self.assertIn("Person 079", " ".join(page.extract_text() for page in pages))
        # The head of the list stands on each of its pages
        listed = [page.extract_text() for page in pages if "Person" in page.extract_text()]
        self.assertGreater(len(listed), 1)
        for text in listed:
            self.assertIn("Signature", text)

    def test_in_the_language_of_the_lesson(self):
        """Whoever prints it, and whatever he reads himself."""
        self.env["res.lang"]._activate_lang("de_DE")
        label = self.env["ir.model.fields"]._get("complaint.lesson", "cause")
        label.with_context(lang="de_DE").field_description = "Ursache"
        sheet = self.env.ref("complaint_management.report_lesson_attendance")
        sheet.update_field_translations("arch_db", {"de_DE": {"Signature": "Unterschrift"}})
        german, english = self._lesson(lang="de_DE"), self._lesson(lang="en_US")
        self.user_manager.lang = "de_DE"
        for user in (self.user_quality, self.user_manager):
            for lesson, lang, words, others in (
                (german, "de-DE", ("Ursache", "Unterschrift"), ("Cause<", "Signature")),
                (english, "en-US", ("Cause<", "Signature"), ("Ursache", "Unterschrift")),
            ):
                with self.subTest(user=user.lang, lesson=lang):
                    self.env.invalidate_all()
                    html = self._html(LESSON, lesson, user)
                    self.assertIn(f'lang="{lang}"', html)
                    for word in words:
                        self.assertIn(word, html)
                    for word in others:
                        self.assertNotIn(word, html)
