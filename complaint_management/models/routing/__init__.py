from . import (
    complaint_team,
    complaint_team_function,
    complaint_posting,
    complaint_telling,
    complaint_announcing,
)
