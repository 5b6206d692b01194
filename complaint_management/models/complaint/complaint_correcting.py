import hashlib

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date, format_datetime

from .complaint_complaint import INSIDE_GROUPS


class ComplaintCorrecting(models.AbstractModel):
    """Correcting what is frozen: the one way, with a reason, and the old value kept (T20)."""

    _inherit = "complaint.state.guard"

    # A model whose records are replaced by a new version instead (report, round) says False.
    _CORRECTABLE = True

    def _get_correctable_names(self):
        """:return: set of the frozen fields of this record that a correction may change

        Personal fields, read by a few only, are left out: everybody who works on the case reads
        its corrections.
        """
        self.ensure_one()
        if not self._CORRECTABLE:
            return set()
        # sudo: names of fields only
        return {
            name
            for name in self.sudo()._get_frozen_names()
            if self._is_correctable(self._fields[name])
        }

    @api.model
    def _is_correctable(self, field):
        """:return: whether ``field`` is one a person writes and every reader of the case reads"""
        computed = bool(field.compute) and field.readonly
        return not computed and not field.related and field.groups in (None, INSIDE_GROUPS)

    def _correct(self, name, value, reason):
        """Change a frozen value; old and new one stay readable as ``complaint.correction``.

        What follows from it by computation (the contact's name of another product …) is logged
        as a correction of its own.

        :param str name: field of this record
        :param value: what ``write`` takes for it
        :param str reason: why; mandatory
        :return: the new ``complaint.correction`` records
        :raise AccessError: without write access to complaint and record
        :raise UserError: stale version, no reason, a field that is not frozen, or nothing changed
        """
        self.ensure_one()
        complaint = self._get_frozen_complaint()
        complaint.check_access("write")
        self.check_access("write")
        complaint._check_seen_version()
        self._check_correction(name, value, reason)
        # sudo: names of fields only
        frozen = sorted(self.sudo()._get_frozen_names())
        before = self._describe_frozen(frozen)
        record = self._thaw()
        record.write(record._prepare_corrected_vals(name, value))
        after = record._describe_frozen(frozen)
        changed = [key for key in after if before.get(key) != after[key]]
        # sudo: corrections are made here only, the right to write the complaint was checked above
        corrections = self.env["complaint.correction"].sudo()._thaw()
        made = corrections.create(
            [
                self._prepare_correction_vals(key, before.get(key), after[key], reason)
                for key in changed
            ]
        )
        complaint._bump_version()
        return made.with_env(self.env)

    def _check_correction(self, name, value, reason):
        """:raise UserError: without a reason, for a field that is not frozen, without a change"""
        if not (reason or "").strip():
            raise UserError(self.env._("Write why it is corrected: it stays with the complaint."))
        if name not in self._get_correctable_names():
            raise UserError(
                self.env._("“%s” is not frozen or cannot be corrected: edit it directly.", name)
            )
        field = self._fields[name]
        self._check_field_access(field, "write")
        if field.type == "many2one" and value:
            # What one may not read is not named by a correction either
            self.env[field.comodel_name].browse(value).check_access("read")
        if not self._is_other_value(name, value):
            raise UserError(
                self.env._("The new value is the old one: there is nothing to correct.")
            )

    def _prepare_corrected_vals(self, name, value):
        """Values a correction writes; called by :meth:`_correct`.

        A room adds what cannot stay beside the new value.
        """
        self.ensure_one()
        return {name: value}

    def _prepare_correction_vals(self, name, old, new, reason):
        """Values of one ``complaint.correction``; called by :meth:`_correct`."""
        self.ensure_one()
        return {
            "complaint_id": self._get_frozen_complaint().id,
            "res_model": self._name,
            "res_id": self.id,
            "record_name": self._get_correction_place(),
            "field_name": name,
            "field_label": self.fields_get([name], ["string"])[name]["string"],
            "old_value": old or False,
            "new_value": new or False,
            "reason": reason.strip(),
            "user_id": self.env.uid,
        }

    def _get_correction_place(self):
        """:return: how users name the record, for the list of corrections"""
        self.ensure_one()
        complaint = self._get_frozen_complaint()
        if self == complaint:
            return self._get_model_label()
        lists = [
            name
            for name, field in complaint._fields.items()
            if field.type == "one2many" and field.comodel_name == self._name
        ]
        # The tab or list it stands in says more than the model's name
        shown = complaint.fields_get(lists, ["string"])
        label = next((info["string"] for info in shown.values()), self._get_model_label())
        return f"{label}: {self.display_name}"

    # ------------------------------------------------------------
    # Values as durable text
    # ------------------------------------------------------------
    def _describe_frozen(self, names):
        """:return: dict name → text of those values whose readers are all readers of the case"""
        self.ensure_one()
        # sudo: lots and orders the user may not open have a name he reads on the complaint
        record = self.sudo()
        return {
            name: record._describe_value(name)
            for name in names
            if self._fields[name].groups in (None, INSIDE_GROUPS)
        }

    def _describe_value(self, name):
        """:return: the value as text that stays readable when what it names is renamed or gone"""
        self.ensure_one()
        field, value = self._fields[name], self[name]
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if field.relational:
            return ", ".join(f"{record.display_name} (#{record.id})" for record in value)
        if field.type in ("float", "monetary", "integer"):
            return f"{value:.10g}"
        if not value:
            return ""
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if field.type == "date":
            return format_date(self.env, value)
        if field.type == "datetime":
            return format_datetime(self.env, value)
        if field.type == "binary":
            content = self.with_context(bin_size=False)[name]
            return f"SHA-256 {hashlib.sha256(content).hexdigest()}"
        return str(value)
