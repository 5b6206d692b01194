From a sales order or a delivery to a registered complaint in one press; activities for quality,
purchasing and management; plan, cause, measures and their approval; complaint form, feedback sheet
and preventive-action report as PDF.
