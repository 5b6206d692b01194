from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ...models.registers.layout.request import TableRequest
from ..browser import BrowserCase
from .common import RegisterCommon


class TableTourCase(RegisterCommon, BrowserCase):
    """A press on a button of a list or a board, and what the server is asked for then."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._registered_complaint(subject="Rust")
        cls.user_manager.password = "manager-prints-tables-8"

    def _press(self, path, tour):
        """:return: list of the requests that came, one a button"""
        requests = []
        make = TableRequest.from_values

        def note(values):
            requests.append(make(values))
            return requests[-1]

        with patch.object(TableRequest, "from_values", note):
            self.start_tour(f"/odoo/{path}", tour, login=self.user_manager.login)
        return requests


@tagged("post_install", "-at_install")
class TestTableTour(TableTourCase):
    """What is printed says which filters it was chosen by, from a list as from a board."""

    browser_size = "1400x900"

    def test_filters_in_words(self):
        for path, filters in (
            ("complaint-register", ("In the Figures", "Received: ")),
            ("complaint-status", ("In Progress, or Received This Year",)),
        ):
            for view in ("list", "kanban"):
                with self.subTest(path=path, view=view):
                    url = f"{path}?view_type={view}"
                    requests = self._press(url, f"complaint_table_{view}")
                    self.assertEqual([each.format for each in requests], ["xlsx", "pdf"])
                    for request in requests:
                        self.assertEqual(len(request.filters), len(filters))
                        for words, start in zip(request.filters, filters, strict=True):
                            self.assertTrue(words.startswith(start), words)

    def test_months(self):
        """Months are chosen as months, and asked for by their first day."""
        (request,) = self._press("complaint-salespeople", "complaint_table_months")
        self.assertEqual(request.options["start"], f"{fields.Date.today().year}-01-01")
