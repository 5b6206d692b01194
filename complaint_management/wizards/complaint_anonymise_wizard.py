from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.complaint.complaint_anonymising import ADMIN_GROUP
from ..models.complaint.complaint_complaint import OVER_STATES


class ComplaintAnonymiseWizard(models.TransientModel):
    """Asks whom to take out of which closed cases, and shows what that will change (T21)."""

    _name = "complaint.anonymise.wizard"
    _description = "Anonymise a Person"

    partner_id = fields.Many2one(
        "res.partner",
        "Person",
        domain="[('is_company', '=', False)]",
        default=lambda self: self._default_partner_id(),
        help="Leave it empty for somebody who is not in the address book.",
    )
    name = fields.Char(compute="_compute_person", store=True, readonly=False)
    email = fields.Char("E-mail", compute="_compute_person", store=True, readonly=False)
    phone = fields.Char(compute="_compute_person", store=True, readonly=False)
    words = fields.Text(
        "Taken out of all texts",
        compute="_compute_words",
        store=True,
        readonly=False,
        help="One a line: names as they are written, e-mail addresses, telephone numbers.",
    )
    reason = fields.Text(help="It stays with each complaint: do not name the person in it.")
    keep_documents = fields.Boolean(
        "Keep approved documents and files",
        help="Where a law wants them kept. Otherwise those that name the person are removed; their "
        "SHA-256 stays.",
    )
    complaint_ids = fields.Many2many(
        "complaint.complaint", string="Changed", compute="_compute_complaint_ids"
    )
    open_ids = fields.Many2many(
        "complaint.complaint", string="Still open", compute="_compute_complaint_ids"
    )

    @api.model
    def _default_partner_id(self):
        context = self.env.context
        if context.get("active_model") == "res.partner":
            return self.env["res.partner"].browse(context.get("active_id")).exists()
        return False

    @api.depends("partner_id")
    def _compute_person(self):
        for wizard in self:
            person = wizard.partner_id
            wizard.name = person.name or wizard.name
            wizard.email = person.email or wizard.email
            wizard.phone = person.phone or wizard.phone

    @api.depends("name", "email", "phone")
    def _compute_words(self):
        for wizard in self:
            words = filter(None, (wizard.name, wizard.email, wizard.phone))
            wizard.words = "\n".join(word.strip() for word in words)

    @api.depends("partner_id", "name", "email", "phone")
    def _compute_complaint_ids(self):
        for wizard in self:
            found = wizard._find()
            wizard.open_ids = found.filtered(lambda c: c.state not in OVER_STATES)
            wizard.complaint_ids = found.filtered(lambda c: c.state in OVER_STATES)

    def _find(self):
        """Cases in which the person appears, with the user's own rights.

        Colleagues share a switchboard and others a name: both are looked for only where the person
        is not in the address book.

        :return: ``complaint.complaint``
        """
        self.ensure_one()
        known = bool(self.partner_id)
        return self.env["complaint.complaint"]._find_naming(
            self.partner_id,
            (self.email or "").strip(),
            "" if known else (self.phone or "").strip(),
            "" if known else (self.name or "").strip(),
        )

    def _check_filled(self, complaints):
        """:param complaints: what :meth:`_find` found
        :raise UserError: naming everything the dialog still lacks
        """
        missing = []
        named = any((text or "").strip() for text in (self.name, self.email, self.phone))
        if not self.partner_id and not named:
            missing.append(self.env._("The person: choose one, or type name, e-mail or phone."))
        elif not complaints:
            missing.append(self.env._("No complaint you may read names this person."))
        if not (self.reason or "").strip():
            missing.append(self.env._("The reason."))
        if missing:
            head = self.env._("Nobody was taken out:")
            raise UserError("\n".join([head, *(f"• {item}" for item in missing)]))

    def action_confirm(self):
        """Take the person out of the cases that were shown; it cannot be undone.

        :return: action that says how many cases were changed
        :raise AccessError: for everybody but administrators of complaints
        :raise UserError: naming cases that are still open; without a reason; for a company; or
            when nothing names the person
        """
        self.ensure_one()
        if not self.env.user.has_group(ADMIN_GROUP):
            raise AccessError(
                self.env._("Only administrators of complaints take a person out of them.")
            )
        if self.partner_id.is_company:
            raise UserError(
                self.env._("%s is a company: choose the person.", self.partner_id.display_name)
            )
        complaints = self._find()
        self._check_filled(complaints)
        changed = complaints._anonymise_person(
            self.partner_id,
            (self.words or "").splitlines(),
            self.reason,
            self.keep_documents,
        )
        # Neither does this dialog remember him
        self.write(dict.fromkeys(("partner_id", "name", "email", "phone", "words"), False))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "sticky": True,
                "message": self.env._(
                    "Taken out of %s complaints. The entry in the address book, orders and "
                    "invoices are not changed: look after them in Contacts.",
                    len(changed),
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
