from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ComplaintRegion(models.Model):
    """Whose customers live where: proposes the salesperson a case is dispatched to (R22).

    The most specific region wins: postcode before state before country before everywhere; among
    equals one of the complaint's own team, then the first of the list.
    """

    _name = "complaint.region"
    _description = "Sales Region of Complaints"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True, default=lambda self: self.env.company)
    team_id = fields.Many2one(
        "complaint.team",
        "Only for team",
        index="btree_not_null",
        check_company=True,
        help="Empty: for the complaints of every team.",
    )
    country_ids = fields.Many2many("res.country", string="Countries")
    state_ids = fields.Many2many(
        "res.country.state",
        string="States",
        domain="[('country_id', 'in', country_ids)] if country_ids else []",
    )
    zip_prefixes = fields.Char(
        "Postcodes beginning with",
        help="Separated by commas or spaces: 20, 21, 31000. Empty: all of them.",
    )
    user_id = fields.Many2one(
        "res.users", "Salesperson", required=True, domain="[('share', '=', False)]"
    )
    backup_user_id = fields.Many2one("res.users", "Backup", domain="[('share', '=', False)]")

    @api.constrains("state_ids", "country_ids")
    def _check_states(self):
        """:raise ValidationError: for a state outside the region's countries"""
        for region in self:
            strange = region.state_ids.filtered(
                lambda s, r=region: r.country_ids and s.country_id not in r.country_ids
            )
            if strange:
                raise ValidationError(
                    self.env._(
                        "Region “%(region)s”: %(states)s lie in none of its countries.",
                        region=region.name,
                        states=", ".join(strange.mapped("display_name")),
                    )
                )

    @api.model
    def _find_region(self, partner, company, team=None):
        """:param partner: ``res.partner`` whose address decides
        :param company: ``res.company`` the case belongs to
        :param team: ``complaint.team`` of the case
        :return: the most specific region of the address; empty where none fits
        """
        regions = self.search(
            [
                ("company_id", "in", [company.id, False]),
                ("team_id", "in", [team.id, False] if team else [False]),
            ]
        )
        fitting = [(region._get_fit(partner), region) for region in regions]
        fitting = [(fit, region) for fit, region in fitting if fit is not None]
        # max() keeps the first among equals: the order of the list
        return max(fitting, key=lambda pair: pair[0], default=((), self.browse()))[1]

    def _get_fit(self, partner):
        """:return: how closely the region means the address, to be compared; None: not at all"""
        self.ensure_one()
        code = "".join((partner.zip or "").split()).upper()
        prefixes = [prefix for prefix in self._get_zip_prefixes() if code.startswith(prefix)]
        if (
            (self.country_ids and partner.country_id not in self.country_ids)
            or (self.state_ids and partner.state_id not in self.state_ids)
            or (self._get_zip_prefixes() and not prefixes)
        ):
            return None
        longest = max(map(len, prefixes), default=0)
        return (longest, bool(self.state_ids), bool(self.country_ids), bool(self.team_id))

    def _get_zip_prefixes(self):
        """:return: list of postcode beginnings, without blanks, in capitals"""
        self.ensure_one()
        text = (self.zip_prefixes or "").upper()
        for separator in ",;，、；":
            text = text.replace(separator, " ")
        return text.split()
