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
        """Give what is meant for somebody the complaint is about to his stand-in.

        What core copies from complaint and user is given as well, where it would write all
        activities a second time.
        """
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
        # sudo: of users only the time zone is taken
        users = self.env["res.users"].sudo().browse({vals["user_id"] for vals in meant})
        for vals in meant:
            complaint = complaints.browse(vals["res_id"]).with_prefetch(complaints.ids)
            if vals["user_id"] in complaint._get_concerned_users().ids:
                vals["user_id"] = complaint._get_stand_in().id
            user = users.browse(vals["user_id"]).with_prefetch(users.ids)
            vals["res_name"] = complaint.display_name
            vals["user_tz"] = user.tz
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
