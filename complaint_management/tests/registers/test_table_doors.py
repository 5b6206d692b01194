import io
import json

from lxml import etree
from openpyxl import load_workbook
from pypdf import PdfReader

from odoo import Command, http
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...models.registers import complaint_table
from ...models.registers.complaint_table_output import TableTime
from .common import RegisterCommon, read_rows

REGISTER = "complaint.table.register"


@tagged("post_install", "-at_install")
class TestTableDoors(RegisterCommon, HttpCase):
    """Who gets a table, with what in it, and what is said to those who do not (T3, T10)."""

    def _fetch(self, login, **values):
        """:return: response to a request for a file"""
        self.authenticate(login, login)
        return self._post(json.dumps({"table": REGISTER, "format": "xlsx", **values}))

    def _post(self, data):
        form = {"data": data, "csrf_token": http.Request.csrf_token(self)}
        return self.url_open("/complaint/table", data=form)

    def _numbers(self, response):
        self.assertEqual(response.status_code, 200, response.text[:500])
        book = load_workbook(io.BytesIO(response.content))
        return [row["Number"] for row in read_rows(book.worksheets[0], "Number")]

    def _message(self, response):
        self.assertEqual(response.status_code, 422)
        return json.loads(response.text.replace("&#34;", '"'))["data"]["message"]

    def test_cards_have_the_doors_of_the_list(self):
        """On a phone one gets the same files, with the filters in words."""
        doors = {}
        for kind in ("list", "kanban"):
            name = f'js_class="complaint_table_{kind}"'
            for view in self.env["ir.ui.view"].search([("arch_db", "like", name)]):
                buttons = etree.fromstring(view.arch_db).xpath("./header/button/@name")
                doors.setdefault((view.model, tuple(buttons)), []).append(kind)
        self.assertGreaterEqual(len(doors), 3)
        for (model, buttons), kinds in doors.items():
            with self.subTest(model=model, buttons=buttons):
                self.assertEqual(sorted(kinds), ["kanban", "list"])

    def test_ticked_rows(self):
        first, second = self._registered_complaint(), self._registered_complaint()
        self._registered_complaint()
        ids = [second.id, first.id]
        self.assertEqual(
            self._numbers(self._fetch(self.user_manager.login, ids=ids)), [first.name, second.name]
        )

    def test_all_of_the_search(self):
        complaint = self._registered_complaint(subject="Purple elephants")
        self._registered_complaint()
        response = self._fetch(
            self.user_manager.login, domain=[["subject", "ilike", "purple"]], filters=["Purple"]
        )
        self.assertEqual(self._numbers(response), [complaint.name])
        text = str(list(load_workbook(io.BytesIO(response.content)).active.values))
        self.assertIn("Filters: Purple", text)
        self.assertIn("made by Manager", text)
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertEqual(response.headers["Cache-Control"], "no-store")

    def test_only_what_he_may_read(self):
        """Somebody else's cases are in no table, ticked or searched (T3)."""
        own = self._registered_complaint(user_id=self.user_sales2.id)
        other = self._registered_complaint(user_id=self.user_sales.id)
        login = self.user_sales2.login
        ids = [own.id, other.id]
        self.assertEqual(self._numbers(self._fetch(login, ids=ids)), [own.name])
        domain = [["id", "in", ids]]
        self.assertEqual(self._numbers(self._fetch(login, domain=domain)), [own.name])

    def test_other_companies(self):
        """Companies not chosen are left out, foreign ones refused (T4)."""
        company = self._second_company()
        here = self._registered_complaint()
        there = self._complaint(company_id=company.id, user_id=False)
        ids = [here.id, there.id]
        login = self.user_manager.login
        self.assertEqual(self._numbers(self._fetch(login, ids=ids)), [here.name])
        self.assertEqual(self._fetch(login, ids=ids, companies=[company.id]).status_code, 422)
        self.user_manager.company_ids = [Command.link(company.id)]
        chosen = [self.company.id, company.id]
        found = self._numbers(self._fetch(login, ids=ids, companies=chosen))
        self.assertEqual(set(found), {here.name, there.name})
        found = self._numbers(self._fetch(login, ids=ids, companies=[company.id]))
        self.assertEqual(found, [there.name])

    def test_contributors_and_strangers(self):
        complaint = self._registered_complaint()
        for user in (self.user_contributor, self.user_stranger):
            with self.subTest(user=user.name):
                response = self._fetch(user.login, ids=complaint.ids)
                self.assertIn("may not print", self._message(response))
        self.authenticate(self.user_portal.login, self.user_portal.login)
        values = {"table": REGISTER, "format": "xlsx", "ids": complaint.ids}
        self.assertIn("may not print", self._message(self._post(json.dumps(values))))
        for verb in ("action_register_xlsx", "action_register_pdf"):
            with self.assertRaises(AccessError):
                getattr(complaint.with_user(self.user_contributor), verb)()

    @mute_logger(complaint_table.__name__, "odoo.sql_db")
    def test_what_cannot_be_meant(self):
        """Never an error of the server (T10)."""
        self.authenticate(self.user_manager.login, self.user_manager.login)
        requests = [
            "",
            "{",
            "[" * 100000,
            "[]",
            "null",
            {"table": "res.partner"},
            {"table": "complaint.table"},
            {"table": "no.such"},
            {"table": ["x"]},
            {"format": "exe"},
            {"ids": "1"},
            {"ids": [True]},
            {"ids": [[1]]},
            {"domain": "[]"},
            {"domain": [["no_such_field", "=", 1]]},
            {"domain": [["id", "~~", 1]]},
            {"domain": ["&"]},
            {"domain": ["&", "|"] * 5000 + [["subject", "=", "x"]] * 10001},
            {"domain": [["date_received", ">", "yesterday-ish"]]},
            {"domain": [["subject", "=", "a\x00b"]]},
            {"domain": [["demand_ids.similar_id.x", "=", 1]]},
            {"filters": 5},
            {"companies": [10**9]},
        ]
        for values in requests:
            data = values
            if isinstance(values, dict):
                data = json.dumps({"table": REGISTER, "format": "xlsx", **values})
            with self.subTest(values=str(values)[:60]):
                response = self._post(data)
                self.assertEqual(response.status_code, 422, response.text[:300])
        # Without a word of what is wanted, too
        form = {"csrf_token": http.Request.csrf_token(self)}
        self.assertEqual(self.url_open("/complaint/table", data=form).status_code, 422)

    def test_numbers_that_are_nobodys(self):
        for values in ({"ids": [10**30]}, {"domain": [["id", "=", 10**30]]}):
            self.assertEqual(self._numbers(self._fetch(self.user_manager.login, **values)), [None])

    def test_pdf(self):
        complaint = self._full_case()
        response = self._fetch(self.user_manager.login, format="pdf", ids=complaint.ids)
        self.assertEqual(response.status_code, 200)
        # Tests do without the engine
        self.assertIn("Packed while damp", response.text)

    def test_engine(self):
        complaints = self._full_case() + self._full_case(description="字" * 1000)
        table = self.env[REGISTER].with_user(self.user_manager)
        table = table.with_context(force_report_rendering=True)
        content, name = table._make_file(self._request(REGISTER, "pdf", complaints))
        self.assertTrue(name.endswith(".pdf"))
        pages = PdfReader(io.BytesIO(content)).pages
        self.assertGreater(pages[0].mediabox.width, pages[0].mediabox.height)
        self.assertLess(len(pages), 4)
        for number, page in enumerate(pages, 1):
            text = " ".join(page.extract_text().split())
            self.assertIn(f"Page {number} / {len(pages)}", text)
            self.assertIn("Cause analysis", text)

    def test_time_of_the_engine(self):
        """More rows, more time, never more than a request has; nobody's context asks for more."""
        report = self.env["ir.actions.report"]
        limit = report._get_complaint_seconds(1)
        seconds = [TableTime(rows).seconds for rows in (1, 200, 2000)]
        self.assertEqual(seconds, sorted(seconds))
        self.assertLess(seconds[-1], 120)
        granted = report.with_context(complaint_table_time=TableTime(2000))
        self.assertEqual(granted._get_complaint_seconds(1), seconds[-1])
        forged = report.with_context(complaint_table_time={"seconds": 9999})
        self.assertEqual(forged._get_complaint_seconds(1), limit)
        late = [each._get_complaint_late_message(report, 5) for each in (granted, forged)]
        for words in ("fewer rows", "the workbook"):
            self.assertIn(words, late[0])
            self.assertNotIn(words, late[1])

    def test_core_address_has_no_table(self):
        with self.assertRaises(UserError):
            self.env["ir.actions.report"].with_user(self.user_manager)._render_qweb_html(
                "complaint_management.report_table", [], data={"table": "x"}
            )

    def test_too_many(self):
        complaints = self._registered_complaint() + self._registered_complaint()
        self.patch(complaint_table, "LIMITS", {"pdf": 1, "xlsx": 1})
        for file_format in ("pdf", "xlsx"):
            response = self._fetch(self.user_manager.login, format=file_format, ids=complaints.ids)
            self.assertIn("1 rows at most", self._message(response))

    def test_all_ticked_at_once(self):
        """The client names so many records and no more; then the search is what is meant."""
        complaints = self._registered_complaint() + self._registered_complaint()
        self.env["ir.config_parameter"].set_param("web.active_ids_limit", "2")
        asked = {"active_domain": [["id", ">", 0]], "complaint_table_filters": ["All"]}
        button = complaints.with_user(self.user_manager).with_context(**asked)
        params = button.action_register_xlsx()["params"]
        self.assertEqual((params["ids"], params["domain"]), ([], [["id", ">", 0]]))
        unfiltered = button.with_context(active_domain=[]).action_register_xlsx()["params"]
        self.assertEqual((unfiltered["ids"], unfiltered["domain"]), ([], []), "all there are")
        params = button[:1].action_register_xlsx()["params"]
        self.assertEqual(params["ids"], complaints[:1].ids)
        params = button.browse().action_register_pdf()["params"]
        self.assertEqual((params["format"], params["ids"]), ("pdf", []))
        self.assertEqual(params["filters"], ["All"])
