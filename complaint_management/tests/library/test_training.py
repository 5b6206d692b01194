from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .common import LibraryCommon


@tagged("post_install", "-at_install")
class TestTraining(LibraryCommon):
    """Who was taught what, with or without a login (R52)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lesson = cls._published()
        cls.other = cls._published()
        cls.trainings = cls.env["complaint.training"].with_user(cls.user_quality)

    def test_from_the_form(self):
        with Form(self.trainings) as form:
            form.lesson_ids.add(self.lesson)
            with form.attendee_ids.new() as line:
                line.user_id = self.user_stock
            with form.attendee_ids.new() as line:
                line.name = "Paula Packer"
        training = form.record
        self.assertEqual(training.name, self.lesson.name)
        self.assertEqual(training.trainer_name, self.user_quality.name)
        self.assertEqual(
            training.attendee_ids.mapped("name"), [self.user_stock.name, "Paula Packer"]
        )
        self.assertEqual(training.attendee_count, 2)

    def test_people_are_counted_once(self):
        for date, names in (("2026-02-01", ("Paula", "Lea")), ("2026-05-01", ("lea ", "Bo"))):
            self.trainings.create(
                {
                    "date": date,
                    "lesson_ids": self.lesson.ids,
                    "attendee_ids": [
                        *self._attendees(*names),
                        Command.create({"user_id": self.user_stock.id}),
                    ],
                }
            )
        self.assertEqual(self.lesson.trained_count, 4)
        self.assertEqual(self.lesson.date_trained, fields.Date.to_date("2026-05-01"))
        self.assertEqual(self.other.trained_count, 0)
        self.assertFalse(self.other.trained_text)
        # Everybody sees how many, and when
        reader = self.lesson.with_user(self.user_stranger)
        self.assertEqual(reader.trained_count, 4)
        self.assertIn("4", reader.trained_text)

    def test_figures_follow_at_once(self):
        training = self.trainings.create(
            {"lesson_ids": self.lesson.ids, "attendee_ids": self._attendees("Lea")}
        )
        self.assertEqual(self.lesson.trained_count, 1)
        self.assertRegex(self.lesson.trained_text, "^1 person, ")
        training.attendee_ids = self._attendees("Bo")
        self.assertEqual(self.lesson.trained_count, 2)
        self.assertRegex(self.lesson.trained_text, "^2 people, ")
        training.unlink()
        self.assertEqual(self.lesson.trained_count, 0)

    def test_what_is_planned_trained_nobody_yet(self):
        with freeze_time("2026-06-15 10:00:00"):
            for date, name in (("2026-06-15", "Lea"), ("2026-07-14", "Bo")):
                self.trainings.create(
                    {
                        "date": date,
                        "lesson_ids": self.lesson.ids,
                        "attendee_ids": self._attendees(name),
                    }
                )
            self.assertEqual(self.lesson.trained_count, 1)
            self.assertEqual(self.lesson.date_trained, fields.Date.to_date("2026-06-15"))
        self.env.invalidate_all()
        with freeze_time("2026-07-14 10:00:00"):
            self.assertEqual(self.lesson.trained_count, 2)
            self.assertEqual(self.lesson.date_trained, fields.Date.to_date("2026-07-14"))

    def test_other_companies_people_are_not_counted(self):
        company = self._second_company()
        shared = self._shelve([{"name": "Shared", "company_id": False}])
        self.env["complaint.training"].create(
            {
                "lesson_ids": shared.ids,
                "company_id": company.id,
                "attendee_ids": self._attendees("Lea"),
            }
        )
        self.assertEqual(shared.with_user(self.user_quality).trained_count, 0)
        both = shared.with_context(allowed_company_ids=(self.company + company).ids)
        self.assertEqual(both.trained_count, 1)

    def test_only_what_somebody_looked_at_is_taught(self):
        draft = self._lesson()
        with self.assertRaises(ValidationError):
            self.trainings.create({"lesson_ids": draft.ids})
        training = self.trainings.create({"lesson_ids": self.lesson.ids})
        self.lesson.with_user(self.user_quality).action_retire("Old")
        training.write({"note": "Still what was taught", "lesson_ids": self.lesson.ids})

    def test_names_of_colleagues_are_for_quality_and_leadership(self):
        training = self.trainings.create(
            {"lesson_ids": self.lesson.ids, "attendee_ids": self._attendees("Lea")}
        )
        self.assertTrue(training.with_user(self.user_leadership).attendee_ids.mapped("name"))
        for user in (self.user_sales, self.user_contributor):
            with self.subTest(user=user.name):
                self.assertFalse(training.with_user(user).has_access("read"))
                with self.assertRaises(AccessError):
                    self.lesson.with_user(user).read(["training_ids"])

    def test_signed_sheet(self):
        training = self.trainings.create(
            {"lesson_ids": self.lesson.ids, "sheet": b"c2lnbmVk", "sheet_name": "sheet.pdf"}
        )
        file = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "complaint.training"),
                ("res_id", "=", training.id),
                ("res_field", "=", "sheet"),
            ]
        )
        self.assertEqual(file.raw, b"signed")
        self.assertEqual(
            self.trainings.search([("sheet", "=", False), ("id", "=", training.id)]),
            self.trainings.browse(),
        )
        training.unlink()
        self.assertFalse(file.exists())
