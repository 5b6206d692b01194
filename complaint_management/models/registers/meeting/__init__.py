from . import complaint_table_meeting
from . import complaint_meeting_figures
from . import complaint_meeting_lists
from . import complaint_meeting_pareto
