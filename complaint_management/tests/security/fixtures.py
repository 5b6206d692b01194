r"""Records and roles for the access tests, and the two expectation files beside this module.

The files are reviewed line by line; after a wanted change rewrite them with::

    COMPLAINT_WRITE_EXPECTATIONS=1 python3 -m launcher quick mydb --no-tests
    COMPLAINT_WRITE_EXPECTATIONS=1 python3 -m launcher quick mydb --update \
        --tags /complaint_management:TestAccessMatrix,/complaint_management:TestRpcSurface

and read the difference: every line of it is a right somebody gained or lost.
"""

import json
import os
from datetime import timedelta
from pathlib import Path

from odoo import Command, fields

from ...models.complaint.complaint_state_guard import TRUSTED
from ..common import ComplaintCommon

MODULE = "complaint_management"
HERE = Path(__file__).parent
# The smallest picture there is.
PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    b"gg=="
)
# From the smallest to the largest; the public and the portal have none of our rights.
ROLES = (
    "public",
    "portal",
    "stranger",
    "contributor",
    "sales",
    "service",
    "quality",
    "leadership",
    "manager",
    "admin",
)


def read_expectations(name):
    """:return: the content of an expectation file, empty where it is to be written"""
    path = HERE / name
    return json.loads(path.read_text()) if path.exists() else {}


def write_expectations(name, content):
    """Rewrite an expectation file, when the environment asks for it.

    :return: whether it was rewritten
    """
    if not os.environ.get("COMPLAINT_WRITE_EXPECTATIONS"):
        return False
    text = json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False)
    (HERE / name).write_text(text + "\n")
    return True


def own_models(env):
    """:return: names of the models this addon defines, without abstract ones"""
    return sorted(
        name
        for name, model in env.registry.items()
        if model._original_module == MODULE and not model._abstract
    )


