"""“Same case”: what the newer complaint leaves to the older one, and how it ends (R5, T16, T20)."""

import base64
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PNG, SamenessCommon


@tagged("post_install", "-at_install")
class TestMerge(SamenessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        day = fields.Datetime.now() - timedelta(days=2)
        cls.original = cls._about(
            user=cls.user_sales, product_id=cls.product.id, c_date_received=day
        )

    def _merge(self, complaint, other, user=None, **how):
        complaint = complaint.with_user(user or self.user_manager)
        action = complaint.action_same_case(other.id, confirmed=True, **how)
        self.env.invalidate_all()
        return self.env["complaint.complaint"].browse(action["res_id"])

    def _bodies(self, complaint):
        return "\n".join(complaint.sudo().message_ids.mapped("body"))

    def _newer(self, **vals):
        """A registered complaint of the same customer with all that can go over."""
        return self._about(
            user=self.user_sales,
            product_id=self.paint.id,
            lot_ids=[Command.link(self.lot.id)],
            c_description="The paint peels off,\neverywhere.",
            c_defect_id=self.defect_rust.id,
            **vals,
        )

    # ------------------------------------------------------------
    # A draft
    # ------------------------------------------------------------
    def test_draft_ends_as_duplicate(self):
        draft = self._draft_about(
            user=self.user_sales,
            product_id=self.paint.id,
            c_description="Again <b>peeling</b>",
            c_customer_reference="CL-77",
            c_demand_ids=[Command.create({"kind": "exchange", "name": "New paint"})],
        )
        version = self.original.version
        number = draft.name
        self.assertEqual(self._merge(draft, self.original, self.user_sales), self.original)
        self.assertEqual(
            (draft.state, draft.outcome, draft.duplicate_of_id, draft.name),
            ("closed", "duplicate", self.original, number),
        )
        self.assertTrue(draft.date_closed)
        self.assertFalse(draft.date_registered)
        self.assertEqual(self.original.line_ids.product_id, self.product + self.paint)
        self.assertEqual(self.original.customer_reference, "CL-77")
        self.assertIn("exchange", self.original.demand_ids.mapped("kind"))
        self.assertEqual(draft.demand_ids.state, "cancelled")
        self.assertGreater(self.original.version, version)
        # Both lead to the other; words are text, never markup
        self.assertIn(draft.name, self._bodies(self.original))
        self.assertIn("Again &lt;b&gt;peeling", self._bodies(self.original))
        self.assertIn(self.original.name, self._bodies(draft))

    def test_registered_goes_on_before_an_older_draft(self):
        """Nobody stops deadlines by writing a draft with an earlier date."""
        draft = self._draft_about(
            product_id=self.product.id,
            c_date_received=fields.Datetime.now() - timedelta(days=9),
        )
        self.assertEqual(self._merge(self.original, draft), self.original)
        self.assertEqual(draft.outcome, "duplicate")

    def test_goods_of_an_untouched_draft_are_ticked(self):
        older = self._draft_about(
            product_id=self.paint.id, sale_line_id=self.paint_line.id, quantity_complained=0.0
        )
        newer = self._draft_about(
            product_id=self.paint.id, sale_line_id=self.paint_line.id, quantity_complained=2.0
        )
        self._merge(newer, older)
        self.assertEqual(older.line_ids.quantity_complained, 2.0)
        self.assertEqual(newer.state, "closed")

    def test_draft_goes_back_to_a_draft(self):
        """Reopening is no way around review and gate (T16)."""
        draft = self._draft_about(user=self.user_sales, product_id=self.paint.id)
        self._merge(draft, self.original, self.user_sales)
        draft = draft.with_user(self.user_sales)
        self.assertTrue(draft.can_redraft)
        self.assertFalse(draft.can_reopen)
        draft.action_reopen("Another delivery")
        self.assertEqual(draft.state, "draft")
        self.assertFalse(draft.duplicate_of_id or draft.outcome or draft.date_closed)
        self.assertIn("Another delivery", self._bodies(draft))
        self.assertIn(f"{draft.name} is a case of its own again", self._bodies(self.original))

    # ------------------------------------------------------------
    # A registered complaint
    # ------------------------------------------------------------
    def test_evidence_keeps_its_bytes(self):
        newer = self._newer(
            c_evidence_ids=[
                Command.create(
                    {"name": "Peeling", "file": PNG, "file_name": "a.png", "customer_visible": True}
                ),
                Command.create({"name": "Form", "kind": "sample"}),
                Command.create({"name": "To come", "missing_reason": "Photo follows"}),
            ]
        )
        line = newer.line_ids
        newer.evidence_ids[0].line_id = line
        known = self.original.evidence_ids
        self._merge(newer, self.original)
        self.assertEqual(len(newer.evidence_ids), 3)
        photo, sample = self.original.evidence_ids - known
        self.assertEqual(base64.b64decode(photo.file), base64.b64decode(PNG))
        self.assertEqual((photo.name, photo.file_name, photo.kind), ("Peeling", "a.png", "photo"))
        self.assertTrue(photo.customer_visible)
        self.assertEqual(photo.line_id.complaint_id, self.original)
        self.assertEqual(photo.line_id.lot_ids, self.lot)
        self.assertEqual(sample.missing_reason, f"With {newer.name}")

    def test_same_file_comes_once(self):
        photo = {"name": "Peeling", "file": PNG, "file_name": "a.png"}
        self.env["complaint.evidence"].create({**photo, "complaint_id": self.original.id})
        count = len(self.original.evidence_ids)
        self._merge(self._newer(c_evidence_ids=[Command.create(photo)]), self.original)
        self.assertEqual(len(self.original.evidence_ids), count)

    def test_nothing_waits_for_anybody(self):
        newer = self._newer()
        action = self.env["complaint.action"].create(
            {
                "complaint_id": newer.id,
                "name": "Look at it",
                "kind": "preventive",
                "user_id": self.user_purchasing.id,
                "deadline": "2099-01-01",
            }
        )
        promise = self.env["complaint.promise"].create(
            {
                "complaint_id": newer.id,
                "name": "We call back",
                "deadline": fields.Datetime.now() + timedelta(days=1),
                "user_id": self.user_sales.id,
            }
        )
        newer.activity_schedule("mail.mail_activity_data_call", user_id=self.user_service.id)
        running = newer.clock_ids.filtered(lambda c: not c.date_stopped)
        self.assertTrue(running)
        self._merge(newer, self.original)
        self.assertEqual(action.state, "cancelled")
        self.assertEqual(action.completion_note, f"Same case as {self.original.name}")
        self.assertEqual(set(running.mapped("state")), {"cancelled"})
        self.assertFalse(newer.activity_ids)
        self.assertEqual(promise.state, "moved")
        moved = self.original.promise_ids
        self.assertEqual((moved.name, moved.deadline), (promise.name, promise.deadline))
        self.assertEqual(moved.state, "open")
        with self.assertRaisesRegex(UserError, "another complaint"):
            promise.action_keep()
        self.assertEqual(newer.round_ids.ending, "closed")
        self.assertEqual(newer.round_ids.closing_outcome, "duplicate")

    def test_late_deadline_stays_late(self):
        newer = self._newer()
        clock = newer.clock_ids[:1]
        clock.sudo()._write_clock({"state": "breached"})
        self._merge(newer, self.original)
        self.assertEqual(clock.state, "breached")

    def test_requests_are_asked(self):
        newer = self._newer(
            c_demand_ids=[
                Command.create({"kind": "exchange", "name": "New paint"}),
                Command.create({"kind": "cause_prevention"}),
            ]
        )
        self._merge(newer, self.original, take_requests=False)
        self.assertEqual(self.original.demand_ids.mapped("kind"), ["cause_prevention"])
        self.assertEqual(set(newer.demand_ids.mapped("state")), {"cancelled"})

    def test_customer_is_told_nothing(self):
        newer = self._newer()
        self.env.flush_all()
        before = self.env["mail.mail"].sudo().search([])
        self._merge(newer, self.original)
        mails = self.env["mail.mail"].sudo().search([]) - before
        outside = mails.recipient_ids.filtered("partner_share")
        self.assertFalse(outside | mails.filtered("email_to").recipient_ids)
        messages = (newer | self.original).sudo().message_ids
        self.assertFalse(messages.notified_partner_ids.filtered("partner_share"))
        self.assertFalse(newer.date_survey)

    def test_followers_who_may_read(self):
        newer = self._newer()
        service = self.user_service.partner_id
        stranger = self.user_stranger.partner_id
        newer.message_subscribe((service + stranger + self.contact + self.customer2).ids)
        self._merge(newer, self.original)
        partners = self.original.message_partner_ids
        self.assertIn(service, partners)
        self.assertIn(self.contact, partners)
        self.assertNotIn(stranger, partners)
        self.assertNotIn(self.customer2, partners)

    def test_graver_grade_counts(self):
        newer = self._newer(c_severity="critical")
        self.assertEqual(newer.severity, "critical")
        self.assertNotEqual(self.original.severity, "critical")
        self._merge(newer, self.original)
        self.assertEqual(self.original.severity, "critical")

    # ------------------------------------------------------------
    # Chains and the way back
    # ------------------------------------------------------------
    def test_chain_ends_at_the_root(self):
        second, third = self._newer(), self._newer()
        self._merge(second, self.original)
        self.assertEqual(self._merge(third, second), self.original)
        self.assertEqual(third.duplicate_of_id, self.original)
        oldest = self._about(
            product_id=self.product.id, c_date_received=fields.Datetime.now() - timedelta(days=30)
        )
        self.assertEqual(self._merge(self.original, oldest), oldest)
        self.assertEqual(second._get_root_case(), oldest)
        self.assertEqual(oldest.duplicate_count, 3)
        found = oldest.search(oldest.action_view_duplicates()["domain"])
        self.assertEqual(found, self.original | second | third)
        with self.assertRaisesRegex(UserError, "same complaint already"):
            self._merge(oldest, second)

    def test_reopened_is_a_case_of_its_own(self):
        newer = self._newer()
        self._merge(newer, self.original)
        newer.with_user(self.user_manager).action_reopen("Another batch after all")
        self.assertEqual((newer.state, newer.round), ("registered", 2))
        self.assertFalse(newer.duplicate_of_id or newer.outcome)
        self.assertEqual(self.original.duplicate_count, 0)
        self.assertTrue(newer.clock_ids.filtered(lambda c: not c.date_stopped))

    # ------------------------------------------------------------
    # Wizard and page
    # ------------------------------------------------------------
    def test_wizard_shows_and_asks(self):
        newer = self._newer(
            c_demand_ids=[Command.create({"kind": "exchange", "name": "New paint"})],
        ).with_user(self.user_manager)
        action = newer.action_same_case(self.original.id)
        wizard = self.env[action["res_model"]].with_user(self.user_manager).browse(action["res_id"])
        self.assertEqual((wizard.goes_on_id, wizard.duplicate_id), (self.original, newer))
        self.assertIn(self.customer.name, wizard.goes_on_label)
        self.assertEqual(wizard.goods, newer.line_ids.display_name)
        self.assertEqual(wizard.requests, "New paint")
        self.assertFalse(wizard.other_customers)
        self.original.plan_summary = "Changed meanwhile"
        with self.assertRaisesRegex(UserError, "Reload"):
            wizard.action_confirm()
        wizard.other_version = self.original.version
        self.assertEqual(wizard.action_confirm()["res_id"], self.original.id)
        self.assertEqual(newer.state, "closed")

    def test_customers_page_leads_on(self):
        newer = self._newer()
        self._merge(newer, self.original)
        page = newer.with_user(self.user_portal).sudo()._prepare_customer_page(self.contact)
        self.assertEqual(page["goes_on"]["number"], self.original.name)
        self.assertEqual(page["goes_on"]["url"], self.original.access_url)
        public = newer.with_user(self.env.ref("base.public_user")).sudo()
        page = public._prepare_customer_page(self.contact)
        self.assertEqual(page["goes_on"], {"number": self.original.name, "url": ""})
        page = public._prepare_customer_page(self.customer2)
        self.assertEqual(page["goes_on"], {"number": "", "url": ""})
        # Nothing there is asked or claimed of a case that was handled as another one
        self.assertFalse(page["steps"] or page["can_rate"] or page["requests"])
        page = self.original.sudo()._prepare_customer_page(self.contact)
        self.assertEqual(page["goes_on"], {})
        self.assertTrue(page["steps"])
        rendered = self.env["ir.qweb"]._render(
            "complaint_management.portal_complaint_head",
            {"case": newer.sudo()._prepare_customer_page(self.contact)},
        )
        self.assertIn(self.original.name, rendered)
