from odoo import api, fields, models
from odoo.exceptions import UserError

from .complaint_complaint import OVER_STATES, UNREGISTERED_STATES
from .complaint_state_guard import EVERYTHING

# Only code of this process can hold it: lets a correction, or an import of old cases, write what is
# frozen. Compared with ``is``; no context of a browser or an API can forge it.
THAWED = object()


class ComplaintFrozen(models.AbstractModel):
    """What others relied on stays as it was said, for every door and also for sudo (T20).

    Contract: ``_FROZEN_FIELDS`` maps a stage to the names frozen from it on, or to
    ``EVERYTHING``; ``_LIVING_FIELDS`` names what goes on living even then. Stages are
    ``registered`` and ``closed`` (closed or cancelled); a model may know more
    (:meth:`_get_frozen_stages`).

    What was left empty may still be filled in until closing: an order that is linked later, the
    photo that follows. The one way to change the rest is a correction (``complaint_correcting``).
    """

    _inherit = "complaint.state.guard"

    _FROZEN_FIELDS = {}
    _LIVING_FIELDS = frozenset()
    # What may be filled in where it was left empty even after the case is over.
    _LATE_FIELDS = frozenset()
    # Stages from which on nothing is filled in either: what is empty was said, too.
    _SETTLING_STAGES = frozenset({"executed"})
    # Whether a new one may still be added to a case that is over.
    _OUTLIVES_CLOSING = True

    frozen_names = fields.Char(
        compute="_compute_frozen_names",
        help="Names of the fields that cannot be edited any more; forms look into it.",
    )

    # ------------------------------------------------------------
    # What is frozen
    # ------------------------------------------------------------
    def _get_frozen_complaint(self):
        """:return: the ``complaint.complaint`` whose state decides"""
        return self.complaint_id if "complaint_id" in self._fields else self

    def _get_frozen_stages(self):
        """:return: set of the stages of ``_FROZEN_FIELDS`` that this record has reached"""
        self.ensure_one()
        state = self._get_frozen_complaint().state
        stages = set()
        if state and state not in UNREGISTERED_STATES:
            stages.add("registered")
        if state in OVER_STATES:
            stages.add("closed")
        return stages

    @api.model
    def _get_freezable_fields(self):
        """:return: set of all names that are frozen at some stage"""
        return set().union(*map(self._get_stage_fields, self._FROZEN_FIELDS))

    @api.model
    def _get_stage_fields(self, stage):
        """:return: set of the names that are frozen from ``stage`` on"""
        names = self._FROZEN_FIELDS.get(stage, ())
        if names == EVERYTHING:
            names = {name for name, field in self._fields.items() if self._is_content(field)}
        return (set(names) & self._fields.keys()) - self._LIVING_FIELDS - {"complaint_id"}

    @api.model
    def _is_content(self, field):
        """:return: whether somebody may have written ``field``: ours, stored, no mere list"""
        return (
            field.store
            and field._module == "complaint_management"
            and field.type != "one2many"
            and field.name != "sequence"
            and not field.related
            and not (field.compute and field.readonly)
            and field.name not in self._get_verb_fields()
        )

    def _get_frozen_names(self, names=None):
        """What of this record cannot be written any more.

        :param names: only look at these names
        :return: set of field names; what is empty may be filled in until the case is over
        """
        self.ensure_one()
        stages = self._get_frozen_stages()
        frozen, settled = set(), set()
        for stage in self._FROZEN_FIELDS if stages else ():
            if stage not in stages:
                continue
            candidates = self._get_stage_fields(stage)
            if names is not None:
                candidates &= set(names)
            frozen |= candidates
            if stage in self._SETTLING_STAGES:
                settled |= candidates
        fillable = (self._LATE_FIELDS if "closed" in stages else frozen) - settled
        return {n for n in frozen if n not in fillable or not self._is_blank(n)}

    def _is_blank(self, name):
        """:return: whether nobody said anything in ``name`` yet"""
        self.ensure_one()
        return not self[name] and self._fields[name].type != "boolean"

    @api.depends(lambda self: ("complaint_id.state",) if "complaint_id" in self._fields else ())
    def _compute_frozen_names(self):
        """As it is stored: what one types just now is not frozen."""
        for record in self:
            # sudo: names of fields only; bin_size: whether there is a file is all that counts
            stored = record._origin.sudo().with_context(bin_size=True)
            names = stored._get_frozen_names() if stored else ()
            record.frozen_names = f" {' '.join(sorted(names))} " if names else False

    # ------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------
    def _is_thawed(self):
        """:return: whether a correction, an import or a verb is writing"""
        return self.env.context.get("complaint_thaw") is THAWED or self._is_trusted()

    def _thaw(self):
        """:return: the same records for code that has checked that it may write what is frozen"""
        return self.with_context(complaint_thaw=THAWED)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if not self._is_thawed():
            records._check_addable()
        return records

    def _check_addable(self):
        """:raise UserError: when something is added to a case that is over"""
        if self._OUTLIVES_CLOSING:
            return
        for record in self.sudo():  # sudo: the state of a case, to whoever may add to it
            complaint = record._get_frozen_complaint()
            if complaint.state in OVER_STATES:
                raise UserError(
                    self.env._(
                        "%(complaint)s is over, nothing is added to it: %(model)s. Reopen the "
                        "complaint first.",
                        complaint=complaint.name,
                        model=self._get_model_label(),
                    )
                )

    def write(self, vals):
        """Refuse to rewrite what is frozen (T20).

        :raise UserError: naming record and fields
        """
        if not self._is_thawed():
            self._check_frozen(vals)
        return super().write(vals)

    def _check_frozen(self, vals):
        """:raise UserError: when ``vals`` give a frozen field another value"""
        names = self._get_freezable_fields().intersection(vals)
        if not names:
            return
        # The refusal names the record: not to somebody who may not write it at all
        self.check_access("write")
        # sudo: what is compared is shown to nobody
        for record in self.sudo().with_context(bin_size=False):
            changed = [
                name
                for name in record._get_frozen_names(names)
                if record._is_other_value(name, vals[name])
            ]
            if changed:
                record._refuse_frozen(changed)

    def _is_other_value(self, name, value):
        """:return: whether writing ``value`` would change ``name``"""
        self.ensure_one()
        field = self._fields[name]
        new = field.convert_to_cache(value, self)
        old = field.convert_to_cache(self[name], self)
        if field.type in ("many2many", "one2many"):
            return set(new or ()) != set(old or ())
        return (new or False) != (old or False)

    def _refuse_frozen(self, names):
        """:raise UserError: saying what stays and how it is corrected"""
        labels = self.fields_get(names, ["string"]).values()
        raise UserError(
            self.env._(
                "%(complaint)s: %(fields)s of “%(record)s” cannot be rewritten any more. Choose "
                "“Correct…” in the complaint's gear menu and give the reason; the old value stays "
                "readable.",
                complaint=self._get_frozen_complaint().name,
                fields=", ".join(sorted(label["string"] for label in labels)),
                record=self.display_name,
            )
        )

    def _check_deletable(self):
        """A part of a case that is over stays, whatever it is (T20)."""
        super()._check_deletable()
        for record in self.sudo():  # sudo: the state of a case, to whoever may delete its parts
            complaint = record._get_frozen_complaint()
            if complaint != record and complaint.state in OVER_STATES:
                raise UserError(
                    self.env._(
                        "%(complaint)s is over: “%(part)s” stays with it.",
                        complaint=complaint.name,
                        part=record.display_name,
                    )
                )

    def _check_case_open(self):
        """Decisions are taken before the case is over (T20); verbs of its parts ask here.

        :raise UserError: naming the complaint
        """
        # sudo: the state of a case, to whoever may decide about its parts
        for complaint in self.sudo()._get_frozen_complaint():
            if complaint.state in OVER_STATES:
                raise UserError(
                    self.env._(
                        "%s is over, its decisions stand. Reopen it to decide anew.", complaint.name
                    )
                )
