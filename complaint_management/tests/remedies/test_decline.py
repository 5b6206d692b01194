from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ...models.remedies.complaint_demand import DEMAND_KINDS
from ...models.remedies.complaint_demand_decline import ALTERNATIVES
from ..common import ComplaintCommon

WHY = "The lot was dry when it left us."
INSTEAD = "We repair the tips at cost price."


@tagged("post_install", "-at_install")
class TestDecline(ComplaintCommon):
    """A request is declined with a reason and another way, and both are told (R12, R41, R51)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._registered_complaint()
        cls.demand = cls.complaint.demand_ids.with_user(cls.user_sales)

    def _wizard(self):
        action = self.demand.action_decline()
        self.assertEqual(action["res_model"], "complaint.decline.wizard")
        wizard = self.env[action["res_model"]].with_user(self.user_sales)
        return wizard.browse(action["res_id"])

    # ------------------------------------------------------------
    # Both texts
    # ------------------------------------------------------------
    def test_without_words_it_asks(self):
        self._wizard()
        self.assertEqual(self.demand.state, "open")

    def test_words_given(self):
        self.demand.action_decline(WHY, INSTEAD, "not_justified")
        self.assertEqual(self.demand.state, "declined")
        self.assertTrue(self.demand.date_answered)
        self.assertEqual(
            (self.demand.answer, self.demand.alternative, self.demand.decline_reason),
            (WHY, INSTEAD, "not_justified"),
        )

    def test_words_written_before(self):
        self.demand.write({"answer": WHY, "alternative": INSTEAD})
        self.demand.action_decline()
        self.assertEqual(self.demand.state, "declined")

    def test_half_the_words_are_refused(self):
        for answer, alternative, message in (
            (WHY, None, "what we offer instead"),
            (WHY, "  ", "what we offer instead"),
            (None, INSTEAD, "Write our answer"),
        ):
            with self.subTest(answer=answer, alternative=alternative):
                with self.assertRaisesRegex(UserError, message), self.cr.savepoint():
                    self.demand.action_decline(answer, alternative)
                self.assertEqual(self.demand.state, "open")

    def test_what_cannot_be_declined_does_not_ask(self):
        self.demand.action_done()
        with self.assertRaisesRegex(UserError, "cannot be changed that way"):
            self.demand.action_decline()

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_others_decline_nothing(self):
        for user in (self.user_sales2, self.user_contributor, self.user_portal):
            with self.assertRaises(AccessError):
                self.demand.with_user(user).action_decline(WHY, INSTEAD)

    def test_a_changed_alternative_counts_a_version(self):
        """The customer's page is stale then (T17)."""
        self.demand.action_decline(WHY, INSTEAD)
        before = (self.complaint.version, self.complaint._get_customer_version())
        self.demand.alternative = "We come and look"
        after = (self.complaint.version, self.complaint._get_customer_version())
        self.assertNotEqual(before[0], after[0])
        self.assertNotEqual(before[1], after[1])

    # ------------------------------------------------------------
    # Wizard
    # ------------------------------------------------------------
    def test_wizard_declines_and_opens_the_letter(self):
        with Form(self._wizard()) as form:
            form.reason = "other"
            form.answer = WHY
            form.alternative = INSTEAD
            wizard = form.save()
        action = wizard.action_confirm()
        self.assertEqual(self.demand.state, "declined")
        self.assertEqual(action["res_model"], "mail.compose.message")
        template = self.env["mail.template"].browse(action["context"]["default_template_id"])
        self.assertEqual(template, self.env.ref("complaint_management.mail_template_decline"))

    def test_wizard_asks_for_both(self):
        wizard = self._wizard()
        wizard.answer = WHY
        with self.assertRaises(UserError):
            wizard.action_confirm()

    def test_a_proposal_is_written_and_own_words_stay(self):
        with Form(self._wizard()) as form:
            form.proposal = "visit"
            self.assertIn("look at it together", form.alternative)
            form.proposal = "explain"
            self.assertIn("in person", form.alternative)
            form.alternative = INSTEAD
            form.proposal = "visit"
            self.assertEqual(form.alternative, INSTEAD)
            form.reason = "other"
            form.answer = WHY

    def test_every_kind_has_proposals(self):
        known = dict(ALTERNATIVES)
        texts = self.demand._get_alternative_texts()
        self.assertEqual(set(texts), set(known))
        for kind, _label in DEMAND_KINDS:
            demand = self.demand.create({"complaint_id": self.complaint.id, "kind": kind})
            keys = demand._get_alternatives()
            self.assertTrue(keys and set(keys) <= set(known), kind)
            self.assertIn("explain", keys, "Explaining is always possible.")

    def test_the_reason_is_guessed_from_the_findings(self):
        guess = self.demand._guess_decline_reason
        self.assertFalse(guess())
        self.complaint.line_ids._write_trusted({"warranty_end": "2020-01-01", "in_warranty": False})
        self.assertEqual(guess(), "out_of_guarantee")
        self.complaint.validity = "not_justified"
        self.assertEqual(guess(), "not_justified")
        self.complaint.responsibility = "customer"
        self.assertEqual(guess(), "own_fault")
        self.assertEqual(self.demand._get_alternatives()[0], "advice")

    # ------------------------------------------------------------
    # What the customer reads
    # ------------------------------------------------------------
    def test_told_everywhere(self):
        self.demand.action_decline(WHY, INSTEAD, "beyond_limits")
        complaint = self.complaint
        template = self.env.ref("complaint_management.mail_template_decline")
        page = complaint._prepare_customer_page(self.contact)["requests"][0]
        self.assertEqual((page["answer"], page["alternative"]), (WHY, INSTEAD))
        told = {
            "letter": str(template._render_field("body_html", complaint.ids)[complaint.id]),
            "chat": complaint._get_chat_text("decline"),
            "documents": complaint._get_print_requests()[0]["answer"],
        }
        for where, text in told.items():
            with self.subTest(where=where):
                self.assertIn(WHY, text)
                self.assertIn(INSTEAD, text)
                self.assertNotIn("more than we can", text.lower())

    def test_an_alternative_of_a_former_refusal_is_not_told(self):
        self.demand.action_decline(WHY, INSTEAD)
        self.demand.action_reopen()
        self.demand.write({"answer": "New ones"})
        self.demand.action_accept()
        page = self.complaint._prepare_customer_page(self.contact)["requests"][0]
        self.assertFalse(page["alternative"])
        self.assertNotIn(INSTEAD, self.complaint._get_print_requests()[0]["answer"])
