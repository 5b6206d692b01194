from . import (
    complaint_counted,
    complaint_measures,
    complaint_on_time,
    complaint_age,
    complaint_overview,
    complaint_overview_counting,
)
