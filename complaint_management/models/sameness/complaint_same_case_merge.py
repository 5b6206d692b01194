from markupsafe import Markup

from odoo import models
from odoo.fields import Command

from ..complaint.complaint_classification import SEVERITIES

# Filled in where the case that goes on does not know it yet; the customer's own come with him only.
FILLED_FIELDS = ("customer_reference", "customer_order_ref", "sale_order_id", "picking_id")
CUSTOMER_FIELDS = ("contact_id", "phone", "email_from")
GRADES = [key for key, _label in SEVERITIES]


class ComplaintSameCaseMerge(models.Model):
    """What the case that goes on takes over from its duplicate (R5, R8, T20).

    The duplicate keeps all it had. Nothing said or found in the case that goes on is rewritten:
    goods, evidence and requests it lacks are added, empty fields are filled.
    """

    _inherit = "complaint.complaint"

    def _take_over(self, duplicate, take_requests):
        """Take over what this case lacks; callers checked everything, the user may write both.

        :param duplicate: the complaint that ends
        :param bool take_requests: whether to take requests over, too
        :return: list of translated sentences: what came
        """
        self.ensure_one()
        self._take_concerned(duplicate)
        self._take_fields(duplicate)
        lines = self._take_lines(duplicate)
        evidence = self._take_evidence(duplicate, lines)
        requests = self._take_requests(duplicate) if take_requests else self.demand_ids.browse()
        promises = self._take_promises(duplicate)
        self._take_followers(duplicate)
        came = [
            (self.env._("Goods"), [line.display_name for line in lines.values() if line]),
            (self.env._("Evidence"), evidence.mapped("display_name")),
            (self.env._("Requests"), requests.mapped("display_name")),
            (self.env._("Promises"), promises.mapped("name")),
        ]
        return [f"{label}: {', '.join(names)}" for label, names in came if names]

    # ------------------------------------------------------------
    # People and fields
    # ------------------------------------------------------------
    def _take_concerned(self, duplicate):
        """Whom the one is about, the other is about, before anything of it can be read (R73)."""
        new = duplicate._get_concerned_users() - self._get_concerned_users()
        if new:
            self.write({"concerned_user_ids": [Command.link(user.id) for user in new]})

    def _take_fields(self, duplicate):
        """Fill what is empty, and keep the graver grade: the same case is as grave as it is."""
        names = [*FILLED_FIELDS]
        if not self.partner_id:
            names += ["partner_id", *CUSTOMER_FIELDS]
        elif not duplicate._is_other_customers(self):
            names += CUSTOMER_FIELDS
        vals = {}
        for name in names:
            if duplicate[name] and not self[name]:
                value = duplicate[name]
                vals[name] = value.id if self._fields[name].relational else value
        if GRADES.index(duplicate.severity or "minor") > GRADES.index(self.severity or "minor"):
            vals["severity"] = duplicate.severity
            vals["severity_reason"] = self.env._("As graded in %s, the same case", duplicate.name)
        if vals:
            self.write(vals)

    def _take_followers(self, duplicate):
        """Who follows the one follows the other: colleagues who may read it, and people of its
        customer. Nobody is let in by following.
        """
        # sudo: who follows; what they may read is asked for each of them
        partners = duplicate.sudo().message_partner_ids - self.sudo().message_partner_ids
        customer = self.sudo().partner_id.commercial_partner_id
        fitting = partners.browse()
        for partner in partners:
            users = partner.user_ids.filtered(lambda user: not user.share)
            if users:
                fitting += partner if self.with_user(users[0]).has_access("read") else fitting[:0]
            elif customer and partner.commercial_partner_id == customer:
                fitting += partner
        if fitting:
            self.message_subscribe(fitting.ids)

    # ------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------
    def _take_lines(self, duplicate):
        """:return: dict line of ``duplicate`` → the new line here, or an empty one where the goods
        are known
        """
        lines = duplicate.line_ids.filtered(lambda line: line._is_about_goods())
        missing = lines.filtered(lambda line: not self._find_same_goods(line))
        vals = [{**line.copy_data()[0], "complaint_id": self.id} for line in missing]
        made = dict(zip(missing, self.line_ids.create(vals), strict=True))
        for line in lines - missing:
            known = self._find_same_goods(line)
            # In a draft made of an order the goods stand there and nobody ticked them yet
            if not known._is_about_goods():
                known.write({"quantity_complained": line.quantity_complained or 1.0})
        return {line: made.get(line, lines.browse()) for line in lines}

    def _find_same_goods(self, line):
        """:param line: ``complaint.line`` of the other case
        :return: the line here that is about the same goods, empty where there is none
        """
        lots = set(line.lot_ids.mapped("name")) | {line.lot_name or ""} - {""}
        for known in self.line_ids:
            if line.sale_line_id and known.sale_line_id:
                same = known.sale_line_id == line.sale_line_id
            elif line.product_id or known.product_id:
                same = known.product_id == line.product_id
            else:
                same = (known.name or "").strip().lower() == (line.name or "").strip().lower()
            theirs = set(known.lot_ids.mapped("name")) | {known.lot_name or ""} - {""}
            if same and (not lots or lots <= theirs):
                return known
        return line.browse()

    def _take_evidence(self, duplicate, lines):
        """Copy files this case does not have, byte by byte; the duplicate keeps its own.

        One after the other: several large films at once would fill the memory.

        :param dict lines: as of :meth:`_take_lines`
        :return: the new ``complaint.evidence``
        """
        known = self._get_evidence_checksums(self.evidence_ids)
        theirs = self._get_evidence_checksums(duplicate.evidence_ids)
        made = self.evidence_ids.browse()
        for evidence in duplicate.evidence_ids.with_context(bin_size=False):
            checksum = theirs.get(evidence.id)
            if not checksum and evidence.kind != "sample":
                continue
            if checksum and checksum in known.values():
                continue
            vals = self._prepare_taken_evidence_vals(evidence, lines)
            made += self.evidence_ids.create(vals)
            known[made[-1].id] = checksum
        return made

    def _prepare_taken_evidence_vals(self, evidence, lines):
        """:param evidence: ``complaint.evidence`` of the duplicate
        :return: create values of its copy here; what one customer may see no other one sees
        """
        shown = evidence.customer_visible and not evidence.complaint_id._is_other_customers(self)
        line = lines.get(evidence.line_id) or self._find_same_goods(evidence.line_id)
        place = self.env._("With %s", evidence.complaint_id.name)
        return {
            "complaint_id": self.id,
            "name": evidence.name,
            # A signed sheet acknowledges what was sent in its own case
            "kind": "document" if evidence.kind == "feedback" else evidence.kind,
            "file": evidence.file,
            "file_name": evidence.file_name,
            "customer_visible": shown,
            "condition": evidence.condition,
            "line_id": line.id if evidence.line_id else False,
            "missing_reason": evidence.missing_reason if evidence.file else place,
        }

    def _get_evidence_checksums(self, evidence):
        """:return: dict id of a piece of evidence → checksum of its file"""
        # sudo: only whether it is the same file; who reads the evidence has it
        rows = (
            self.env["ir.attachment"]
            .sudo()
            .search_read(
                [
                    ("res_model", "=", evidence._name),
                    ("res_field", "=", "file"),
                    ("res_id", "in", evidence.ids),
                ],
                ["res_id", "checksum"],
            )
        )
        return {row["res_id"]: row["checksum"] for row in rows}

    def _get_lacking_requests(self, duplicate):
        """:return: open requests of ``duplicate`` whose kind nobody asked for here"""
        asked = self.demand_ids.filtered(lambda d: d.state != "cancelled").mapped("kind")
        return duplicate.demand_ids.filtered(lambda d: d.state == "open" and d.kind not in asked)

    def _take_requests(self, duplicate):
        """:return: the new ``complaint.demand``: as asked for, nothing is answered or decided"""
        return self.demand_ids.create(
            [
                {
                    "complaint_id": self.id,
                    "kind": demand.kind,
                    "name": demand.name,
                }
                for demand in self._get_lacking_requests(duplicate)
            ]
        )

    def _take_promises(self, duplicate):
        """What we promised is kept here, by the same day.

        :return: the new ``complaint.promise``
        """
        promised = duplicate.promise_ids.filtered(lambda p: p.state == "open")
        made = self.promise_ids.create(
            [
                {
                    "complaint_id": self.id,
                    "name": promise.name,
                    "deadline": promise.deadline,
                    "user_id": promise.user_id.id,
                }
                for promise in promised
            ]
        )
        # sudo: a colleague's promise, in a complaint the user may write
        promised.sudo()._write_trusted({"state": "moved"})
        return made

    # ------------------------------------------------------------
    # Saying so
    # ------------------------------------------------------------
    def _note_same_case(self, duplicate, came):
        """Link both in their chatters; here with what the customer said there. Internal notes: no
        mail goes out, and the customer reads nothing of it.

        :param list came: as of :meth:`_take_over`
        """
        items = Markup().join(Markup("<li>%s</li>") % text for text in came)
        body = Markup("<p>%s</p>") % self._get_same_case_sentence(duplicate)
        if items:
            body += Markup("<p>%s</p><ul>%s</ul>") % (self.env._("Taken over:"), items)
        words = (duplicate.description or "").strip()
        if words:
            lines = Markup("<br/>").join(words.split("\n"))
            # No quotation: the chatter would fold it away
            body += Markup("<p>%s</p><p><em>“%s”</em></p>") % (
                self.env._("The customer's words there:"),
                lines,
            )
        self._message_log(body=body)
        ended = self.env._("Same case as %s, which goes on. This one is closed as its duplicate.")
        duplicate._message_log(body=Markup("<p>%s</p>") % self._put_link(ended, self))

    def _get_same_case_sentence(self, duplicate):
        return self._put_link(
            self.env._("%s is the same case and was closed as its duplicate."), duplicate
        )

    @staticmethod
    def _put_link(sentence, complaint):
        """:return: ``Markup`` of a translated sentence, a link to the complaint for its ``%s``"""
        return Markup(sentence.replace("%s", "{}")).format(
            complaint._get_html_link(title=complaint.name)
        )
