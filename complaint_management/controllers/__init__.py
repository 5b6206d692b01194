from . import portal, portal_chatter, portal_intake
