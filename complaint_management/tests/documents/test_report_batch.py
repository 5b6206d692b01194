from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DocumentsCommon


@tagged("post_install", "-at_install")
class TestReportBatch(DocumentsCommon):
    """Documents for many complaints: step by step, a bad one stops no other (R44)."""

    def _batch(self, complaints, user=None, **vals):
        batches = self.env["complaint.report.batch"].with_user(user or self.user_quality)
        return batches.with_context(
            active_model="complaint.complaint", active_ids=complaints.ids
        ).create(vals)

    def _run(self, batch):
        batch.action_start()
        steps = 1
        while batch.action_step():
            steps += 1
        return steps

    def _foreign(self):
        """:return: a colleague's complaint"""
        complaint = self._registered_complaint(user=self.user_sales2, user_id=self.user_sales2.id)
        return complaint.with_env(self.env)

    def test_many(self):
        complaints = self.env["complaint.complaint"].concat(*(self._case() for _x in range(7)))
        bad = complaints[2]
        bad.sudo()._write_trusted({"partner_id": False, "contact_id": False})
        batch = self._batch(complaints)
        self.assertEqual((batch.total, batch.progress), (7, 0))
        batch.action_start()
        self.assertTrue(batch.action_step())
        self.assertEqual((batch.finished, batch.state), (5, "running"))
        self.assertFalse(batch.action_step())
        self.assertEqual((batch.finished, batch.failed, batch.state), (7, 1, "done"))
        line = batch.line_ids.filtered(lambda x: x.complaint_id == bad)
        self.assertEqual(line.state, "failed")
        self.assertIn("has no customer", line.message)
        self.assertEqual(len((complaints - bad).report_ids), 6)
        self.assertEqual(
            self.env["complaint.report"].search(batch.action_open_reports()["domain"]),
            (complaints - bad).report_ids,
        )

    def test_again_goes_on_where_it_stopped(self):
        complaints = self.env["complaint.complaint"].concat(*(self._case() for _x in range(3)))
        complaints[0].with_user(self.user_quality).action_generate_report()
        edited = complaints[0].report_ids.section_ids[0]
        edited.with_user(self.user_quality).body = "Own words"
        self._approved(complaints[1])
        self._run(self._batch(complaints))
        self.assertEqual(edited.body, "Own words")
        self.assertEqual(len(complaints.report_ids), 3, "nothing twice")
        batch = self._batch(complaints)
        self._run(batch)
        self.assertEqual(batch.line_ids.mapped("state"), ["done", "kept", "done"])
        self.assertEqual(len(complaints.report_ids), 3)

    def test_as_each_customer_wants_it(self):
        complaint = self._case()
        self.env["complaint.report.profile"].create(
            {"name": "Hotel", "partner_id": self.customer.id, "kind": "letter"}
        )
        self._run(self._batch(complaint))
        self.assertEqual(complaint.report_ids.kind, "letter")
        self._run(self._batch(complaint, kind="feedback"))
        self.assertEqual(set(complaint.report_ids.mapped("kind")), {"letter", "feedback"})

    def test_only_what_one_may_edit(self):
        mine = self._case()
        foreign = self._foreign()
        batch = self._batch(mine | foreign, self.user_sales)
        self.assertEqual(batch.line_ids.complaint_id, mine)
        with self.assertRaisesRegex(UserError, "nothing to do"):
            self._batch(foreign, self.user_sales).action_start()

    def test_smuggled_complaints_are_refused(self):
        foreign = self._foreign()
        batch = self._batch(self._case(), self.user_sales)
        line = self.env["complaint.report.batch.line"].with_user(self.user_sales)
        line = line.create({"batch_id": batch.id, "complaint_id": foreign.id})
        self._run(batch)
        self.assertEqual(line.state, "failed")
        self.assertFalse(foreign.report_ids)

    def test_somebody_elses_batch(self):
        batch = self._batch(self._case())
        with self.assertRaises(AccessError):
            batch.with_user(self.user_sales).action_start()
