from collections import Counter

from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestFilters(ComplaintCommon):
    """Who looks for a filter finds one of the name and label he means, in every search of ours."""

    def _get_searches(self):
        """:return: dict name of the view → list of its filters, with what extends it"""
        views = self.env["ir.ui.view"].search(
            [("type", "=", "search"), ("model", "=like", "complaint.%"), ("mode", "=", "primary")]
        )
        archs = {view.name: etree.fromstring(view.get_combined_arch()) for view in views}
        return {name: list(arch.iter("filter")) for name, arch in archs.items()}

    def test_each_name_is_of_one_filter(self):
        """``search_default_…`` switches on every filter of the name: all have to hold."""
        for view, filters in self._get_searches().items():
            with self.subTest(view=view):
                names = Counter(node.get("name") for node in filters)
                self.assertFalse([name for name, number in names.items() if number > 1])

    def test_each_label_is_of_one_filter(self):
        """Of the filters, and of what one groups by."""
        for view, filters in self._get_searches().items():
            for is_group in (False, True):
                labels = Counter(
                    node.get("string")
                    for node in filters
                    if ("group_by" in (node.get("context") or "")) == is_group
                )
                with self.subTest(view=view, is_group=is_group):
                    self.assertFalse([text for text, number in labels.items() if number > 1])

    def test_late_cases_of_the_mail(self):
        """The weekly mail's link shows every case past a deadline, not only one kind of it."""
        case = self._registered_complaint()
        clock = case.clock_ids.filtered(lambda c: c.kind == "response")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE complaint_clock SET state = 'breached', date_stopped = NULL,"
            " date_deadline = date_deadline - INTERVAL '1 year' WHERE id = %s",
            [clock.id],
        )
        self.env.invalidate_all()
        action = self.env.ref("complaint_management.complaint_complaint_action_late")
        self.assertIn("search_default_late", action.context)
        arch = self.env["complaint.complaint"].get_view(action.search_view_id.id, "search")["arch"]
        domain = []
        for node in etree.fromstring(arch).iter("filter"):
            if node.get("name") == "late":
                domain += safe_eval(node.get("domain"))
        self.assertIn(case, self.env["complaint.complaint"].search(domain))
