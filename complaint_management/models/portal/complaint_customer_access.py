from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import consteq

from ..complaint.complaint_complaint import OVER_STATES, UNREGISTERED_STATES

# What portal users may read of a complaint by whatever door: what they said themselves, and how far
# it is. Everything else is shown by the pages, as plain values (``complaint_customer_page``).
PORTAL_FIELDS = frozenset(
    {
        "id",
        # Core adds it to every search
        "active",
        "display_name",
        "name",
        "state",
        "customer_reference",
        "description",
        "place",
        "date_received",
        "date_occurred",
        "access_url",
    }
)
# What a number in a URL may be: the database's integers.
MAX_ID = 2**31 - 1


def to_id(value):
    """:param value: what a request gave for a number; not trusted, may be a file
    :return: int, 0 for what is no number of a record
    """
    text = str(value or "")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 11 else 0
    return number if number <= MAX_ID else 0


class ComplaintCustomerAccess(models.Model):
    """What customers may see of their complaints, and by which right (T1, T3, R62).

    Two ways lead to a case: a login of the customer's (record rule in
    ``security/complaint_portal_rules.xml``), or a link with the case's token. A link opens no draft
    of ours, ends some time after the case is over, and lets nobody in whom the case is about.
    """

    _inherit = "complaint.complaint"

    # ------------------------------------------------------------
    # Fields
    # ------------------------------------------------------------
    @api.model
    def _get_portal_fields(self):
        """:return: set of the field names portal users may read; addons add theirs with super()"""
        return set(PORTAL_FIELDS)

    def _has_field_access(self, field, operation):
        """Portal users read the fields of a list and write none (T3)."""
        if not super()._has_field_access(field, operation):
            return False
        # Asked for each value of a list: groups are looked up for outsiders only
        if self.env.su or not self.env.user.share or not self.env.user._is_portal():
            return True
        return operation == "read" and field.name in self._get_portal_fields()

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        """Portal users look for nothing they may not read, in whatever way it is looked up (T3).

        Core asks only after a field's own search method has put something else in its place.
        """
        if not (self.env.su or bypass_access) and self.env.user._is_portal():
            for condition in Domain(domain).iter_conditions():
                name = condition.field_expr.split(".")[0]
                if name in self._fields:
                    self._check_field_access(self._fields[name], "read")
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    @api.depends_context("uid", "complaint_for_customer")
    def _compute_display_name(self):
        """The title is ours and may be outspoken: customers read the number.

        The context only takes away; any caller may ask for less.
        """
        if not (self.env.user.share or self.env.context.get("complaint_for_customer")):
            return super()._compute_display_name()
        for complaint in self:
            complaint.display_name = complaint.name
        return None

    @api.model
    def _search_display_name(self, operator, value):
        """Nobody finds by a title he may not read."""
        if not self.env.user.share:
            return super()._search_display_name(operator, value)
        combine = Domain.AND if operator in Domain.NEGATIVE_OPERATORS else Domain.OR
        return combine(
            [Domain("name", operator, value), Domain("customer_reference", operator, value)]
        )

    # ------------------------------------------------------------
    # Sides
    # ------------------------------------------------------------
    def _get_customer_firms(self):
        """:return: ``res.partner``: the companies whose case it is: the customer's, and that of
        whoever complained (a hotel that bought from our dealer)
        """
        # sudo: only which companies they are
        complaint = self.sudo()
        people = complaint.partner_id | complaint.contact_id | complaint.complainant_id
        return people.commercial_partner_id

    @api.model
    def _get_sides_domain(self, firm):
        """:param firm: ``res.partner``, with all its people
        :return: ``Domain`` of the cases it is a side of; callers: its pages in the portal, the
            paper for it (``complaint.table.customer.status``)
        """
        sides = ("partner_id", "contact_id", "complainant_id")
        return Domain.OR(Domain(name, "child_of", firm.ids) for name in sides)

    def _is_customer(self, partner):
        """:return: whether ``partner`` belongs to a side of the case"""
        self.ensure_one()
        # sudo: only which company he belongs to
        return bool(partner) and partner.sudo().commercial_partner_id in self._get_customer_firms()

    # ------------------------------------------------------------
    # Links
    # ------------------------------------------------------------
    def _is_open_to_link(self):
        """Whether the case's token opens it at this moment, to whoever holds it.

        :return: bool; no for drafts of ours, long after the end, and for people it is about (R73)
        """
        self.ensure_one()
        # sudo: what decides about a link is nobody's to read
        complaint = self.sudo()
        if not complaint.active or self.env.user in complaint.concerned_user_ids:
            return False
        if complaint.state in UNREGISTERED_STATES:
            return complaint.create_uid.share
        if complaint.state in OVER_STATES:
            ended = complaint.date_closed or complaint.write_date
            days = complaint.company_id.complaint_link_days
            return ended > fields.Datetime.now() - timedelta(days=days)
        return True

    @api.model
    def _get_thread_with_access(self, thread_id, **kwargs):
        """What core opens by token or signed link follows the link's end, too."""
        thread = super()._get_thread_with_access(thread_id, **kwargs)
        # Whoever got in by his own rights has no right beyond them
        if thread and thread.env.su and not self.env.su:
            opened = thread.with_env(self.env)._is_open_to_link()
            return thread if opened else self.browse()
        return thread

    def _get_link_partner(self, pid, signature):
        """Whom a personal link was made for.

        :param pid: number of a partner, as it came in a URL; not trusted
        :param signature: what :meth:`_sign_token` answered for him; not trusted
        :return: ``res.partner`` by sudo; empty for a link that was not signed by us
        """
        self.ensure_one()
        # sudo: partners of links may have no login
        partners = self.env["res.partner"].sudo()
        number = to_id(pid)
        if not number:
            return partners
        if not isinstance(signature, str) or not signature.isascii():
            return partners
        # sudo: the signature is made with the case's token
        if not consteq(signature, self.sudo()._sign_token(number)):
            return partners
        # Whoever left is archived: his link shows, as one passed on does
        return partners.browse(number).exists().filtered("active")

    def _get_customer_reader(self, user, pid=None, signature=None):
        """As whom the case is shown: decides which orders, documents and messages (R62).

        :param user: ``res.users`` who looks; callers checked that the case is open to him
        :param pid: as of :meth:`_get_link_partner`, not trusted
        :param signature: as of :meth:`_get_link_partner`, not trusted
        :return: ``res.partner`` by sudo; empty for the holder of a mere link where two sides
            share the case: which of them sent it on, nobody knows
        """
        self.ensure_one()
        # sudo: as whom, not what
        complaint = self.sudo()
        if self._is_customer(user.partner_id):
            return user.partner_id.sudo()
        partner = self._get_link_partner(pid, signature)
        if self._is_customer(partner):
            return partner
        is_colleague = user._is_internal() and self.with_user(user).has_access("read")
        if is_colleague or len(self._get_customer_firms()) == 1:
            return complaint.contact_id or complaint.partner_id
        return partner.browse()

    def _get_customer_url(self, partner):
        """A personal link: whoever got it by mail may answer as ``partner`` (R35, R48).

        Caller: letters to the customer.

        :param partner: ``res.partner`` of the customer's; for others the link only shows
        :return: str, absolute URL
        """
        self.ensure_one()
        return self.get_base_url() + self._get_share_url(pid=partner.id)
