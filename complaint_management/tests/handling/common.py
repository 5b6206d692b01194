from datetime import timedelta

from odoo import fields

from ..common import MODULE, ComplaintCommon


class HandlingCommon(ComplaintCommon):
    """A quality complaint that starts the plan we ship, registered by its salesperson."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.env.ref(f"{MODULE}.plan_quality")
        cls.category_quality.plan_id = cls.plan
        cls.Action = cls.env["complaint.action"]
        cls.Activity = cls.env["mail.activity"]

    @classmethod
    def _action(cls, complaint, user=None, **vals):
        """An open action of ``user``, default the purchasing contributor."""
        return cls.Action.create(
            {
                "complaint_id": complaint.id,
                "name": "Ask the supplier",
                "kind": "investigation",
                "user_id": (user or cls.user_purchasing).id,
                "deadline": fields.Date.today() + timedelta(days=3),
                **vals,
            }
        )

    @classmethod
    def _bare_complaint(cls, **vals):
        """A registered complaint without plan, so that a test sees its own actions only."""
        cls.category_quality.plan_id = False
        return cls._registered_complaint(user=cls.user_sales, **vals)

    @classmethod
    def _planned_complaint(cls, *owners, **vals):
        """A complaint with one action per owner, released by its lead."""
        complaint = cls._bare_complaint(**vals)
        actions = cls.Action.browse()
        for index, owner in enumerate(owners):
            actions += cls._action(complaint, owner, name=f"Action {index}")
        complaint.plan_summary = "We sort the stock."
        complaint.with_user(cls.user_quality).action_release()
        return complaint, actions

    @classmethod
    def _action_from_template(cls, complaint, name):
        """The action the shipped plan's line ``name`` made."""
        template = cls.env.ref(f"{MODULE}.plan_quality_{name}")
        return complaint.action_ids.filtered(lambda a: a.template_id == template)
