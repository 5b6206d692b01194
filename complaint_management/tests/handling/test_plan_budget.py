import logging
from unittest.mock import patch

from odoo.tests import tagged

from .common import HandlingCommon

_logger = logging.getLogger(__name__)


@tagged("post_install", "-at_install")
class TestPlanBudget(HandlingCommon):
    """Registering costs few queries, and a batch hardly more (issue 2, Speed)."""

    FIRST = 52
    FURTHER = 4

    def _drafts(self, number):
        vals = self._prepare_complaint_vals(
            category_id=self.category_quality.id,
            severity="major",
            line_ids=[(0, 0, self._prepare_line_vals())],
            demand_ids=[(0, 0, {"kind": "cause_prevention"})],
        )
        complaints = self.env["complaint.complaint"].with_user(self.user_sales)
        complaints = complaints.create([dict(vals) for _index in range(number)])
        self.env.flush_all()
        self.env.cr.flush()
        self.env.invalidate_all()
        return complaints

    def _count(self, number):
        """Queries of registering ``number`` complaints, mails left out, caches warm."""
        complaints = self._drafts(number)
        model = type(complaints)
        with (
            patch.object(model, "_mail", lambda *_args: None),
            patch.object(model, "_queue_automatic", lambda *_args: None),
        ):
            before = self.env.cr.sql_log_count
            complaints.action_register()
            self.env.flush_all()
            self.env.cr.flush()
            return self.env.cr.sql_log_count - before

    def test_register(self):
        self._count(2)  # fill caches of configuration
        one = min(self._count(1), self._count(1))  # whatever else is read once is not counted
        many = self._count(11)
        _logger.info("Registering: %s queries, %s for eleven", one, many)
        self.assertLessEqual(one, self.FIRST)
        self.assertLessEqual((many - one) / 10, self.FURTHER)

    def test_finish_costs_no_query_per_action_beyond_core(self):
        complaint = self._bare_complaint()
        actions = self.Action.browse()
        for index in range(12):
            actions += self._action(complaint, name=f"Check {index}")
        actions[0].action_finish("Warm")
        self.env.flush_all()

        def count(records):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.with_user(self.user_quality).action_finish("Done")
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        one, ten = count(actions[1]), count(actions[2:12])
        # Core posts a message per activity; ours adds nothing that grows.
        self.assertLess((ten - one) / 9, one / 3)
