from . import (
    complaint_evidence,
    complaint_evidence_file,
    complaint_report,
    complaint_report_discretion,
    complaint_report_section,
    complaint_report_print,
    complaint_report_sending,
    complaint_report_text,
    complaint_report_verbs,
    complaint_documents,
    complaint_print,
    complaint_print_internal,
)
