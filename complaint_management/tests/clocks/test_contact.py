from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import ComplaintCommon

MORNING = "2026-03-03 08:00:00"
LATER = "2026-03-03 08:10:00"


@tagged("post_install", "-at_install")
class TestFirstAnswer(ComplaintCommon):
    """What counts as the first answer to the customer, and what does not (R11)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._registered_complaint(email_from="buyer@elsewhere.example.com")
        cls.own = cls.complaint.with_user(cls.user_sales)

    def _post(self, **kwargs):
        kwargs.setdefault("subtype_xmlid", "mail.mt_comment")
        kwargs.setdefault("partner_ids", self.contact.ids)
        return self.own.message_post(body="We look into it.", message_type="comment", **kwargs)

    def test_message_to_the_contact(self):
        with freeze_time(LATER):
            self._post()
        self.assertEqual(self.complaint.date_responded, fields.Datetime.to_datetime(LATER))

    def test_message_to_a_colleague_of_the_contact(self):
        self._post(partner_ids=self.portal_partner.ids)
        self.assertTrue(self.complaint.date_responded)

    def test_message_to_the_bare_address(self):
        """Who wrote by e-mail need not be a contact of ours."""
        self._post(partner_ids=[], outgoing_email_to="Buyer <buyer@elsewhere.example.com>")
        self.assertTrue(self.complaint.date_responded)

    def test_message_to_a_following_customer(self):
        self.complaint.message_subscribe(partner_ids=self.contact.ids)
        self._post(partner_ids=[])
        self.assertTrue(self.complaint.date_responded)

    def test_only_the_first_counts(self):
        with freeze_time(MORNING):
            self._post()
        with freeze_time(LATER):
            self._post()
        self.assertEqual(self.complaint.date_responded, fields.Datetime.to_datetime(MORNING))

    def test_internal_note_does_not_count(self):
        self._post(subtype_xmlid="mail.mt_note")
        self.assertFalse(self.complaint.date_responded)

    def test_message_to_colleagues_does_not_count(self):
        self._post(partner_ids=self.user_quality.partner_id.ids)
        self.assertFalse(self.complaint.date_responded)

    def test_message_to_somebody_else_does_not_count(self):
        """A carrier or supplier who is asked is not the customer."""
        self._post(partner_ids=self.customer2.ids)
        self.assertFalse(self.complaint.date_responded)

    def test_automatic_messages_do_not_count(self):
        for message_type in ("auto_comment", "notification", "out_of_office"):
            with self.subTest(message_type):
                self.own.message_post(
                    body="Received, thank you.",
                    message_type=message_type,
                    subtype_xmlid="mail.mt_comment",
                    partner_ids=self.contact.ids,
                )
                self.assertFalse(self.complaint.date_responded)

    def test_the_system_does_not_answer(self):
        root = self.env.ref("base.user_root")
        self.complaint.with_user(root).message_post(
            body="Received.",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.contact.ids,
        )
        self.assertFalse(self.complaint.date_responded)

    def test_the_customers_own_mail_does_not_count(self):
        self.complaint.message_subscribe(partner_ids=self.portal_partner.ids)
        self.complaint.message_post(
            body="Hurry up",
            message_type="email",
            author_id=self.contact.id,
            subtype_xmlid="mail.mt_comment",
        )
        self.assertFalse(self.complaint.date_responded)


@tagged("post_install", "-at_install")
class TestCalls(ComplaintCommon):
    """Calls and restating are one press each, and say who and when (R9, R11)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._registered_complaint()
        cls.own = cls.complaint.with_user(cls.user_sales)

    def test_one_press_logs_a_call(self):
        version = self.complaint.version
        with freeze_time(LATER):
            self.own.action_log_call()
        self.assertEqual(self.complaint.date_responded, fields.Datetime.to_datetime(LATER))
        message = self.complaint.message_ids[0]
        self.assertIn("we called", message.body)
        self.assertEqual(message.author_id, self.user_sales.partner_id)
        self.assertTrue(message.subtype_id.internal, "It is nobody's mail")
        self.assertFalse(self.complaint.date_restated)
        self.assertEqual(self.complaint.version, version, "Nobody's page became stale")

    def test_a_later_call_moves_no_stamp(self):
        with freeze_time(MORNING):
            self.own.action_log_call()
        with freeze_time(LATER):
            self.own.action_log_call("incoming", "He is <b>angry</b>")
        self.assertEqual(self.complaint.date_responded, fields.Datetime.to_datetime(MORNING))
        body = self.complaint.message_ids[0].body
        self.assertIn("the customer called", body)
        self.assertIn("&lt;b&gt;angry", body, "What was said is plain text")

    def test_draft_too(self):
        draft = self._complaint(user=self.user_sales)
        self.assertTrue(draft.can_log_call)
        draft.action_log_call()
        self.assertTrue(draft.date_responded)

    def test_restated_in_one_press(self):
        with freeze_time(LATER):
            self.own.action_log_restated()
        moment = fields.Datetime.to_datetime(LATER)
        self.assertEqual(self.complaint.date_restated, moment)
        self.assertEqual(self.complaint.date_responded, moment)
        self.assertEqual(self.complaint.restated_user_id, self.user_sales)
        self.assertIn("restated", self.complaint.message_ids[0].body.lower())

    def test_not_when_it_is_over(self):
        self.own.action_cancel("Mistake")
        self.assertFalse(self.own.can_log_call)
        for verb in ("action_log_call", "action_log_restated", "action_open_call"):
            with self.subTest(verb), self.assertRaises(UserError):
                getattr(self.own, verb)()

    def test_not_by_who_may_only_read(self):
        for user in (self.user_leadership, self.user_purchasing):
            reader = self.complaint.with_user(user)
            self.assertFalse(reader.can_log_call)
            with self.assertRaises(AccessError):
                reader.action_log_call()

    def test_unknown_direction(self):
        with self.assertRaises(UserError):
            self.own.action_log_call("sideways")

    def test_stamps_are_written_by_nobody(self):
        for name in ("date_restated", "date_responded"):
            with self.assertRaises(UserError):
                self.own.write({name: fields.Datetime.now()})
        with self.assertRaises(UserError):
            self.own.write({"restated_user_id": self.user_sales.id})

    # ------------------------------------------------------------
    # The wizard
    # ------------------------------------------------------------
    def _wizard(self, **vals):
        context = self.own.action_open_call()["context"]
        return (
            self.env["complaint.call.wizard"]
            .with_user(self.user_sales)
            .with_context(**context)
            .create(vals)
        )

    def test_wizard_with_nothing_filled(self):
        self._wizard().action_confirm()
        self.assertTrue(self.complaint.date_responded)
        self.assertFalse(self.complaint.promise_ids)

    def test_wizard_with_everything(self):
        deadline = fields.Datetime.now().replace(microsecond=0) + timedelta(hours=3)
        self._wizard(
            direction="incoming",
            said="Wants new ones",
            restated=True,
            promise="Call back",
            promise_deadline=deadline,
        ).action_confirm()
        self.assertTrue(self.complaint.date_restated)
        promise = self.complaint.promise_ids
        self.assertEqual((promise.name, promise.deadline), ("Call back", deadline))
        self.assertEqual(promise.user_id, self.user_sales)
        bodies = " ".join(self.complaint.message_ids.mapped("body"))
        self.assertIn("Wants new ones", bodies)
        self.assertIn("Call back", bodies)

    def test_half_a_promise_is_refused(self):
        for vals in ({"promise": "Call back"}, {"promise_deadline": fields.Datetime.now()}):
            with self.assertRaises(UserError):
                self._wizard(**vals).action_confirm()
            self.assertFalse(self.complaint.date_responded, "Nothing was logged")


