from . import (
    complaint_investigation,
    complaint_category,
    complaint_channel,
    complaint_circumstances,
    complaint_defect,
    complaint_line_source,
    complaint_line_sold,
    complaint_prefill,
    complaint_source,
    complaint_warranty,
)
