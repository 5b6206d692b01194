{
    "name": "Complaint Management: Repairs",
    "summary": "A granted repair is a repair order, and the customer's request follows it",
    "version": "19.0.1.0.0",
    "category": "Sales/Complaints",
    "license": "LGPL-3",
    "author": "complaint_management maintainers",
    "auto_install": True,
    "depends": ["complaint_management", "repair"],
    "data": [
        "views/complaint_complaint_views.xml",
        "views/repair_order_views.xml",
    ],
}
