from . import api, portal, portal_answer, portal_chatter, portal_files, portal_intake, qr_intake
from . import evidence_upload, export_groups, portal_upload, rating, report_office, table
