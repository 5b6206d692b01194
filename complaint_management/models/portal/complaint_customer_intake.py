from psycopg2.errors import UniqueViolation

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Command

INTAKE_CONSTRAINT = "complaint_complaint_intake_key_unique"


class ComplaintCustomerIntake(models.Model):
    """What customers bring in themselves: one way in for portal and QR code (R5, T7, T9).

    The doors have checked who may say what about which order or delivery, and hand over records
    with sudo. Either all of it is stored or nothing.
    """

    _inherit = "complaint.complaint"

    @api.model
    def _receive_form(self, door, form, goods, files, key, known=True):
        """Make a draft of a form, once; tell our people and the customer.

        :param dict door: values the door decides: customer, company, channel, salesperson, source
        :param dict form: as read by ``complaint.customer.form``, without errors
        :param list goods: rows the form offered
        :param list files: ``(name, bytes)`` that passed ``complaint.upload``
        :param str key: names this form for good; the same key again returns the same complaint
        :param bool known: whether we know who sends it. What a stranger wrote is quoted to nobody
            before a colleague looked (T5): no acknowledgement then
        :return: ``complaint.complaint`` with sudo
        :raise ConcurrencyError: while another request stores the same form; the request is retried
        """
        # sudo: customers may write nothing of ours; the door has checked what he may bring in
        complaints = self.sudo()
        found = complaints._find_by_intake_key(key)
        if found:
            return found
        # Nobody outside becomes a follower by writing to us: colleagues discuss there (T5)
        complaints = complaints.with_company(door["company_id"]).with_context(
            mail_create_nosubscribe=True, mail_post_autofollow=False
        )
        vals = self.env["complaint.customer.form"]._prepare_complaint_vals(form, goods)
        vals = {**door, **vals}
        evidence = self.env["complaint.upload"]._prepare_evidence_vals(files, customer_visible=True)
        vals["evidence_ids"] = [Command.create(row) for row in evidence]
        try:
            with self.env.cr.savepoint():
                complaint = complaints.create(vals)
                complaint._write_trusted({"intake_key": key})
                complaint.flush_recordset()
        except UniqueViolation as problem:
            if problem.diag.constraint_name != INTAKE_CONSTRAINT:
                raise
            # Pressed twice at the same moment: the other request is found by the next try
            raise ConcurrencyError("This form is being stored already") from problem
        complaint._tell_arrival()
        if known:
            # A letter of ours, not one from the customer to himself
            complaint.with_user(SUPERUSER_ID)._acknowledge()
        return complaint

    @api.model
    def _prepare_portal_door(self, user, prepared, company):
        """What the portal decides about a complaint of ``user``; called by its controller.

        :param dict prepared: values of the order or delivery it is about, or None
        :return: dict of create values
        """
        person = user.partner_id.sudo()  # sudo: his own contact and company
        customer = person.commercial_partner_id
        door = dict(prepared or {"company_id": company.id})
        door.pop("line_ids", None)
        customer_known = door.get("partner_id") in (False, None, customer.id)
        door["channel_id"] = self._get_channel("channel_portal")
        door.update(email_from=person.email, phone=person.phone)
        if customer_known:
            door["partner_id"] = customer.id
            door["contact_id"] = person.id if person != customer else False
        if not prepared:
            door["user_id"] = self._get_customer_salesperson(person, company).id
            if not customer.is_company:
                door["complainant_type"] = "consumer"
        return door

    @api.model
    def _get_channel(self, name):
        """:return: id of a channel of ours, False where somebody deleted it"""
        channel = self.env.ref(f"complaint_management.{name}", raise_if_not_found=False)
        return channel.id if channel else False

    @api.model
    def _get_customer_salesperson(self, person, company):
        """:return: ``res.users`` who sells to ``person`` in ``company``; may be empty"""
        for user in (person.user_id, person.commercial_partner_id.user_id):
            if user.active and not user.share and company in user.company_ids:
                return user
        return self.env["res.users"]
