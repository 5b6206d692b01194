from . import complaint_letters
from . import complaint_demand_letter

from . import complaint_automatic
from . import complaint_acknowledging
from . import complaint_rhythm
from . import complaint_progress
from . import complaint_delay
from . import complaint_delay_causes
from . import complaint_thanking
from . import complaint_chat
from . import (
    complaint_mail_kept,
    complaint_anonymising_mail,
    complaint_mail_kept_verbs,
    complaint_mail_receiving,
    complaint_mail_intake,
    complaint_mail_sender,
    complaint_mail_files,
    complaint_mail_route,
    complaint_mail_reply,
    complaint_mail_flood,
    complaint_mail_hint,
    complaint_mail_hint_verbs,
    complaint_team_alias,
)
