from odoo.tests import Form, tagged

from .credit_common import CreditCommon


@tagged("post_install", "-at_install")
class TestExecutionNote(CreditCommon):
    """The form says why an accepted request waits, and shows only what can still be done (R37)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._sold()

    def _fresh(self, demand):
        """The request as a form opened now reads it."""
        demand.invalidate_recordset()
        return demand

    def test_why_it_waits(self):
        demand = self._request(self._sold(invoiced=False))
        self.assertIn("is not invoiced yet", demand.execution_note)

    def test_nothing_where_it_can_go_on(self):
        demand = self._request(self.order, accept=False)
        self.assertFalse(demand.execution_note)
        demand.action_accept()
        self.assertTrue(demand.can_execute)
        self.assertFalse(demand.execution_note)

    def test_nothing_where_done_is_the_way(self):
        demand = self._request(self.order, kind="onsite")
        if demand._get_executor():
            demand.action_execute()
        self.assertFalse(self._fresh(demand).execution_note)

    def test_documents_under_way_and_done(self):
        demand = self._request(self.order)
        self.assertFalse(demand.has_documents)
        refund = self._credit(demand)
        demand = self._fresh(demand)
        self.assertTrue(demand.has_documents and demand.has_open_documents)
        self.assertFalse(demand.execution_note)
        self.assertFalse(demand.feasibility)
        self.assertFalse(demand.similar_cases)
        refund.action_post()
        demand = self._fresh(demand)
        self.assertEqual(demand.state, "done")
        self.assertTrue(demand.has_documents)
        self.assertFalse(demand.has_open_documents)

    def test_goods_carried_out_are_not_edited(self):
        demand = self._request(self.order)
        with Form(demand) as form, form.line_ids.edit(0) as line:
            line.quantity = 2.0
        self._credit(demand)
        with (
            self.assertRaisesRegex(AssertionError, "not editable"),
            Form(self._fresh(demand)) as form,
            form.line_ids.edit(0) as line,
        ):
            line.quantity = 1.0
