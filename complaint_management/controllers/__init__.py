from . import api, portal, portal_answer, portal_chatter, portal_files, portal_intake, qr_intake
from . import export_groups, report_office
from . import rating
