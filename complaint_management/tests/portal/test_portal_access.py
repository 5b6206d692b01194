import base64
import hashlib
import json
from datetime import timedelta

from odoo import Command, fields, http
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL, mute_logger

from ..security.fixtures import own_models
from .common import PASSWORD, PortalCommon
from .test_routes import describe, own_rules

# Stands in every text of the case that its customer may read …
HIS = "Xanadu"
# … and in every other text of it, which nobody outside may read.
OURS = "Zanzibar"
# What the customer reads of his case; all other texts are ours.
CUSTOMER_TEXTS = {
    "complaint.complaint": {
        "description",
        "customer_reference",
        "customer_order_ref",
        "place",
        "customer_confirmed_by",
    },
    "complaint.line": {"name", "lot_name"},
    "complaint.demand": {"name", "answer", "customer_remark", "customer_answered_by"},
    "complaint.demand.option": {"name", "description"},
    "complaint.evidence": {"name", "file_name"},
    "complaint.report": {"name", "signed_by", "pdf_name"},
}
# Texts something looks into: a made-up one would break the case, not betray anything.
TECHNICAL = {
    "access_token",
    "email_from",
    "intake_key",
    "lang",
    "name",
    "office_sha256",
    "pdf_sha256",
    "res_model",
    "version_hash",
}
METHODS = ("GET", "POST", "POST without CSRF")


