from . import complaint_counted
