from odoo import api, models
from odoo.exceptions import UserError

# A flag that only code of this process can hold: compared with ``is``, so neither RPC nor a
# button's context can forge it.
TRUSTED = object()
# In ``_FROZEN_FIELDS``: all fields of ours but those in ``_LIVING_FIELDS``.
EVERYTHING = "*"


class ComplaintStateGuard(models.AbstractModel):
    """Lets ``state`` move by verbs only, whoever writes and through whatever door (T16).

    A verb checks rights and conditions, then calls :meth:`_write_trusted`.
    """

    _name = "complaint.state.guard"
    _inherit = ["complaint.grouping.mixin"]
    _description = "State Moved by Verbs"
    # Whether every field is a fact nobody writes by hand, such as a deadline or an escalation.
    _WRITTEN_BY_CODE = False

    @api.model_create_multi
    def create(self, vals_list):
        guarded = self._without_forged_defaults()
        if not guarded._is_trusted():
            for vals in vals_list:
                guarded._check_imported_vals(vals)
                guarded._check_not_derived(vals)
        return super(ComplaintStateGuard, guarded).create(vals_list)

    def _without_forged_defaults(self):
        """:return: the same model without ``default_…`` of a guarded field in its context

        Core fills what is not given from the context, which any caller may send.
        """
        given = {key for key in self.env.context if key.startswith("default_")}
        guarded = self._get_verb_fields() if given else ()
        names = {key: key.removeprefix("default_") for key in given}
        forged = {k for k, name in names.items() if name in guarded or self._is_derived(name)}
        if not forged:
            return self
        context = {key: value for key, value in self.env.context.items() if key not in forged}
        return self.with_env(self.env(context=context))

    def write(self, vals):
        """Refuse to write what only verbs may write (T16).

        :raise UserError: naming the fields
        """
        guarded = self._get_verb_fields().intersection(vals)
        if guarded and not self._is_trusted():
            labels = self.fields_get(guarded, ["string"]).values()
            raise UserError(
                self.env._(
                    "%(record)s: %(fields)s cannot be edited, use the buttons.",
                    record=self._get_model_label(),
                    fields=", ".join(sorted(label["string"] for label in labels)),
                )
            )
        self._check_not_derived(vals)
        return super().write(vals)

    @api.model
    def _is_derived(self, name):
        """:return: whether a field of ours is stored and follows from others alone, such as a sum;
        what only verbs write is asked about there
        """
        field = self._fields.get(name)
        return (
            field is not None
            and field.store
            and bool(field.compute)
            and field.readonly
            and not field.related
            and (field._module or "").startswith("complaint_management")
            and name not in self._get_verb_fields()
        )

    @api.model
    def _check_not_derived(self, vals):
        """Figures that follow from others are computed: the form shows them read-only, and no other
        door writes them (T16, T20). What the ORM computes anew does not come through here.

        :raise UserError: naming the fields
        """
        derived = [
            name
            for name in vals
            if self._is_derived(name)
            # What says the same is no change; sudo: what is compared is shown to nobody
            and not (self and all(not r._is_other_value(name, vals[name]) for r in self.sudo()))
        ]
        if derived and not self._is_thawed():
            labels = self.fields_get(derived, ["string"]).values()
            raise UserError(
                self.env._(
                    "%(record)s: %(fields)s follow from other fields and cannot be written.",
                    record=self._get_model_label(),
                    fields=", ".join(sorted(label["string"] for label in labels)),
                )
            )

    def unlink(self):
        """Delete what may go (T20); ``ondelete`` hooks would not hold against a forged context.

        :raise UserError: for what others relied on
        """
        if not self._is_trusted():
            self._check_deletable()
        return super().unlink()

    def _check_deletable(self):
        """:raise UserError: when one of the records has to stay; each model says which"""

    @api.model
    def _get_verb_fields(self):
        """:return: names of the fields only verbs may write; aspects add theirs with super()"""
        if self._WRITTEN_BY_CODE:
            stored = {name for name, field in self._fields.items() if field.store}
            return stored - set(models.MAGIC_COLUMNS)
        return {"state"} & self._fields.keys()

    @api.model
    def _get_model_label(self):
        """:return: what users call such a record, in their language"""
        # sudo: the name of a model is no secret, but not everybody may read the list of models
        return self.env["ir.model"]._get(self._name).sudo().name

    def _is_trusted(self):
        return self.env.context.get("complaint_transition") is TRUSTED

    @api.model
    def _check_imported_vals(self, vals):
        """A new record has no past, unless an administrator imports an old register.

        :raise UserError: for everybody else who gives a later state or a stamp of a verb
        """
        past = [name for name in self._get_verb_fields() if vals.get(name)]
        if not past or self.env.user.has_group("complaint_management.group_complaint_admin"):
            return
        defaults = self.default_get(past)
        if any(vals[name] != defaults.get(name) for name in past):
            raise UserError(
                self.env._(
                    "%s: new records start in their first state. Only complaint administrators "
                    "may import records with a past.",
                    self._get_model_label(),
                )
            )

    def _write_trusted(self, vals):
        """Write including ``state``; only for verbs that have checked rights and conditions."""
        return self.with_context(complaint_transition=TRUSTED).write(vals)