@tagged("post_install", "-at_install")
class TestRestatingAction(ComplaintCommon):
    """The plan's action “restate” and the button answer each other (R9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category_quality.plan_id = cls.env["mail.activity.plan"].create(
            {"name": "Ring first", "res_model": "complaint.complaint", "company_id": False}
        )
        templates = cls.env["mail.activity.plan.template"].create(
            [
                {
                    "plan_id": cls.category_quality.plan_id.id,
                    "sequence": sequence,
                    "activity_type_id": cls.env.ref(
                        "complaint_management.mail_activity_type_action"
                    ).id,
                    "summary": summary,
                    "responsible_type": "complaint_salesperson",
                    "action_kind": kind,
                }
                for sequence, summary, kind in (
                    (1, "Block stock", "containment"),
                    (5, "Ring him up", "communication"),
                    (9, "Send the report", "communication"),
                )
            ]
        )
        cls.complaint = cls._registered_complaint()
        by_template = {action.template_id: action for action in cls.complaint.action_ids}
        cls.block, cls.restate, cls.send = (by_template[template] for template in templates)
        cls.own = cls.complaint.with_user(cls.user_sales)

    def test_button_finishes_the_action(self):
        self.own.action_log_restated()
        self.assertEqual(self.restate.state, "done")
        self.assertEqual(self.restate.done_by_id, self.user_sales)
        self.assertEqual((self.block.state, self.send.state), ("open", "open"))

    def test_wizards_tick_finishes_it_too(self):
        self.own.action_log_call(restated=True)
        self.assertEqual(self.restate.state, "done")

    def test_a_mere_call_does_not(self):
        self.own.action_log_call()
        self.assertEqual(self.restate.state, "open")

    def test_finished_action_stamps(self):
        """Who marks the action as done has talked to the customer, also from the activity."""
        self.restate.activity_id.with_user(self.user_sales).action_feedback("He agrees")
        self.assertTrue(self.complaint.date_restated)
        self.assertTrue(self.complaint.date_responded)
        self.assertEqual(self.complaint.restated_user_id, self.user_sales)

    def test_other_actions_stamp_nothing(self):
        self.send.with_user(self.user_sales).action_finish("Sent")
        self.assertFalse(self.complaint.date_restated)

    def test_twice_changes_nothing(self):
        with freeze_time(MORNING):
            self.own.action_log_restated()
        with freeze_time(LATER):
            self.own.action_log_restated()
        self.assertEqual(self.complaint.date_restated, fields.Datetime.to_datetime(MORNING))
