{
    "name": "Complaint Management: Coupons",
    "summary": "A coupon as thank-you for a customer whose complaint is settled",
    "version": "19.0.1.0.0",
    "category": "Sales/Complaints",
    "license": "LGPL-3",
    "author": "complaint_management maintainers",
    "auto_install": True,
    "depends": ["complaint_management", "loyalty"],
    "data": [
        "security/ir.model.access.csv",
        "data/mail_template_coupon.xml",
        "views/complaint_complaint_views.xml",
        "views/res_config_settings_views.xml",
    ],
}
