from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import LibraryCommon, make_picture


@tagged("post_install", "-at_install")
class TestLessonRights(LibraryCommon):
    """Everybody learns, nobody sees whose case it was (R52, R60, R73)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._solved()
        cls.lesson = cls._published()
        cls.lesson._write_trusted({"source_ids": [(4, cls.case.id)]})
        cls.draft = cls._lesson()
        # What one user's request has read is not another's to see
        cls.env.flush_all()
        cls.env.invalidate_all()

    def test_employees_read_what_is_published(self):
        for user in (self.user_stranger, self.user_contributor, self.user_sales2):
            with self.subTest(user=user.name):
                found = self.lessons.with_user(user).search(
                    [("id", "in", (self.lesson + self.draft).ids)]
                )
                self.assertEqual(found, self.lesson)
                self.assertEqual(found.problem, self.lesson.problem)
                self.assertFalse(found.has_access("write"))
                self.assertFalse(self.draft.with_user(user).has_access("read"))

    def test_leadership_reads_all(self):
        for lesson in (self.lesson, self.draft):
            self.assertTrue(lesson.with_user(self.user_leadership).has_access("read"))
            self.assertFalse(lesson.with_user(self.user_leadership).has_access("write"))

    def test_portal_and_public_see_nothing(self):
        portal = self._portal_user()
        for user in (portal, self.env.ref("base.public_user")):
            with self.subTest(user=user.login):
                self.assertFalse(self.lesson.with_user(user).has_access("read"))

    def _portal_user(self):
        return self.env["res.users"].create(
            {
                "name": "Portal",
                "login": "lesson_portal",
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )

    def test_the_case_is_shown_to_whom_may_read_it(self):
        self.assertEqual(self.lesson.with_user(self.user_sales).source_ids, self.case)
        self.env.invalidate_all()
        self.assertEqual(self.lesson.with_user(self.user_quality).source_ids, self.case)
        self.env.invalidate_all()
        self.assertFalse(self.lesson.with_user(self.user_sales2).source_ids)
        with self.assertRaises(AccessError):
            self.lesson.with_user(self.user_contributor).read(["source_ids"])

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_whom_it_is_about_reads_the_lesson_and_not_the_case(self):
        self.lesson._write_trusted({"helped_ids": [(4, self.case.id)]})
        users = self.user_quality + self.user_manager + self.user_admin + self.user_sales
        quality = self.lesson.with_user(self.user_quality)
        self.assertEqual(quality.search([("source_ids", "in", self.case.ids)]), self.lesson)
        self.case.sudo().concerned_user_ids = users
        self.env.flush_all()
        self.env.invalidate_all()
        for user in users:
            with self.subTest(user=user.name):
                lesson = self.lesson.with_user(user)
                self.assertTrue(lesson.problem)
                row = lesson.read()[0]
                self.assertEqual(row["source_ids"], [])
                self.assertEqual(row["helped_ids"], [])
                for name in ("source_ids", "helped_ids"):
                    self.assertFalse(lesson.search([(f"{name}.name", "=", self.case.name)]))
                    for operator, value in (("in", self.case.ids), ("=", self.case.id)):
                        self.assertFalse(lesson.search([(name, operator, value)]))
                        self.assertFalse(lesson.search([(f"{name}.id", operator, value)]))
                    self.assertIn(lesson, lesson.search([(name, "=", False)]))
                    self.assertIn(lesson, lesson.search([(name, "not in", self.case.ids)]))
                    self.assertNotIn(lesson, lesson.search([(name, "!=", False)]))
                    groups = lesson.formatted_read_group(
                        [("id", "=", lesson.id)], [name], ["__count"]
                    )
                    self.assertFalse([g for g in groups if g[name]])

    def test_chatter_names_no_case(self):
        action = self.case.with_user(self.user_sales).action_make_lesson()
        lesson = self.lessons.browse(action["res_id"])
        bodies = " ".join(lesson.message_ids.mapped(lambda m: f"{m.body} {m.preview}"))
        self.assertNotIn(self.case.name, bodies)

    def test_companies(self):
        company = self._second_company()
        theirs = self._shelve([{"name": "Theirs", "company_id": company.id}])
        shared = self._shelve([{"name": "Shared", "company_id": False}])
        found = self.lessons.with_user(self.user_quality).search(
            [("id", "in", (theirs + shared).ids)]
        )
        self.assertEqual(found, shared)


@tagged("post_install", "-at_install")
class TestLessonDoors(LibraryCommon, HttpCase):
    """Pictures and sheets through the browser's doors."""

    def test_pictures_and_sheets(self):
        lesson, draft = self._published(), self._lesson()
        secret = self.env["complaint.lesson.picture"].create(
            {"lesson_id": draft.id, "image": make_picture("red")}
        )
        self.user_contributor.password = "not a secret 1"
        self.authenticate(self.user_contributor.login, "not a secret 1")
        with mute_logger("odoo.http"):
            sheet = "/report/html/complaint_management.report_lesson/"
            self.assertEqual(self.url_open(f"{sheet}{lesson.id}").status_code, 200)
            self.assertEqual(self.url_open(f"{sheet}{draft.id}").status_code, 403)
            response = self.url_open(f"/web/image/complaint.lesson.picture/{secret.id}/image")
            self.assertNotEqual(response.content[:3], b"\xff\xd8\xff")
