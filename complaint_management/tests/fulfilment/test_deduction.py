from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .credit_common import CreditCommon


@tagged("post_install", "-at_install")
class TestDeduction(CreditCommon):
    """The customer's debit note: accepted, contested, split (R70)."""

    def _deduction(self, amount=60.0, claimed=100.0, number="DN-1", **vals):
        return self._request(
            kind="deduction",
            amount=amount,
            deduction_claimed=claimed,
            deduction_number=number,
            deduction_date=fields.Date.today(),
            **{"deduction_reason": "Two of the five boxes were whole.", **vals},
        )

    def test_the_accepted_part_is_credited(self):
        demand = self._deduction()
        self.assertEqual(demand.deduction_contested, 40.0)
        refund = self._credit(demand)
        self.assertEqual(refund.amount_total, 60.0)
        self.assertFalse(refund.invoice_line_ids.tax_ids)
        self.assertIn("DN-1", refund.invoice_line_ids.name)
        refund.action_post()
        self.assertEqual(demand.state, "done")

    def test_never_more_than_was_deducted(self):
        with self.assertRaises(ValidationError) as caught:
            self._deduction(amount=100.01, accept=False)
        self.assertIn("no more than that", str(caught.exception))
        demand = self._deduction(amount=100.0, accept=False)
        with self.assertRaises(ValidationError):
            demand.deduction_claimed = 90.0

    def test_what_is_contested_has_its_reason(self):
        demand = self._deduction(deduction_reason=False, accept=False)
        with self.assertRaisesRegex(UserError, "write for the customer why .*40"):
            demand.action_accept()
        demand.deduction_reason = "Two of the five boxes were whole."
        demand.action_accept()

    def test_accepted_wholly_needs_no_reason(self):
        self._deduction(amount=100.0, deduction_reason=False)

    def test_done_is_a_promise_too(self):
        demand = self._deduction(number=False, accept=False)
        with self.assertRaisesRegex(UserError, "number and amount"):
            demand.action_done()

    def test_without_a_customer_numbers_do_not_clash(self):
        complaint = self._complaint(partner_id=False, contact_id=False)
        demand = self.env["complaint.demand"].create(
            {
                "complaint_id": complaint.id,
                "kind": "deduction",
                "deduction_number": "DN-1",
                "deduction_claimed": 1.0,
            }
        )
        self.assertFalse(demand.deduction_key)

    def test_what_was_credited_names_its_debit_note_for_good(self):
        demand = self._deduction()
        self._credit(demand)
        with self.assertRaisesRegex(UserError, "Debit note number"):
            demand.deduction_number = "DN-2"

    def test_all_contested_is_a_refusal(self):
        demand = self._deduction(amount=0.0, accept=False)
        with self.assertRaisesRegex(UserError, "Where it is nothing, decline"):
            demand.action_accept()
        self.assertEqual(demand.deduction_contested, 100.0)

    def test_number_and_amount_are_known(self):
        demand = self._request(kind="deduction", amount=60.0, accept=False)
        with self.assertRaisesRegex(UserError, "number and amount"):
            demand.action_accept()

    def test_a_debit_note_is_answered_once(self):
        demand = self._deduction()
        with self.assertRaises(ValidationError) as caught:
            self._deduction(number=" dn-1", accept=False)
        self.assertIn(demand.complaint_id.name, str(caught.exception))
        self._deduction(number="DN-2", accept=False)
        demand.action_cancel()
        self._deduction(accept=False)

    def test_another_customer_may_use_the_number(self):
        self._deduction()
        other = self._registered_complaint(
            partner_id=self.customer2.id, contact_id=False
        ).demand_ids
        other.write({"remedy_kind": "deduction", "deduction_number": "DN-1"})
        self.assertTrue(other.deduction_key)

    def test_the_database_keeps_it_once(self):
        first = self._deduction()
        second = self._deduction(number="DN-2", accept=False)
        self.env.flush_all()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env.cr.execute(
                "UPDATE complaint_demand SET deduction_key = %s WHERE id = %s",
                (first.deduction_key, second.id),
            )

    def test_what_was_deducted_is_not_negative(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._deduction(amount=0.0, claimed=-1.0, accept=False)
            self.env.flush_all()

    def test_the_document_he_sent(self):
        demand = self._deduction(accept=False)
        demand.deduction_evidence_id = demand.complaint_id.evidence_ids[:1]
        other = self._deduction(number="DN-2", accept=False)
        with self.assertRaisesRegex(ValidationError, "another complaint"):
            other.deduction_evidence_id = demand.deduction_evidence_id
