{
    "name": "Complaint Management: CRM",
    "summary": "A follow-up call that finds a sales opportunity opens one",
    "version": "19.0.1.0.0",
    "category": "Sales/Complaints",
    "license": "LGPL-3",
    "author": "complaint_management maintainers",
    "auto_install": True,
    "depends": ["complaint_management", "crm"],
    "data": [
        "views/complaint_complaint_views.xml",
        "views/crm_lead_views.xml",
    ],
}
