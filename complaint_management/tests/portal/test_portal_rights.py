import base64

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.portal.complaint_customer_access import PORTAL_FIELDS
from .common import PortalCommon

QUIET = ("odoo.addons.base.models.ir_rule", "odoo.models", "odoo.addons.base.models.ir_access")


@tagged("post_install", "-at_install")
class TestPortalRights(PortalCommon):
    """A customer's contact reads his company's complaints, and of them what he said (T1, T3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls._complaint_of(cls.customer, cls.contact, subject="Outspoken title")
        cls.foreign = cls._complaint_of(cls.customer2, cls.portal_partner2)
        cls.complaints = cls.env["complaint.complaint"].with_user(cls.user_portal)

    def _seen(self, user=None):
        return self.complaints.with_user(user or self.user_portal).search([]).with_env(self.env)

    def test_own_company_only(self):
        self.assertEqual(self._seen() & (self.own + self.foreign), self.own)
        self.assertEqual(self._seen(self.user_portal2) & (self.own + self.foreign), self.foreign)
        with self.assertRaises(AccessError), mute_logger(*QUIET):
            self.foreign.with_user(self.user_portal).read(["name"])

    def test_complainant_sees_it_as_the_dealer_does(self):
        """The hotel complains about goods it bought from our dealer (R62)."""
        both = self._complaint_of(self.customer2, self.contact)
        self.assertIn(both, self._seen())
        self.assertIn(both, self._seen(self.user_portal2))
        named = self._complaint_of(self.customer2, complainant_id=self.customer.id)
        self.assertIn(named, self._seen())

    def test_no_draft_but_his_own(self):
        ours = self._complaint()
        his = self._complaint(user=None).with_env(self.env)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE complaint_complaint SET create_uid = %s WHERE id = %s",
            [self.user_portal.id, his.id],
        )
        self.env.invalidate_all()
        self.assertNotIn(ours, self._seen())
        self.assertIn(his, self._seen())
        his.active = False
        self.assertNotIn(his, self._seen())

    def test_other_companies_of_ours_stay_apart(self):
        self._second_company()
        theirs = self._complaint(company_id=self.company_2.id)
        theirs._write_trusted({"state": "registered"})
        self.assertNotIn(theirs, self._seen())

    def test_writes_nothing(self):
        for function in (
            lambda c: c.write({"place": "Hall"}),
            lambda c: c.unlink(),
            lambda c: c.browse().create({"description": "Bad"}),
            lambda c: c.action_cancel("No"),
            lambda c: c.action_close("accepted"),
        ):
            # AccessError is one, too; nobody at all deletes a registered complaint
            with self.assertRaises(UserError), mute_logger(*QUIET):
                function(self.own.with_user(self.user_portal))

    def test_fields_of_the_list_only(self):
        own = self.own.with_user(self.user_portal)
        self.assertEqual(set(own.fields_get()), PORTAL_FIELDS)
        self.assertEqual(set(own.read(list(PORTAL_FIELDS))[0]), PORTAL_FIELDS)
        self.assertEqual(own.read(["display_name"])[0]["display_name"], self.own.name)
        for name in self.own._fields.keys() - PORTAL_FIELDS:
            with self.subTest(field=name), self.assertRaises(AccessError), mute_logger(*QUIET):
                own.read([name])
        readable = own.read()[0]
        self.assertEqual(set(readable), PORTAL_FIELDS)

    @mute_logger(*QUIET)
    def test_no_door_tells_other_fields(self):
        """Neither what is searched for, nor the order, nor groups nor exports tell more."""
        self.user_portal.group_ids = [Command.link(self.env.ref("base.group_allow_export").id)]
        domain = [("id", "=", self.own.id)]
        doors = {
            "search": lambda: self.complaints.search([("subject", "ilike", "Outspoken")]),
            "search by path": lambda: self.complaints.search([("user_id.login", "!=", "x")]),
            "search_count": lambda: self.complaints.search_count([("severity", "=", "minor")]),
            # Fields that look for something else in their place
            "search by activities": lambda: self.complaints.search(
                [("activity_state", "in", ["overdue"])]
            ),
            "search by rating": lambda: self.complaints.search([("rating_avg", ">", 3)]),
            "order": lambda: self.complaints.search(domain, order="severity"),
            "search_read": lambda: self.complaints.search_read(domain, ["subject"]),
            "group": lambda: self.complaints.formatted_read_group(domain, ["user_id"]),
            "group by many": lambda: self.complaints.formatted_read_group(
                domain, ["concerned_user_ids"]
            ),
            "aggregate": lambda: self.complaints.formatted_read_group(domain, [], ["version:sum"]),
            "export": lambda: self.own.with_user(self.user_portal).export_data(["subject"]),
            "export by path": lambda: self.own.with_user(self.user_portal).export_data(
                ["user_id/login"]
            ),
            "web_read": lambda: self.own.with_user(self.user_portal).web_read(
                {"line_ids": {"fields": {"name": {}}}}
            ),
        }
        for name, door in doors.items():
            with self.subTest(door=name), self.assertRaises(AccessError):
                door()
        names = self.complaints.name_search("Outspoken", [("id", "=", self.own.id)])
        self.assertEqual(names, [])
        names = self.complaints.name_search(self.own.name)
        self.assertEqual(names, [(self.own.id, self.own.name)])

    def test_files_of_a_supplier_are_not_the_customers(self):
        """Suppliers have logins, too, and mails run as whoever sent them."""
        evidence = self.env["complaint.evidence"]
        his, suppliers = (
            evidence.with_user(user)
            .sudo()
            .create(
                {
                    "complaint_id": self.own.id,
                    "name": "Photo",
                    "kind": "document",
                    "file": base64.b64encode(b"film"),
                }
            )
            .with_env(self.env)
            for user in (self.user_portal, self.user_portal2)
        )
        self.assertEqual(self.own._get_customer_evidence() & (his + suppliers), his)

    def test_title_read_by_us_is_not_remembered_for_him(self):
        self.assertIn("Outspoken", self.own.display_name)
        self.assertEqual(self.own.with_user(self.user_portal).display_name, self.own.name)
        self.assertEqual(self.own.with_user(self.user_portal).sudo().display_name, self.own.name)


@tagged("post_install", "-at_install")
class TestPortalMessages(PortalCommon):
    """The customer reads what he wrote and what was written to him; no file beside (T2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls._complaint_of(cls.customer, cls.contact)
        cls.note = cls.own.message_post(body="NOTE: he always complains", message_type="comment")
        cls.log = cls.own._message_log(body="LOG of ours")
        cls.among_us = cls.own.message_post(
            body="AMONG US",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=cls.user_quality.partner_id.ids,
        )
        cls.from_supplier = cls.own.message_post(
            body="SUPPLIER",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=cls.portal_partner2.id,
        )
        cls.letter = cls.own.message_post(
            body="LETTER to you",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=cls.contact.ids,
            attachments=[("letter.txt", b"letter")],
        )
        cls.answer = cls.own.message_post(
            body="ANSWER of his",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=cls.contact.id,
        )
        cls.messages = (
            cls.note + cls.log + cls.among_us + cls.from_supplier + cls.letter + cls.answer
        )
        cls.env.flush_all()

    def test_messages_from_and_to_his_company(self):
        messages = self.env["mail.message"].with_user(self.user_portal)
        found = messages.search([("id", "in", self.messages.ids)])
        self.assertEqual(found.with_env(self.env), self.letter + self.answer)
        for message in self.messages - found:
            with self.assertRaises(AccessError), mute_logger(*QUIET, "odoo.addons.mail"):
                message.with_user(self.user_portal).read(["body"])
        self.assertTrue(self.letter.with_user(self.user_portal).read(["body"]))

    def test_files_of_the_case_are_internal(self):
        internal = self.env["ir.attachment"].create(
            {
                "name": "calculation.txt",
                "raw": b"costs",
                "res_model": self.own._name,
                "res_id": self.own.id,
            }
        )
        files = internal + self.letter.attachment_ids
        self.env.flush_all()
        # Whatever another app gives the portal: files of complaints stay closed
        self.env["ir.model.access"].create(
            {
                "name": "Portal reads files",
                "model_id": self.env["ir.model"]._get_id("ir.attachment"),
                "group_id": self.env.ref("base.group_portal").id,
                "perm_read": True,
            }
        )
        attachments = self.env["ir.attachment"].with_user(self.user_portal)
        self.assertFalse(attachments.search([("id", "in", files.ids)]))
        self.assertFalse(attachments.search([("res_model", "=", self.own._name)]))
        for file in files:
            with self.assertRaises(AccessError), mute_logger(*QUIET):
                file.with_user(self.user_portal).read(["name", "raw"])

    def test_files_of_a_letter_come_with_it(self):
        formatted = self.letter.with_user(self.user_portal).portal_message_format()
        self.assertEqual(formatted[0]["attachment_ids"][0]["name"], "letter.txt")
        self.assertTrue(formatted[0]["attachment_ids"][0]["raw_access_token"])
