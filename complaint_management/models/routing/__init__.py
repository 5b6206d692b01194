from . import (
    complaint_team,
    complaint_team_function,
    complaint_stand_in,
    complaint_people,
    complaint_concerned,
    complaint_posting,
    complaint_notice,
    complaint_digest_item,
    complaint_telling,
    complaint_announcing,
    complaint_occasions,
)
