from markupsafe import Markup

from odoo import models

from ..remedies.complaint_demand import OPEN_STATES


class ComplaintSameCaseMerge(models.Model):
    """What the case that goes on takes over from its duplicate (R5, R8, T20).

    The duplicate keeps all it had. Nothing said or found in the case that goes on is rewritten:
    goods, evidence and requests it lacks are added, empty fields are filled. Of another customer's
    duplicate only evidence comes, for inside: goods, orders and requests are each customer's own,
    printed for him and credited to him.
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
    # Parts
    # ------------------------------------------------------------
    def _take_lines(self, duplicate):
        """:return: dict line of ``duplicate`` → the new line here, or an empty one where the goods
        are known
        """
        if duplicate._is_other_customers(self):
            return {}
        lines = duplicate.line_ids.filtered(lambda line: line._is_about_goods())
        missing = self._get_lacking_goods(duplicate)
        vals = [{**line.copy_data()[0], "complaint_id": self.id} for line in missing]
        made = dict(zip(missing, self.line_ids.create(vals), strict=True))
        for line in lines - missing:
            known = self._find_same_goods(line)
            # In a draft made of an order the goods stand there and nobody ticked them yet
            if not known._is_about_goods():
                known.write({"quantity_complained": line.quantity_complained or 1.0})
        return {line: made.get(line, lines.browse()) for line in lines}

    def _get_lacking_goods(self, duplicate):
        """:return: ``complaint.line`` of goods of ``duplicate`` that this case has to take over"""
        if duplicate._is_other_customers(self):
            return duplicate.line_ids.browse()
        return duplicate.line_ids.filtered(
            lambda line: line._is_about_goods() and not self._find_same_goods(line)
        )

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

    def _get_lacking_requests(self, duplicate):
        """:return: open requests of ``duplicate`` that nobody here waits for: one that is done or
        declined already is asked for again
        """
        if duplicate._is_other_customers(self):
            return duplicate.demand_ids.browse()
        asked = self.demand_ids.filtered(lambda d: d.state in OPEN_STATES).mapped("kind")
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
    def _note_same_case(self, duplicate, came, left):
        """Link both in their chatters; here with what the customer said there. Internal notes: no
        mail goes out, and the customer reads nothing of it.

        :param list came: as of :meth:`_take_over`
        :param list left: as of :meth:`_get_left_behind`
        """
        body = Markup("<p>%s</p>") % self._get_same_case_sentence(duplicate)
        for title, texts in (
            (self.env._("Taken over:"), came),
            (self.env._("Not taken over:"), left),
        ):
            items = Markup().join(Markup("<li>%s</li>") % text for text in texts)
            if items:
                body += Markup("<p>%s</p><ul>%s</ul>") % (title, items)
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
