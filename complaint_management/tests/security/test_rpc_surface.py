import inspect
from collections import defaultdict

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.models import BaseModel
from odoo.tests import tagged
from odoo.tools import mute_logger

from .fixtures import MODULE, ROLES, SecurityCommon, read_expectations, write_expectations

EXPECTED = "rpc_surface.json"
PACKAGE = f"odoo.addons.{MODULE}."
# Doors of the ORM that models override; the access matrix tries these.
ORM = frozenset(
    name
    for name in dir(BaseModel)
    if not name.startswith("_") and callable(getattr(BaseModel, name))
)


@tagged("post_install", "-at_install")
class TestRpcSurface(SecurityCommon):
    """Every method of ours that can be called from outside, and who gets through (T22).

    A role *gets through* when the method works, or refuses for another reason than rights
    (``UserError`` on a real record), on a complaint of one's own: for salespeople they opened it,
    for contributors they have an action in it. Any other error is a mistake of the method or of
    the arguments tried here, and fails. A new public method fails here until it is listed.
    """

    def _surface(self):
        """:return: dict model → names of the public methods this addon adds to it"""
        surface = defaultdict(set)
        for model_name, model in self.env.registry.items():
            ours = [cls for cls in model.__mro__ if cls.__module__.startswith(PACKAGE)]
            if not any(cls._name == model_name for cls in ours):
                continue  # a sibling gave another app's model a mixin of ours: its tests look there
            for cls in ours:
                if self._is_of_core_mixin(model_name, cls):
                    continue
                for name, method in vars(cls).items():
                    if (
                        not name.startswith("_")
                        and name not in ORM
                        and callable(method)
                        and not inspect.isclass(method)
                        and not getattr(getattr(model, name), "_api_private", False)
                    ):
                        surface[model_name].add(name)
        return {model: sorted(names) for model, names in surface.items()}

    def _is_of_core_mixin(self, model_name, cls):
        """:return: whether a class of ours opens a mixin of core: its methods are listed there,
        and not once more with every model of every app
        """
        mixin = getattr(cls, "_name", None)
        return mixin != model_name and (
            mixin in self.env.registry
            and self.env.registry[mixin]._abstract
            and self.env.registry[mixin]._original_module != MODULE
        )

    def _record_for(self, model, user):
        """:return: record of ``model`` that belongs to the sales user's own complaint; a wizard
        that ``user`` opened, as nobody presses the buttons of somebody else's

        :raise AccessError: when ``user`` may not open the wizard
        """
        if model in self.cases["own"]:
            return self.cases["own"][model].with_user(user)
        if model in self.library["review"]:
            return self.library["review"][model].with_user(user)
        complaint = self.cases["own"]["complaint.complaint"]
        wizards = {
            "complaint.reason.wizard": {
                "verb": "cancel",
                "complaint_ids": complaint.ids,
                "reason": "Entered twice",
            },
            "complaint.approval.wizard": {
                "verb": "request",
                "demand_id": self.cases["own"]["complaint.demand"].id,
            },
            "complaint.decline.wizard": {
                "demand_ids": self.cases["own"]["complaint.demand"].ids,
                "answer": "Not ours",
                "alternative": "We explain it",
            },
            "complaint.action.wizard": {
                "verb": "finish",
                "action_ids": self.cases["own"]["complaint.action"].ids,
                "note": "Done",
            },
            "complaint.sample.wizard": {
                "step": "received",
                "evidence_ids": self.cases["own"]["complaint.evidence"].ids,
                "place": "Shelf 3",
            },
            "complaint.people.wizard": {
                "verb": "dispatch",
                "complaint_ids": complaint.ids,
                "user_id": self.user_sales2.id,
            },
            "complaint.call.wizard": {"complaint_id": complaint.id},
            "complaint.chat.wizard": {"complaint_id": complaint.id, "text": "Hello"},
            "complaint.delay.wizard": {
                "complaint_id": complaint.id,
                "what": "Our answer",
                "deadline": "2100-01-01",
            },
            "complaint.same.case.wizard": {
                "complaint_id": complaint.id,
                "other_id": self.cases["other"]["complaint.complaint"].id,
            },
            "complaint.anonymise.wizard": {"name": "Nobody at all", "reason": "Asked for it"},
            "complaint.clock.wizard": {
                "verb": "pause",
                "clock_ids": self.cases["own"]["complaint.clock"].ids,
                "reason": "The sample is on its way",
            },
            "complaint.correction.wizard": {"complaint_id": complaint.id, "reason": "Misheard"},
            "complaint.mail.dismiss.wizard": {
                "mail_ids": self.cases["own"]["complaint.mail.kept"].ids,
                "reason": "Advertising",
            },
            "complaint.instruction.wizard": {
                "complaint_ids": complaint.ids,
                "text": "Go there today",
            },
            "complaint.report.batch": {
                "line_ids": [Command.create({"complaint_id": complaint.id})],
            },
            "complaint.repetition.wizard": {
                "verb": "dismiss",
                "repetition_id": self.cases["own"]["complaint.repetition"].id,
                "reason": "One machine, scrapped since",
            },
            "complaint.rollout.wizard": {
                "action_id": self.cases["own"]["complaint.action"].id,
                "deadline": "2100-01-01",
            },
            "complaint.lesson.wizard": {
                "verb": "retire",
                "lesson_ids": self.library["published"]["complaint.lesson"].ids,
                "reason": "Old",
            },
            "complaint.lesson.picture.wizard": {
                "lesson_id": self.library["draft"]["complaint.lesson"].id,
            },
            "complaint.source.wizard": {"complaint_id": complaint.id},
            "mail.activity.schedule": {
                "res_model": "complaint.complaint",
                "res_ids": str(complaint.ids),
                "plan_id": self.env.ref("complaint_management.plan_quality").id,
            },
        }
        if model in wizards:
            return self.env[model].with_user(user).create(wizards[model])
        return {
            "sale.order": lambda: self.order,
            "complaint.category.evidence": lambda: self.env.ref(
                "complaint_management.evidence_quality_1"
            ),
            "stock.picking": lambda: self.order.picking_ids,
            "res.partner": lambda: complaint.partner_id,
            "product.product": lambda: self.product,
            "product.template": lambda: self.product.product_tmpl_id,
            "complaint.source.wizard.line": lambda: (
                self.env["complaint.source.wizard"]
                .with_user(user)
                .create(
                    {
                        "complaint_id": complaint.id,
                        "line_ids": [Command.create({"product_id": self.product.id})],
                    }
                )
                .line_ids
            ),
            "complaint.meeting.wizard": lambda: self.env[model].with_user(user).create({}),
            "complaint.people.sheet": lambda: self.env[model].with_user(user).create({}),
            "stock.lot": lambda: self._lot(self._product("lot"), "RPC-1"),
            "mail.activity": lambda: self.cases["own"]["complaint.action"].activity_id,
        }.get(model, lambda: self.env[model])().with_user(user)

    def _arguments(self, model, name):
        """:return: positional arguments a method needs, made up where they have no default"""
        examples = {
            "order_id": self.order.id,
            "other_id": self.cases["other"]["complaint.complaint"].id,
            "lesson_id": self.library["published"]["complaint.lesson"].id,
            "picking_id": self.order.picking_ids.id,
            "feedback": "Done",
            "note": "Done",
            "reason": "Because",
            "model": "complaint.complaint",
            "code": "NO-SUCH-CODE",
            "message": "To: complaints@nowhere.example.org\n\nHello",
            "number": "+1 555 010 0999",
            "name": "Nora New",
            "verb": "register",
            "vals": {"description": "Rusty"},
            "specification": {"version": {}},
            "domain": [],
            "groupby": ["state"],
        }
        signature = inspect.signature(getattr(self.env.registry[model], name))
        parameters = list(signature.parameters.values())
        needed = [
            parameter
            for parameter in parameters[1:]
            if parameter.default is parameter.empty
            and parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
        ]
        unknown = [p.name for p in needed if p.name not in examples]
        self.assertFalse(unknown, f"{model}.{name}: give an example in _arguments")
        return [examples[parameter.name] for parameter in needed]

    def _gets_through(self, model, name, user):
        arguments = self._arguments(model, name)
        savepoint = self.env.cr.savepoint(flush=False)
        record = None
        try:
            record = self._record_for(model, user)
            self.env.flush_all()
            getattr(record, name)(*arguments)
        except AccessError:
            return False
        except UserError:
            # The right was there, the state of the record was not.
            return bool(record)
        finally:
            self.env.invalidate_all(flush=False)
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.transaction.clear()
        return True

    def test_surface(self):
        self.order = self._order()
        self._deliver(self.order)
        # CRM lets salespeople create contacts, Sales alone does not
        self.env["ir.model.access"].search(
            [
                ("model_id.model", "=", "res.partner"),
                ("group_id", "=", self.env.ref("sales_team.group_sale_salesman").id),
            ]
        ).perm_create = False
        self.env.flush_all()
        found = {}
        with mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db", "odoo.models"):
            for model, names in sorted(self._surface().items()):
                for name in names:
                    found.setdefault(model, {})[name] = " ".join(
                        role for role in ROLES if self._gets_through(model, name, self._user(role))
                    )
        if write_expectations(EXPECTED, found):
            return
        expected = read_expectations(EXPECTED)
        for model in sorted({*found, *expected}):
            with self.subTest(model=model):
                self.assertEqual(found.get(model, {}), expected.get(model, {}))