class SecurityCommon(ComplaintCommon):
    """Three complaints with all their parts: a draft, one's own, and somebody else's.

    ``draft`` and ``own`` are of the role user *sales*; in *own* the contributor has an action.
    ``other`` is a colleague's, of the same team.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category = cls.category_simple
        cls.cases = {
            "draft": cls._case(cls.user_sales, cls.user_purchasing, register=False),
            "own": cls._case(cls.user_sales, cls.user_contributor),
            "other": cls._case(cls.user_sales2, cls.user_purchasing),
        }
        # What the user *sales* wrote, in three states of its life
        cls.library = {
            state: cls._library(cls.user_sales, state) for state in ("draft", "review", "published")
        }
        cls.library["concerned"] = cls._concerned_library()

    @classmethod
    def _library(cls, author, state, company=None):
        """:return: dict model → record of one lesson with what belongs to the case library"""
        company = company or cls.company
        trusted = cls.env["complaint.lesson"].with_user(author).sudo()
        trusted = trusted.with_context(complaint_transition=TRUSTED)
        vals = cls._prepare_library_vals("complaint.lesson", company=company)
        lesson = trusted.create({**vals, "state": state}).with_env(cls.env)
        pictures = cls.env["complaint.lesson.picture"].with_context(complaint_transition=TRUSTED)
        records = {
            "complaint.lesson": lesson,
            "complaint.lesson.picture": pictures.create(
                cls._prepare_library_vals("complaint.lesson.picture", lesson)
            ).with_env(cls.env),
        }
        # Only what is published is taught
        shelf = lesson if state == "published" else lesson.browse()
        for model in ("complaint.lesson.tag", "complaint.training", "complaint.training.attendee"):
            vals = cls._prepare_library_vals(
                model, shelf, company, records.get("complaint.training")
            )
            records[model] = cls.env[model].create(vals)
        return records

    @classmethod
    def _concerned_library(cls):
        """:return: as of :meth:`_library`, a lesson of a case about people of every role"""
        people = [getattr(cls, f"user_{role}").id for role in ROLES[3:]]
        case = cls._complaint(user_id=cls.user_sales2.id, concerned_user_ids=[Command.set(people)])
        records = cls._library(cls.user_sales, "review")
        records["complaint.lesson"]._write_trusted({"source_ids": [Command.set(case.ids)]})
        return records

    @classmethod
    def _prepare_library_vals(cls, model, lesson=None, company=None, training=None):
        """Values of one more part of the case library."""
        company = {"company_id": (company or cls.company).id}
        return {
            "complaint.lesson": {"name": "Wet cartons rust", "problem": "Rust", **company},
            "complaint.lesson.picture": {
                "lesson_id": lesson.id if lesson else False,
                "name": "Rusty tip",
                "image": PIXEL,
            },
            "complaint.lesson.tag": {"name": "Rust", **company},
            "complaint.training": {
                "lesson_ids": lesson.ids if lesson else [],
                "name": "Loading",
                **company,
            },
            "complaint.training.attendee": {
                "training_id": training.id if training else False,
                "name": "Paula Packer",
            },
        }[model]

    @classmethod
    def _case(cls, salesperson, assignee, register=True, **vals):
        """:return: dict model -> record of one complaint with one of each part"""
        complaint = cls._complaint(
            **{
                "user_id": salesperson.id,
                "team_id": cls.team.id,
                "category_id": cls.category.id,
                "defect_id": cls.defect_billing.id,
                "line_ids": [Command.create(cls._prepare_line_vals())],
                "demand_ids": [Command.create({"kind": "credit", "name": "Pay 1,000"})],
                "evidence_ids": [Command.create({"name": "Photo", "missing_reason": "None"})],
                **vals,
            }
        )
        if register:
            complaint.action_register()
        case = {
            "complaint.complaint": complaint,
            "complaint.line": complaint.line_ids[:1],
            "complaint.demand": complaint.demand_ids[:1],
            "complaint.evidence": complaint.evidence_ids[:1],
            "complaint.round": complaint.round_ids[:1],
        }
        case.update(cls._get_clock_parts(complaint))
        for model in (
            "complaint.action",
            "complaint.cause",
            "complaint.digest.item",
            "complaint.mail.kept",
            "complaint.promise",
            "complaint.report",
            "complaint.member",
            "complaint.comparison",
            "complaint.containment.check",
            "complaint.document.revision",
            "complaint.expense",
        ):
            case[model] = cls.env[model].create(cls._prepare_part_vals(model, complaint, assignee))
        # What the case cost: one row a cost item, here that of the expense
        case["complaint.analysis.cost"] = cls.env["complaint.analysis.cost"].search(
            [("complaint_id", "=", complaint.id)]
        )
        case.update(cls._get_register_parts(complaint, assignee))
        # Its figures: rows have the ids of the parts; a draft counts nowhere
        for part in ("clock", "action", "promise"):
            case[f"complaint.analysis.{part}"] = cls.env[f"complaint.analysis.{part}"].search(
                [("id", "in", case[f"complaint.{part}"].ids)]
            )
        case.update(cls._get_goods_figures(complaint))
        case["complaint.demand.option"] = cls.env["complaint.demand.option"].create(
            cls._prepare_part_vals("complaint.demand.option", complaint, assignee)
        )
        case["complaint.demand.line"] = cls.env["complaint.demand.line"].create(
            cls._prepare_part_vals("complaint.demand.line", complaint, assignee)
        )
        # What is approved stays as it is: last
        case["complaint.approval"] = cls._approval(complaint, assignee)
        case["complaint.sample.move"] = cls._sample_move(complaint)
        case["complaint.point"] = complaint.point_ids[:1] or cls.env["complaint.point"].create(
            cls._prepare_part_vals("complaint.point", complaint, assignee)
        )
        case["complaint.escalation"] = cls.env["complaint.escalation"]._record(
            [cls._prepare_part_vals("complaint.escalation", complaint, assignee)]
        )
        case.update(cls._get_closing_parts(complaint))
        case.update(cls._get_learning_parts(case))
        versions = cls.env["complaint.plan.version"]
        if complaint.round_ids:
            versions = versions.create(
                cls._prepare_part_vals("complaint.plan.version", complaint, assignee)
            )
        case["complaint.plan.version"] = versions
        report = case["complaint.report"]
        case["complaint.report.section"] = report.section_ids[:1] or cls.env[
            "complaint.report.section"
        ].create(cls._prepare_part_vals("complaint.report.section", complaint, assignee, report))
        return case

    @classmethod
    def _get_register_parts(cls, complaint, assignee):
        """:return: rows of the registers about ``complaint``; drafts stand in none"""
        measures = cls.env["complaint.analysis.measure"]
        people = cls.env["complaint.analysis.salesperson"]
        status = cls.env["complaint.analysis.status"].search([("id", "=", complaint.id)])
        if complaint.round_ids:
            # Nobody's: whoever has one action in the case has no second one
            vals = cls._prepare_part_vals("complaint.action", complaint, assignee.browse())
            action = cls.env["complaint.action"].create({**vals, "kind": "preventive"})
            measures = measures.search([("action_id", "=", action.id)])
            complaint._write_trusted({"satisfaction": "4"})
            people = people.search(
                [("user_id", "=", complaint.user_id.id), ("team_id", "=", complaint.team_id.id)]
            )
        return {
            "complaint.analysis.measure": measures,
            "complaint.analysis.salesperson": people,
            "complaint.analysis.status": status,
        }

    @classmethod
    def _get_learning_parts(cls, case):
        """:return: what the job finds: here the complaint speaks against its own measure"""
        complaint, action = case["complaint.complaint"], case["complaint.action"]
        vals = cls._prepare_part_vals("complaint.repetition", complaint, cls.user_quality)
        rows = cls.env["complaint.contradiction"]._record([(action, complaint)])
        repetition = cls.env["complaint.repetition"]._make([vals])
        return {"complaint.contradiction": rows, "complaint.repetition": repetition}

    @classmethod
    def _get_goods_figures(cls, complaint):
        """:return: rows of the figures about goods, money and repurchase, after one piece was found
        to be bad of what the customer ordered once; drafts have none
        """
        line = complaint.line_ids[:1]
        line.quantity_confirmed = 1
        orders = cls.env["sale.order"]
        if complaint.partner_id not in orders.search(
            [("company_id", "=", line.company_id.id)]
        ).mapped("partner_id"):
            order = orders.with_company(line.company_id).create(
                {"partner_id": complaint.partner_id.id, "company_id": line.company_id.id}
            )
            order.write(
                {"state": "sale", "date_order": complaint.date_received - timedelta(days=9)}
            )
        cls.env.flush_all()
        own = [("complaint_id", "=", complaint.id)]
        shipped = [("company_id", "=", line.company_id.id), ("product_id", "=", line.product_id.id)]
        domains = {
            "complaint.analysis.goods": own,
            "complaint.analysis.demand": own,
            "complaint.analysis.repurchase": own,
            "complaint.analysis.ppm": shipped,
        }
        return {
            model: cls.env[model].search(domain if complaint.is_counted else [(0, "=", 1)], limit=1)
            for model, domain in domains.items()
        }

    @classmethod
    def _get_closing_parts(cls, complaint):
        """:return: a correction and a reminder, which code alone writes; drafts have none"""
        corrections = cls.env["complaint.correction"]
        reminders = cls.env["complaint.reminder"]
        if complaint.round_ids:
            corrections = complaint._correct("description", "Other words", "Mistyped")
            vals = {"complaint_id": complaint.id, "round_id": complaint.round_ids[:1].id}
            reminders = reminders.create({**vals, "level": 1, "way": "mail"})
        return {"complaint.correction": corrections, "complaint.reminder": reminders}

    @classmethod
    def _approval(cls, complaint, user):
        """:return: an approval asked for, which verbs alone write"""
        approvals = cls.env["complaint.approval"].with_context(complaint_transition=TRUSTED)
        vals = cls._prepare_part_vals("complaint.approval", complaint, user)
        variants = complaint.demand_ids[:1]._get_promise_variants()
        return approvals.create({**vals, "variants": variants}).with_env(cls.env)

    @classmethod
    def _sample_move(cls, complaint):
        """:return: custody of one more sample of ``complaint``, which verbs alone write"""
        sample = cls.env["complaint.evidence"].create(
            {"complaint_id": complaint.id, "kind": "sample", "sample_state": "received"}
        )
        return sample.sample_move_ids

    @classmethod
    def _get_clock_parts(cls, complaint):
        """:return: a deadline with an entry in its log, which verbs write; drafts have none"""
        clock = complaint.clock_ids.filtered(lambda c: c.kind == "plan")
        clock._log_event("recalculated")
        return {"complaint.clock": clock, "complaint.clock.event": clock.event_ids[:1]}

    @classmethod
    def _prepare_part_vals(cls, model, complaint, user, report=None):
        """Values of one more part of ``complaint``; a new model without any fails the tests."""
        parent = {"complaint_id": complaint.id}
        partner = complaint.partner_id or cls.customer
        return {
            "complaint.complaint": {
                "description": "Wrong",
                "partner_id": partner.id,
                "company_id": complaint.company_id.id,
            },
            "complaint.line": {**parent, "name": "Goods", "quantity_complained": 1},
            "complaint.demand": {**parent, "kind": "apology"},
            "complaint.demand.option": {
                "demand_id": complaint.demand_ids[:1].id,
                "name": "The money back",
            },
            "complaint.demand.line": {
                "demand_id": complaint.demand_ids[:1].id,
                "product_id": cls.product.id,
            },
            "complaint.approval": {
                **parent,
                "demand_id": complaint.demand_ids[:1].id,
                "kind": "credit",
                "content": "Pay 1,000",
                "requested_by_id": user.id,
                "date_requested": fields.Datetime.now(),
            },
            "complaint.point": {**parent, "words": "It is late, too"},
            "complaint.evidence": {**parent, "name": "Photo", "missing_reason": "None"},
            "complaint.escalation": {
                **parent,
                "level_id": cls.env.ref(f"{MODULE}.escalation_level_1").id,
                "level": 1,
                "reason": "round",
            },
            "complaint.round": {**parent, "number": 99},
            "complaint.clock": {
                **parent,
                "round_id": complaint.round_ids[:1].id,
                "kind": "report",
                "date_start": fields.Datetime.now(),
                "date_deadline": fields.Datetime.now(),
            },
            "complaint.clock.event": {
                **parent,
                "clock_id": complaint.clock_ids[:1].id,
                "kind": "extended",
            },
            "complaint.sample.move": {
                **parent,
                "evidence_id": complaint.evidence_ids[:1].id,
                "step": "received",
                "user_id": user.id,
            },
            "complaint.plan.version": {
                **parent,
                "round_id": complaint.round_ids[:1].id,
                "number": 90 + len(complaint.plan_version_ids),
            },
            "complaint.correction": {
                **parent,
                "res_model": "complaint.complaint",
                "res_id": complaint.id,
                "field_name": "place",
                "field_label": "Where",
                "reason": "Forged",
            },
            "complaint.reminder": {
                **parent,
                "round_id": complaint.round_ids[:1].id,
                "level": 90 + len(complaint.reminder_ids),
                "way": "mail",
            },
            "complaint.mail.kept": {
                **parent,
                "name": "Torn napkins",
                "reason": "error",
                "company_id": complaint.company_id.id,
                "team_id": complaint.team_id.id,
            },
            "complaint.contradiction": {
                **parent,
                "action_id": complaint.action_ids[:1].id,
                "new_complaint_id": complaint.id,
            },
            "complaint.repetition": {
                "company_id": complaint.company_id.id,
                # Of each product's defect there is one; all other parts can do without
                "product_id": model == "complaint.repetition"
                and cls._product(name="Again and again").id,
                "defect_id": cls.defect_rust.id,
                "complaint_ids": [Command.set(complaint.ids)],
            },
            "complaint.digest.item": {**parent, "event": "registered", "user_id": user.id},
            "complaint.promise": {
                **parent,
                "name": "Call back",
                "deadline": fields.Datetime.now() + timedelta(days=1),
                "user_id": user.id,
            },
            "complaint.action": {
                **parent,
                "name": "Look into it",
                "user_id": user.id,
                "deadline": fields.Date.today(),
            },
            "complaint.cause": {
                **parent,
                "name": "Bad film",
                "operator_name": "Somebody",
                "penalty": "50",
            },
            "complaint.member": {**parent, "name": "Lea Leader"},
            "complaint.expense": {**parent, "name": "Courier", "amount": 12.5},
            "complaint.analysis.cost": {**parent, "document": "Forged"},
            "complaint.analysis.measure": {**parent, "name": "Forged"},
            "complaint.analysis.salesperson": {"user_id": user.id},
            "complaint.analysis.status": {**parent, "name": "Forged"},
            "complaint.analysis.clock": {**parent, "kind": "plan"},
            "complaint.analysis.action": {**parent, "name": "Forged"},
            "complaint.analysis.promise": {**parent, "name": "Forged"},
            "complaint.analysis.goods": {**parent, "lot_name": "Forged"},
            "complaint.analysis.ppm": {"quantity_delivered": 1e9},
            "complaint.analysis.demand": {**parent, "amount_granted": 1e9},
            "complaint.analysis.repurchase": {**parent, "order_count": 1},
            "complaint.comparison": {**parent, "observed": "Lower layers"},
            "complaint.containment.check": {**parent, "action": "Sorted"},
            "complaint.document.revision": {**parent, "name": "CP-12"},
            "complaint.report": {
                **parent,
                "kind": "preventive",
                "lang": "en_US",
                "partner_id": partner.id,
            },
            "complaint.report.section": {
                "report_id": report.id if report else False,
                "code": "extra",
                "title": "Extra",
            },
        }[model]

    def _user(self, role):
        if role == "public":
            return self.env.ref("base.public_user")
        return getattr(self, f"user_{role}")
