# Rooms follow the business: each folder is one part of a complaint's life.
from . import clocks, complaint, documents, erp, handling, intake, remedies, routing
