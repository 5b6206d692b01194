from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.documents.complaint_sample import SAMPLE_TRANSITIONS
from .common import DocumentsCommon

STATES = (False, "requested", "received", "inspected", "returned")


@tagged("post_install", "-at_install")
class TestSample(DocumentsCommon):
    """Custody of a sample: who had it, where, from when (R8)."""

    def setUp(self):
        super().setUp()
        self.env.company.complaint_acknowledge = False  # no other mail than the request
        self.complaint = self._registered_complaint(user=self.user_sales)
        self.sample = self._sample()

    def _sample(self, complaint=None, **vals):
        evidence = self.env["complaint.evidence"].with_user(self.user_sales)
        complaint = complaint or self.complaint
        return evidence.create(
            {"complaint_id": complaint.id, "kind": "sample", "name": "Screwdriver", **vals}
        )

    def _press(self, step, sample=None):
        sample = sample or self.sample
        if step == "requested":
            return sample.action_sample_requested()
        return getattr(sample, f"action_sample_{step}")(f"Place {step}")

    def test_every_step_from_every_state(self):
        for state in STATES:
            for step, (sources, target) in SAMPLE_TRANSITIONS.items():
                with self.subTest(state=state, step=step):
                    sample = self._sample()
                    sample._write_trusted({"sample_state": state})
                    self.assertEqual(sample[f"can_sample_{step}"], state in sources)
                    if state in sources:
                        self._press(step, sample)
                        self.assertEqual(sample.sample_state, target or state)
                    else:
                        with self.assertRaises(UserError):
                            self._press(step, sample)

    def test_only_a_sample_is_handed_around(self):
        photo = self._sample(kind="photo")
        self.assertFalse(photo.can_sample_received)
        with self.assertRaises(UserError):
            photo.action_sample_received("Office")

    def test_the_way_is_recorded(self):
        self.sample.action_sample_requested("Please in its box")
        self.sample.action_sample_received("Gate", "Porter", "sealed, 2 pieces")
        self.sample.with_user(self.user_quality).action_sample_passed("Laboratory", "Dr. Test")
        self.sample.with_user(self.user_quality).action_sample_inspected("Laboratory", note="Rust")
        self.sample.action_sample_returned("With the customer")
        moves = self.sample.sample_move_ids.sorted("id")
        self.assertEqual(
            moves.mapped("step"), ["requested", "received", "passed", "inspected", "returned"]
        )
        self.assertEqual(
            moves.mapped("place"),
            [False, "Gate", "Laboratory", "Laboratory", "With the customer"],
        )
        self.assertEqual(moves[1].holder, "Porter")
        self.assertEqual(moves.user_id, self.user_sales + self.user_quality)
        self.assertEqual(self.sample.sample_place, "With the customer")

    def test_without_a_place_comes_the_wizard(self):
        action = self.sample.action_sample_received()
        wizard = self.env[action["res_model"]].with_user(self.user_sales).browse(action["res_id"])
        self.assertFalse(self.sample.sample_state)
        wizard.write({"place": "Cabinet 3", "note": "sealed"})
        wizard.action_confirm()
        self.assertEqual(
            (self.sample.sample_state, self.sample.sample_place), ("received", "Cabinet 3")
        )
        with self.assertRaises(UserError, msg="pressed twice"):
            wizard.action_confirm()

    def test_dates_leave_no_gap(self):
        now = fields.Datetime.now()
        self.sample.action_sample_received("Gate", date=now - timedelta(hours=5))
        with self.assertRaisesRegex(UserError, "custody has no gaps"):
            self.sample.action_sample_inspected("Lab", date=now - timedelta(hours=6))
        with self.assertRaisesRegex(UserError, "custody has no gaps"):
            self.sample.action_sample_inspected("Lab", date=now + timedelta(hours=1))
        self.sample.action_sample_inspected("Lab", date=now - timedelta(hours=4))
        self.assertEqual(
            self.sample.sample_move_ids.sorted("id")[-1].date, now - timedelta(hours=4)
        )

    def test_nobody_rewrites_custody(self):
        self.sample.action_sample_received("Gate")
        move = self.sample.sample_move_ids
        for user in (self.user_sales, self.user_quality, self.user_admin):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                move.with_user(user).place = "Elsewhere"
            with self.subTest(user=user.login), self.assertRaises(UserError):
                move.with_user(user).unlink()
        with self.assertRaises(UserError):
            move.sudo().date = fields.Datetime.now()
        with self.assertRaises(UserError):
            self.sample.sample_state = "returned"
        with self.assertRaises(UserError):
            self.sample.sample_place = "Elsewhere"
        with self.assertRaises(AccessError):
            move.with_user(self.user_admin).create(
                {
                    "complaint_id": self.complaint.id,
                    "evidence_id": self.sample.id,
                    "step": "returned",
                    "user_id": self.user_quality.id,
                }
            )

    def test_readers_take_no_step(self):
        for user in (self.user_leadership, self.user_sales2):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.sample.with_user(user).action_sample_received("My desk")

    def test_recorded_with_the_complaint(self):
        sample = self._sample(sample_state="received", sample_place="Shelf", kind="photo")
        self.assertEqual((sample.kind, sample.sample_state), ("sample", "received"))
        self.assertEqual(sample.sample_move_ids.place, "Shelf")
        with self.assertRaises(UserError):
            self._sample(sample_state="returned")

    def test_goes_back_after_the_case_is_over(self):
        self.sample.action_sample_received("Gate")
        self.complaint.with_user(self.user_manager).action_cancel("Entered twice")
        self.sample.action_sample_returned("With the customer")
        self.assertEqual(self.sample.sample_state, "returned")
        late = self.env["complaint.evidence"].create(
            {"complaint_id": self._draft().id, "kind": "sample"}
        )
        late.complaint_id.with_user(self.user_manager).action_cancel("Entered twice")
        with self.assertRaises(UserError):
            late.action_sample_requested()

    def _draft(self):
        return self._complaint(user=self.user_sales, category_id=self.category_simple.id)

    # ------------------------------------------------------------
    # Asking the customer
    # ------------------------------------------------------------
    def _mails(self, complaint):
        return (
            self.env["mail.mail"]
            .search([("model", "=", complaint._name), ("res_id", "=", complaint.id)])
            .filtered(lambda mail: self.contact in mail.recipient_ids)
        )

    def test_request_is_mailed_once_registered(self):
        self.assertFalse(self._mails(self.complaint))
        self.sample.action_sample_requested()
        self.assertIn("sample", self._mails(self.complaint).body_html)

    def test_request_in_a_draft_waits_for_registration(self):
        draft = self._draft()
        self._sample(draft, sample_state="requested")
        self.assertTrue(draft.sample_awaited)
        self.assertFalse(self._mails(draft))
        draft.action_register()
        self.assertEqual(len(self._mails(draft)), 1)

    def test_request_is_announced(self):
        told = []
        self.patch(
            self.env.registry["complaint.complaint"],
            "_announce",
            lambda complaints, event, *args, **kwargs: told.append((event, complaints)),
        )
        self.sample.action_sample_requested()
        self.assertIn(("sample_requested", self.complaint), told)
