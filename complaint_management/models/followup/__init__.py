from . import complaint_rating