@tagged("post_install", "-at_install")
class TestPortalAccess(PortalCommon, HttpCase):
    """Every route of ours × visitors × links × methods, taken from the routing map (T1, T2, T10).

    Nobody reads a word of somebody else's case, nobody outside reads ours, nothing changes but by
    who may answer, and nothing ends in an HTTP 500. A route another file adds is tried, too.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order(cls.customer2, client_order_ref=HIS)
        cls.case = cls._full_case()
        cls.ended = cls._full_case()
        cls.ended._write_trusted(
            {"state": "closed", "date_closed": fields.Datetime.now() - timedelta(days=91)}
        )
        cls.elsewhere = cls._complaint_of(cls.customer, cls.contact)
        for complaint in cls.case + cls.ended + cls.elsewhere:
            complaint._portal_ensure_token()
        cls.user_stranger.write({"password": PASSWORD})
        cls.env.flush_all()
        cls.env.invalidate_all()

    # ------------------------------------------------------------
    # A case with a mark in every text
    # ------------------------------------------------------------
    @classmethod
    def _full_case(cls):
        """A case of the second customer with one of each part, an offer and a document."""
        complaint = cls._complaint_of(
            cls.customer2,
            cls.portal_partner2,
            category_id=cls.category_simple.id,
            line_ids=[Command.create({"name": "Goods", "quantity_complained": 2})],
            evidence_ids=[
                Command.create(
                    {
                        "name": name,
                        "kind": "document",
                        "file": base64.b64encode(name.encode()),
                        "file_name": f"{name}.txt",
                        "customer_visible": name == HIS,
                    }
                )
                for name in (HIS, OURS)
            ],
        )
        complaint.demand_ids.option_ids = [Command.create({"name": "New ones"})]
        complaint.demand_ids.action_offer()
        cls._add_inside(complaint)
        sent, _draft = complaint.report_ids
        cls._mark(complaint)
        content = f"%PDF-1.4 {HIS}".encode()
        sent._write_trusted(
            {
                "state": "sent",
                "date_sent": fields.Datetime.now(),
                "pdf": base64.b64encode(content),
                "pdf_sha256": hashlib.sha256(content).hexdigest(),
                "pdf_name": f"{HIS}.pdf",
            }
        )
        # Beside what is marked by field: what is marked by its kind
        cls._set_texts(complaint.evidence_ids[1], ["name", "file_name"], OURS)
        return complaint

    @classmethod
    def _add_inside(cls, complaint):
        """What nobody outside sees: work, causes, promises, notes, drafts."""
        parent = {"complaint_id": complaint.id}
        user = cls.user_quality
        env = cls.env
        env["complaint.action"].create(
            {**parent, "name": "Do", "user_id": user.id, "deadline": fields.Date.today()}
        )
        env["complaint.cause"].create({**parent, "name": "Film", "operator_name": "X"})
        env["complaint.promise"].create(
            {
                **parent,
                "name": "Call",
                "deadline": fields.Datetime.now() + timedelta(days=1),
                "user_id": user.id,
            }
        )
        env["complaint.report"].create(
            [
                {**parent, "kind": "feedback", "partner_id": partner.id, "lang": "en_US"}
                for partner in (cls.portal_partner2, cls.customer)
            ]
        )
        complaint.message_post(body=OURS, message_type="comment")
        complaint.message_post(
            body=HIS,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=cls.portal_partner2.ids,
        )
        env["ir.attachment"].create(
            {"name": OURS, "raw": OURS, "res_model": complaint._name, "res_id": complaint.id}
        )

    @classmethod
    def _mark(cls, complaint):
        """Write the marks into every text of the case and its parts."""
        cls.env.flush_all()
        for name in own_models(cls.env):
            model = cls.env[name]
            if model._transient or not model._auto:
                continue
            if name == complaint._name:
                records = complaint
            elif "complaint_id" in model._fields and model._fields["complaint_id"].store:
                records = model.with_context(active_test=False).search(
                    [("complaint_id", "=", complaint.id)]
                )
            else:
                continue
            texts = [
                field.name
                for field in model._fields.values()
                if field.store and field.type in ("char", "text") and not field.translate
            ]
            for text in texts:
                shown = text in CUSTOMER_TEXTS.get(name, ())
                if shown or not (text in TECHNICAL or text.endswith("sha256")):
                    cls._set_texts(records, [text], HIS if shown else OURS)
        cls.env.invalidate_all()

    @classmethod
    def _set_texts(cls, records, names, mark):
        for name in names if records else ():
            cls.env.execute_query(
                SQL(
                    "UPDATE %s SET %s = %s || ' ' || id::text WHERE id IN %s RETURNING id",
                    SQL.identifier(records._table),
                    SQL.identifier(name),
                    mark,
                    tuple(records.ids),
                )
            )
        cls.env.invalidate_all()

    # ------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------
    def _links(self, complaint):
        """:return: dict kind of link → its parts in URL or form"""
        token, partner = complaint.access_token, self.portal_partner2
        signed = complaint._sign_token(partner.id)
        stranger = self.portal_partner
        return {
            "none": {},
            "right": {"access_token": token},
            "personal": {"access_token": token, "pid": partner.id, "hash": signed},
            "forged": {"access_token": token, "pid": partner.id, "hash": "0" * 64},
            "passed on": {
                "access_token": token,
                "pid": stranger.id,
                "hash": complaint._sign_token(stranger.id),
            },
            "foreign": {"access_token": self.elsewhere.access_token},
            "wrong": {"access_token": "0" * 36},
            "odd": {"access_token": "é\u2028", "pid": "é", "hash": "é"},
        }

    def _get_arguments(self, complaint):
        """:return: dict name of a route's argument → what the visitor tries"""
        return {
            "complaint_id": complaint.id,
            "demand_id": complaint.demand_ids[:1].id,
            "evidence_id": complaint.evidence_ids[:1].id,
            "report_id": complaint.report_ids.filtered(lambda r: r.state == "sent").id,
            "picking_id": self.order.picking_ids[:1].id,
            "order_id": self.order.id,
            "page": 1,
            "rate": 5,
        }

    def _get_form(self, complaint):
        """:return: dict of all that forms and requests of ours may carry"""
        return {
            "demand_id": complaint.demand_ids[:1].id,
            "option_id": complaint.demand_ids.option_ids[:1].id,
            "seen": complaint._get_customer_version(),
            "reason": "Not good",
            "remark": "Hm",
            "rating": "5",
            "days": "7",
            "order": self.order.id,
            "delivery": self.order.picking_ids[:1].id,
            "description": "Bad",
            "name": "Somebody",
            "signature": "R0lGODlhAQABAAAAACw=",
            "thread_model": complaint._name,
            "thread_id": complaint.id,
            "fetch_params": {"limit": 30},
        }

    def _get_url(self, rule, complaint):
        """:return: the route's address for this case; an argument nobody knows fails the test"""
        arguments = self._get_arguments(complaint)
        values = {}
        for name in rule.arguments:
            if name in arguments:
                values[name] = arguments[name]
            else:
                # A key of a link: none of his
                self.assertIn(rule._converters[name].__class__.__name__, ("UnicodeConverter",))
                values[name] = "x"
        _domain, path = rule.build(values, append_unknown=False)
        return path

    def _ask(self, rule, complaint, link, method):
        """:return: the answer to one request"""
        url, form = self._get_url(rule, complaint), self._get_form(complaint)
        if rule.endpoint.routing["type"] == "jsonrpc":
            if method == "GET":
                return self.url_open(url, allow_redirects=False)
            token = {"token": link["access_token"]} if link else {}
            params = {**form, **link, **(token if "chatter" in url else {})}
            return self.url_open(
                url,
                data=json.dumps({"jsonrpc": "2.0", "params": params}),
                headers={"Content-Type": "application/json"},
            )
        if method == "GET":
            query = {**link, "order": form["order"]}
            return self.opener.get(
                self.base_url() + url, params=query, allow_redirects=False, timeout=60
            )
        data = {**form, **link, "fetch_params": ""}
        if method == "POST":
            data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(url, data=data, allow_redirects=False)

    def _get_state(self, complaint):
        """:return: dict table → digest of all rows that belong to the case"""
        self.env.flush_all()
        return dict(self.env.execute_query(self._get_state_query(complaint)))

    def _get_state_query(self, complaint):
        """:return: ``SQL`` with one row a table: its name and a digest of the case's rows"""
        conditions = {}
        for name in own_models(self.env):
            model = self.env[name]
            if model._transient or not model._auto:
                continue
            column = "id" if name == complaint._name else "complaint_id"
            if column == "id" or (column in model._fields and model._fields[column].store):
                condition = SQL("%s = %s", SQL.identifier(column), complaint.id)
                conditions[model._table] = condition
        on_case = SQL("res_id = %s AND res_model = %s", complaint.id, complaint._name)
        for table in ("ir_attachment", "mail_followers", "mail_activity", "rating_rating"):
            conditions[table] = on_case
        on_thread = SQL("res_id = %s AND model = %s", complaint.id, complaint._name)
        conditions["mail_message"] = on_thread
        return SQL(" UNION ALL ").join(
            SQL(
                "SELECT %s, md5(coalesce(string_agg(t::text, '|' ORDER BY id), '')) "
                "FROM %s t WHERE %s",
                table,
                SQL.identifier(table),
                condition,
            )
            for table, condition in conditions.items()
        )

    def _get_methods(self, rule, is_strongest):
        """Which of ``METHODS`` are tried by one link.

        Core refuses a method a route does not know, and a form without its CSRF token, before
        anything looks at the link: by the visitor's strongest link all are tried, by the others
        those that reach the route.

        :return: tuple
        """
        if is_strongest:
            return METHODS
        routing = describe(rule)
        known = ("POST",) if routing["type"] == "jsonrpc" else routing["methods"]
        return tuple(m for m in METHODS if m in known or (known == ["ANY"]))

    # ------------------------------------------------------------
    # The test
    # ------------------------------------------------------------
    def _visit(self, login, complaint, links, may_read, may_answer):
        """Try every route as one visitor with each of ``links``.

        :param may_read: set of the links by which this visitor may read the case
        :param may_answer: set of those by which he may answer
        :return: tuple (routes at which he read of it, routes at which something changed)
        """
        read, changed = set(), set()
        self.authenticate(login, login and PASSWORD)
        before = self._get_state(complaint)
        rules = own_rules(self.env)
        strongest = next(kind for kind in ("personal", "right", "none") if kind in links)
        for kind, link in links.items():
            for rule in rules:
                for method in self._get_methods(rule, kind == strongest):
                    where = f"{login} {rule.rule} {kind} {method}"
                    answer = self._ask(rule, complaint, link, method)
                    text = answer.text + str(answer.headers)
                    self.assertLess(answer.status_code, 500, where)
                    self.assertNotIn(OURS, text, where)
                    if HIS in text:
                        self.assertIn(kind, may_read, where)
                        read.add(rule.rule)
                    if kind not in may_answer:
                        continue
                    after = self._get_state(complaint)
                    if after != before:
                        self.assertIn(
                            method,
                            ("POST", "POST without CSRF")
                            if describe(rule)["type"] == "jsonrpc"
                            else ("POST",),
                            where,
                        )
                        changed.add(rule.rule)
                        before = after
            if kind not in may_answer:
                # Nothing may change by any route: one look after all of them is enough
                after = self._get_state(complaint)
                tables = [name for name in after if after[name] != before[name]]
                self.assertFalse(tables, f"{login} {kind}: some route changed these")
        return read, changed

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.models")
    def test_strangers(self):
        """Neither without a link nor with a wrong one; a right one shows and changes nothing."""
        links = self._links(self.case)
        personal = links.pop("personal")
        shown = {"right", "forged", "passed on"}
        pages = {"/my/complaints/<int:complaint_id>", "/mail/chatter_fetch"}
        for login in (None, self.user_portal.login, self.user_stranger.login):
            read, changed = self._visit(login, self.case, links, shown, set())
            self.assertFalse(changed, login)
            if login is None:
                # Or it would prove nothing
                self.assertLessEqual(pages, read)
        _read, changed = self._visit(
            None, self.case, {"personal": personal}, {"personal"}, {"personal"}
        )
        self.assertIn("/my/complaints/<int:complaint_id>/accept", changed)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.models")
    def test_ended_link(self):
        """A link to a case that is over for long opens nothing, for nobody."""
        links = self._links(self.ended)
        # The others open nothing before the end either: test_strangers
        links = {kind: links[kind] for kind in ("right", "personal", "passed on")}
        for login in (None, self.user_portal.login):
            read, changed = self._visit(login, self.ended, links, set(), set())
            self.assertFalse(read | changed, login)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.models")
    def test_customer_himself(self):
        """He reads his words and nothing of ours; a link (GET) changes nothing for him either."""
        links = {"none": {}, "wrong": {"access_token": "0" * 36}}
        login = self.user_portal2.login
        read, changed = self._visit(login, self.case, links, set(links), set(links))
        own = "/my/complaints/<int:complaint_id>"
        self.assertLessEqual(
            {
                "/my/complaints",
                own,
                f"{own}/file/<int:evidence_id>",
                f"{own}/report/<int:report_id>",
            },
            read,
        )
        self.assertIn(f"{own}/accept", changed)
