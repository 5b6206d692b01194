from odoo import api, models

COMPLAINT_MODEL = "complaint.complaint"


class MailActivityDiscreet(models.Model):
    """Activities of a complaint are closed to whom it is about, also his own (R73).

    He gets no new ones: what the system would give him goes to whoever stands in.
    """

    _name = "mail.activity"
    _inherit = ["complaint.discreet.mixin", "mail.activity"]

    @api.model_create_multi
    def create(self, vals_list):
        """Give what is meant for somebody the complaint is about to his stand-in."""
        model_id = self.env["ir.model"]._get_id(COMPLAINT_MODEL)
        meant = [
            vals
            for vals in vals_list
            if vals.get("user_id")
            and vals.get("res_id")
            and (vals.get("res_model_id") == model_id or vals.get("res_model") == COMPLAINT_MODEL)
        ]
        # sudo: whom a complaint is about decides, whoever plans the activity
        complaints = self.env[COMPLAINT_MODEL].sudo()
        complaints = complaints.browse({vals["res_id"] for vals in meant})
        for vals in meant:
            complaint = complaints.browse(vals["res_id"]).with_prefetch(complaints.ids)
            if vals["user_id"] in complaint._get_concerned_users().ids:
                vals["user_id"] = complaint._get_stand_in().id
        return super().create(vals_list)

    def write(self, vals):
        """Nobody hands an activity of a complaint to somebody it is about.

        :raise UserError: naming complaint and colleague
        """
        if vals.get("user_id"):
            # sudo: whom a complaint is about decides, whoever hands over
            activities = self.sudo().filtered(lambda a: a.res_model == COMPLAINT_MODEL)
            complaints = self.env[COMPLAINT_MODEL].sudo().browse(activities.mapped("res_id"))
            for complaint in complaints.exists() if complaints else ():
                users = complaint._get_concerned_users()
                if vals["user_id"] in users.ids:
                    complaint._refuse_concerned(users.browse(vals["user_id"]))
        return super().write(vals)
