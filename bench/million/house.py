"""The house of the measurement: people, customers, goods, and some cases handled to their end.

These seeds are made through the public verbs, at the hours at which they are pretended to happen;
:mod:`multiply` makes a million of them. The peers' tickets and claims tell the same stories.
"""

import random
import time
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import Command

MODULE = "complaint_management"
CLOSED, OPEN = 40, 20
SALESPEOPLE, CUSTOMERS, PRODUCTS = 100, 20_000, 500
CATEGORIES = ("quality",) * 4 + (
    "packaging",
    "shortage",
    "shortage",
    "delivery",
    "price",
    "service",
)
DEFECTS = ("rust", "scratch", "stain", "dust", "box_damaged", "underweight")
WORDS = ("rusty", "scratched", "too few", "late", "wet", "bent", "wrong colour", "leaking", "torn")
# Where open cases stand: the verbs that were pressed.
STANDINGS = (
    (),
    ("register",),
    ("register", "plan"),
    ("register", "plan", "work"),
    ("register", "plan", "work", "resolve"),
)


class House:
    """Everything the seeds need, made once in an empty database."""

    def __init__(self, env):
        muted = {
            "no_reset_password": True,
            "tracking_disable": True,
            "mail_notify_force_send": False,
        }
        self.env = env(context={**env.context, **muted})
        self.random = random.Random(7)
        self.now = datetime.now().replace(microsecond=0)
        self.timings = {}

    def build(self):
        """Make people, customers and goods; then the seeds of all three addons."""
        self.env["ir.cron"].search([]).active = False
        self.salespeople = self._make_users("sales", SALESPEOPLE, "user", "group_sale_salesman")
        self.managers = self._make_users("manager", 10, "manager", "group_sale_salesman_all_leads")
        self.customers = self._make_customers()
        self.products = self.env["product.product"].create(
            [
                {"name": f"Article {n}", "type": "consu", "list_price": n, "default_code": f"A{n}"}
                for n in range(PRODUCTS)
            ]
        )
        self.team = self._make_team()
        self.orders = self._make_orders(60)
        self.complaints = [self._make_complaint(n) for n in range(CLOSED + OPEN)]
        self.tickets = [self._make_ticket(n) for n in range(CLOSED + OPEN)]
        self.claims = [self._make_claim(n) for n in range(CLOSED + OPEN)]
        self.env.cr.commit()  # ruff: ignore[invalid-commit]

    # ------------------------------------------------------------
    # People and goods
    # ------------------------------------------------------------
    def _make_users(self, name, count, ours, sales):
        """Users of one role; in the peer they have the role that corresponds."""
        peer = "group_helpdesk_user_own" if ours == "user" else "group_helpdesk_user"
        groups = [
            f"{MODULE}.group_complaint_{ours}",
            f"sales_team.{sales}",
            f"helpdesk_mgmt.{peer}",
        ]
        return self.env["res.users"].create(
            [
                {
                    "name": f"{name.capitalize()} {n}",
                    "login": f"bench_{name}_{n}",
                    # Hashing takes a second: only those who are measured log in
                    **({"password": f"bench_{name}_1"} if n == 1 else {}),
                    "email": f"{name}{n}@bench.example.com",
                    "notification_type": "inbox",
                    "tz": "UTC",
                    "group_ids": [Command.set([self.env.ref(group).id for group in groups])],
                }
                for n in range(count)
            ]
        )

    def _make_customers(self):
        self.env.cr.execute(
            """
            INSERT INTO res_partner (id, commercial_partner_id, name, complete_name, active,
                                     is_company, autopost_bills, partner_share, type, email,
                                     email_normalized)
            SELECT id, id, 'Customer ' || id, 'Customer ' || id, TRUE, TRUE, 'ask', TRUE, 'contact',
                   'c' || id || '@customer.example.com', 'c' || id || '@customer.example.com'
              FROM (SELECT nextval('res_partner_id_seq') AS id FROM generate_series(1, %s)) AS new
         RETURNING id
            """,
            [CUSTOMERS],
        )
        return self.env["res.partner"].browse(sorted(row[0] for row in self.env.cr.fetchall()))

    def _make_team(self):
        # A frozen PDF for each of a million cases is another measurement
        self.env["complaint.category"].search([]).needs_report = False
        functions = dict(self.env["complaint.team.function"]._fields["function"].selection)
        team = self.env["complaint.team"].create(
            {
                "name": "Bench",
                "sequence": -1,
                "user_id": self.managers[0].id,
                "resource_calendar_id": self.env.company.resource_calendar_id.id,
                "function_ids": [
                    Command.create({"function": key, "user_id": self.managers[n % 10].id})
                    for n, key in enumerate(functions)
                ],
            }
        )
        self.helpdesk_team = self.env["helpdesk.ticket.team"].create(
            {"name": "Bench", "user_ids": [Command.set((self.salespeople + self.managers).ids)]}
        )
        kinds = self.env["helpdesk.ticket.category"]
        self.helpdesk_categories = kinds.create([{"name": name} for name in set(CATEGORIES)])
        self.helpdesk_tags = self.env["helpdesk.ticket.tag"].create([{"name": w} for w in WORDS])
        self.claim_categories = self.env["crm.claim.category"].create(
            [{"name": name} for name in set(CATEGORIES)]
        )
        return team

    def _make_orders(self, count):
        """Orders of three articles, delivered a month ago."""
        orders = self.env["sale.order"].create(
            [
                {
                    "partner_id": self.customers[n * 7].id,
                    "user_id": self.salespeople[n % SALESPEOPLE].id,
                    "client_order_ref": f"PO-{n}",
                    "order_line": [
                        Command.create({"product_id": product.id, "product_uom_qty": 100})
                        for product in self.products[n : n + 3]
                    ],
                }
                for n in range(count)
            ]
        )
        with freeze_time(self.now - timedelta(days=40)):
            orders.action_confirm()
            for picking in orders.picking_ids:
                picking.move_ids.quantity = 100
                picking.move_ids.picked = True
                picking.button_validate()
        return orders

    # ------------------------------------------------------------
    # Cases
    # ------------------------------------------------------------
    def get_received(self, number):
        """:return: when case ``number`` came in (UTC); closed ones long enough ago to be closed"""
        first = 35 if number < CLOSED else 8
        day = self.now.replace(hour=7 + number % 9, minute=number % 60) - timedelta(days=first)
        return day + timedelta(days=number % 7)

    def get_pace(self, number):
        """:return: hours until each verb is pressed; some cases are too slow"""
        slow = 1 + 3 * (self.random.random() < 0.3)
        return [hours * slow for hours in (0.2, 20, 60, 90, 200)]

    def _make_complaint(self, number):
        """:return: id of a complaint brought as far as ``number`` says"""
        category = CATEGORIES[number % len(CATEGORIES)]
        pace = self.get_pace(number)
        received = self.get_received(number)
        order = self.orders[number % len(self.orders)]
        seller = order.user_id
        with freeze_time(received):
            complaint = self.env["complaint.complaint"].with_user(seller).browse()
            complaint = complaint.create_from_order(
                order.id, self._prepare_complaint(number, category)
            )
            complaint.line_ids[0].quantity_complained = 1 + number % 20
            complaint.line_ids[1:].unlink()
        steps = (
            STANDINGS[number % len(STANDINGS)] if number >= CLOSED else (*STANDINGS[-1], "close")
        )
        complaint = complaint.with_user(self.managers[0])
        for step, hours in zip(steps, pace, strict=False):
            with freeze_time(received + timedelta(hours=hours)):
                getattr(self, f"_{step}")(complaint.with_user(self.managers[0]))
                self.env.flush_all()
        self.env.cr.commit()  # ruff: ignore[invalid-commit]
        return complaint.id

    def _prepare_complaint(self, number, category):
        return {
            "description": f"The goods of the last delivery are {WORDS[number % len(WORDS)]}.",
            "category_id": self.env.ref(f"{MODULE}.category_{category}").id,
            "defect_id": self.env.ref(f"{MODULE}.defect_{DEFECTS[number % len(DEFECTS)]}").id,
            "team_id": self.team.id,
            "customer_reference": f"QN-{number}",
            "channel_id": self.env.ref(f"{MODULE}.channel_email").id,
            "demand_ids": [Command.create({"kind": ("explanation", "apology")[number % 2]})],
        }

    def _register(self, complaint):
        # What the categories ask for beyond the words is written as the form would have it
        complaint.line_ids.lot_name = f"L-{complaint.id}"
        self._answer_questions(complaint)
        complaint.evidence_ids.create(
            [
                {
                    "complaint_id": complaint.id,
                    "requirement_id": entry.id,
                    "kind": entry.kind or "photo",
                    "name": entry.name,
                    "missing_reason": "It follows",
                }
                for entry in complaint.missing_evidence_ids
            ]
        )
        complaint.action_register()
        complaint.action_log_call(said="We look into it", restated=True)

    def _answer_questions(self, complaint):
        """Whatever a category may ask of the complaint itself, with some value of its kind."""
        kinds = {"char": "Said", "text": "Said", "monetary": 10.0, "float": 10.0}
        names = {
            name
            for model, name in complaint.category_id._get_required_fields()
            if model == complaint._name and not complaint[name]
        }
        for name in names:
            field = complaint._fields[name]
            if field.type == "selection":
                complaint[name] = field.get_values(self.env)[0]
            elif field.type in ("date", "datetime"):
                complaint[name] = complaint.date_received
            else:
                complaint[name] = kinds[field.type]

    def _plan(self, complaint):
        complaint.plan_summary = "We replace the goods and look for the cause."
        complaint.action_release()

    def _work(self, complaint):
        open_actions = complaint.action_ids.filtered(lambda a: a.state not in ("done", "cancelled"))
        for action in open_actions.sudo()[: max(len(open_actions) - 1, 1)]:
            action.action_finish(note="Done")

    def _resolve(self, complaint):
        for action in complaint.action_ids.sudo():
            if action.state not in ("done", "cancelled"):
                action.action_finish(note="Done")
        if complaint.can_waive_investigation:
            complaint.action_waive_investigation("The supplier looks into it")
        complaint.point_ids.write({"finding": "confirmed"})
        for line in complaint.line_ids:
            line.quantity_confirmed = line.quantity_complained
        complaint.demand_ids.answer = "We are sorry, and say why"
        complaint.demand_ids.action_done()
        complaint.action_resolve()

    def _close(self, complaint):
        for action in complaint.action_ids.sudo():
            if action.state not in ("done", "cancelled"):
                action.action_finish(note="Done")
        complaint.action_close("accepted")

    # ------------------------------------------------------------
    # The peers' cases
    # ------------------------------------------------------------
    def _make_ticket(self, number):
        """The same story as a ticket: in, assigned, moved on, closed."""
        received, pace = self.get_received(number), self.get_pace(number)
        order = self.orders[number % len(self.orders)]
        stages = self.env["helpdesk.ticket.stage"].search([])
        closed = stages.filtered("closed")[:1]
        with freeze_time(received):
            ticket = self.env["helpdesk.ticket"].create(self.prepare_ticket(number, order))
        with freeze_time(received + timedelta(hours=pace[1])):
            ticket.stage_id = stages.filtered(lambda s: not s.closed)[number % 3]
            if number >= CLOSED:
                ticket.activity_schedule(
                    "mail.mail_activity_data_todo", user_id=order.user_id.id, summary="Answer"
                )
        if number < CLOSED:
            with freeze_time(received + timedelta(hours=pace[-1])):
                ticket.stage_id = closed
        self.env.cr.commit()  # ruff: ignore[invalid-commit]
        return ticket.id

    def prepare_ticket(self, number, order):
        """:return: dict of values of the ticket that tells what complaint ``number`` tells"""
        categories = self.helpdesk_categories
        return {
            "name": f"The goods are {WORDS[number % len(WORDS)]}",
            "description": f"<p>The last delivery is {WORDS[number % len(WORDS)]}.</p>",
            "partner_id": order.partner_id.id,
            "partner_name": order.partner_id.name,
            "partner_email": order.partner_id.email,
            "team_id": self.helpdesk_team.id,
            "user_id": order.user_id.id,
            "category_id": categories[number % len(categories)].id,
            "priority": str(number % 4),
            "tag_ids": [Command.set(self.helpdesk_tags[number % len(self.helpdesk_tags)].ids)],
        }

    def _make_claim(self, number):
        received = self.get_received(number)
        order = self.orders[number % len(self.orders)]
        categories = self.claim_categories
        with freeze_time(received):
            claim = self.env["crm.claim"].create(
                {
                    "name": f"The goods are {WORDS[number % len(WORDS)]}",
                    "description": f"The goods are {WORDS[number % len(WORDS)]}.",
                    "partner_id": order.partner_id.id,
                    "user_id": order.user_id.id,
                    "categ_id": categories[number % len(categories)].id,
                    "date": received,
                }
            )
        stages = self.env["crm.claim.stage"].search([])
        claim.stage_id = stages[-1] if number < CLOSED else stages[number % 2]
        self.env.cr.commit()  # ruff: ignore[invalid-commit]
        return claim.id


def timed(function, *arguments):
    """:return: ``(result, seconds)``"""
    start = time.perf_counter()
    result = function(*arguments)
    return result, time.perf_counter() - start
