* Deadlines for first response, plan, handling and report in working hours, with pause and extension.
