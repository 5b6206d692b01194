from . import complaint_rating
from . import complaint_sheet
from . import complaint_survey
