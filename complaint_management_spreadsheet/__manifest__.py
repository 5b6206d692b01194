{
    "name": "Complaint Management: Dashboard",
    "summary": "Complaints at a glance: trend, Paretos, deadlines kept, cost, map, worst products",
    "version": "19.0.1.0.0",
    "category": "Sales/Complaints",
    "license": "LGPL-3",
    "author": "complaint_management maintainers",
    "auto_install": True,
    "depends": ["complaint_management", "spreadsheet_dashboard"],
    "data": ["data/spreadsheet_dashboard_data.xml"],
    "assets": {
        "web.assets_tests": [
            "complaint_management_spreadsheet/static/tests/**/*.js",
        ],
    },
}
