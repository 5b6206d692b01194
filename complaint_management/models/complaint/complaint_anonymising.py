from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .complaint_complaint import OVER_STATES
from .complaint_frozen import THAWED
from .complaint_state_guard import TRUSTED
from .redaction import Redaction

ADMIN_GROUP = "complaint_management.group_complaint_admin"
NOBODY_XMLID = "complaint_management.partner_anonymised"
TEXT_TYPES = ("char", "text", "html")
# How to reach whoever complained: gone altogether, not only where it names the person.
CONTACT_FIELDS = (
    "complainant_name",
    "email_from",
    "phone",
    "sender_name",
    "sender_email",
    "intake_source",
    "customer_confirmed_by",
)


class ComplaintAnonymising(models.Model):
    """Taking a person out of the cases that are over (T21).

    Numbers, goods, quantities, dates, states, decisions and who of us did what stay: only what
    names the person goes. It is the one exception to what is frozen (T20), by the sentinel that no
    context of a browser or an API can hold, and it is logged as a correction without the data.
    """

    _inherit = "complaint.complaint"

    def _anonymise_person(self, partner, words, reason, keep_documents=False):
        """Take a person out of these cases; it cannot be undone.

        :param partner: ``res.partner`` of the person, may be empty; his entry in the address book
            itself is not ours to change
        :param words: iterable of what names him in texts: names, e-mail addresses, numbers
        :param str reason: why; kept, so it must not name him
        :param bool keep_documents: keep approved documents and files that name him, where a law
            wants them kept
        :return: ``complaint.complaint`` that were changed
        :raise AccessError: for everybody but administrators of complaints
        :raise UserError: without a reason, or naming cases that are still open
        """
        self._check_anonymisable(reason)
        # sudo: rights were just checked; parts of a case belong to whoever may write it
        cases = self.sudo()
        redaction = Redaction(
            partner.sudo(),
            self.env.ref(NOBODY_XMLID).sudo(),
            words,
            self.env._("[removed]"),
            keep_documents,
        )
        if redaction.contains(reason):
            raise UserError(self.env._("The reason names the person: it is kept, write another."))
        parts = cases._get_case_parts()
        cases._anonymise_files(parts, redaction)
        for records in parts:
            for record in records:
                cases._anonymise_part(record, redaction)
        cases._anonymise_thread(parts, redaction)
        cases._log_anonymised(redaction, reason)
        return self.browse(sorted(filter(None, redaction.changes)))

    def _check_anonymisable(self, reason):
        """:raise AccessError, UserError: as :meth:`_anonymise_person` says"""
        if not self.env.user.has_group(ADMIN_GROUP):
            raise AccessError(
                self.env._("Only administrators of complaints take a person out of them.")
            )
        self.check_access("write")
        if not (reason or "").strip():
            raise UserError(self.env._("Write why: the reason stays with each complaint."))
        opened = self.filtered(lambda c: c.state not in OVER_STATES)
        if opened:
            raise UserError(
                self.env._(
                    "These cases are still open and need the person: %s. Close or cancel them "
                    "first.",
                    ", ".join(opened.mapped("name")),
                )
            )

    # ------------------------------------------------------------
    # What belongs to a case
    # ------------------------------------------------------------
    def _get_case_parts(self):
        """:return: list of recordsets: these cases and everything of ours that belongs to them"""
        parts = [self]
        for name in sorted(self.env.registry):
            model = self.env[name]
            field = model._fields.get("complaint_id")
            if (
                name.startswith("complaint.")
                and model._auto
                and not model._abstract
                and not model._transient
                and field is not None
                and field.store
                and field.comodel_name == self._name
            ):
                found = model.sudo().with_context(active_test=False)
                parts.append(found.search([("complaint_id", "in", self.ids)]))
        return [records for records in parts if records]

    def _anonymise_part(self, record, redaction):
        """Take a person out of the fields of one record of ours."""
        vals = self._prepare_redacted_vals(record, redaction)
        if isinstance(record, self.env.registry["complaint.state.guard"]):
            vals.update(record._prepare_anonymised_vals(redaction))
        if not vals:
            return
        for name in vals:
            label = record._fields[name]._description_string(self.env)
            redaction.count(self._get_case_id(record), label)
        # What is computed from a contact or a text stays as it was computed then
        computed = [field for field in record._fields.values() if field.store and field.compute]
        with self.env.protecting(computed, record):
            self._for_anonymising(record).write(vals)

    def _for_anonymising(self, records):
        """:return: the same records for code that has checked that it may take a person out"""
        return records.with_context(
            complaint_thaw=THAWED,
            complaint_transition=TRUSTED,
            tracking_disable=True,
            mail_notrack=True,
        )

    @api.model
    def _prepare_redacted_vals(self, record, redaction):
        """:return: dict of texts that name the person and references to him, as they have to be"""
        vals = {}
        for name, field in record._fields.items():
            if not field.store or field.related or field.translate:
                continue
            if field.type in TEXT_TYPES:
                text = record[name]
                if redaction.contains(text):
                    vals[name] = redaction.redact(str(text))
            elif field.type == "json":
                redacted = redaction.redact_all(record[name])
                if redacted != record[name]:
                    vals[name] = redacted
            elif field.comodel_name == "res.partner" and redaction.partner:
                if field.type == "many2one" and record[name] == redaction.partner:
                    vals[name] = redaction.replacement.id
                elif field.type == "many2many" and redaction.partner in record[name]:
                    vals[name] = [Command.unlink(redaction.partner.id)]
        return vals

    @api.model
    def _get_case_id(self, record):
        """:return: id of the complaint a record of ours belongs to"""
        return record.id if record._name == "complaint.complaint" else record.complaint_id.id

    def _group_by_owner(self, parts):
        """:return: dict (model, id) → complaint id, for what hangs on the parts of the cases"""
        return {
            (record._name, record.id): self._get_case_id(record)
            for records in parts
            for record in records
        }

    def _log_anonymised(self, redaction, reason):
        """Keep who did it, when, why and in which fields; never what stood there."""
        corrections = self.env["complaint.correction"].sudo()._thaw()
        corrections.create(
            [
                {
                    "complaint_id": complaint_id,
                    "res_model": self._name,
                    "res_id": complaint_id,
                    "record_name": self._get_model_label(),
                    "field_name": "anonymised",
                    "field_label": self.env._("Data of a person"),
                    "new_value": ", ".join(
                        f"{label} ({count})" for label, count in sorted(counter.items())
                    ),
                    "reason": reason.strip(),
                    "user_id": self.env.uid,
                }
                for complaint_id, counter in redaction.changes.items()
                if complaint_id
            ]
        )


class ComplaintStateGuard(models.AbstractModel):
    """What a part of a case has to say about a person beyond texts and references."""

    _inherit = "complaint.state.guard"

    def _prepare_anonymised_vals(self, redaction):
        """Hook: values that take a person out of this record, beside what names him in a text.

        :param redaction: ``Redaction``
        :return: dict
        """
        self.ensure_one()
        return {}


class ComplaintAnonymisedContact(models.Model):
    """Whoever complained leaves no way to reach him."""

    _inherit = "complaint.complaint"

    def _prepare_anonymised_vals(self, redaction):
        vals = super()._prepare_anonymised_vals(redaction)
        named = self._prepare_redacted_vals(self, redaction)
        side = self.partner_id | self.contact_id | self.complainant_id
        is_person = redaction.partner and redaction.partner in side
        for name in CONTACT_FIELDS:
            if name in self._fields and self[name] and (is_person or name in named):
                vals[name] = False
        return vals
