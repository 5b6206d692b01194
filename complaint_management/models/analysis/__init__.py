from . import (
    complaint_counted,
    complaint_dimensions,
    complaint_measures,
    complaint_on_time,
    complaint_age,
    complaint_overview,
    complaint_overview_counting,
    complaint_analysis_mixin,
    complaint_analysis_clock,
    complaint_analysis_action,
    complaint_analysis_promise,
)
