from ..handling.common import HandlingCommon


class TellingCommon(HandlingCommon):
    """Notes the pop-ups, finds the mails, and makes notices."""

    def setUp(self):
        super().setUp()
        self.toasts = []

        def sendone(_bus, target, notification_type, message):
            if notification_type == "simple_notification":
                self.toasts.append((target, message))

        self.patch(type(self.env["bus.bus"]), "_sendone", sendone)

    def _told(self, words=""):
        """:return: list of users, one for each toast that holds ``words``"""
        return [target.user_ids for target, message in self.toasts if words in message["message"]]

    def _mails(self, complaint):
        return self.env["mail.mail"].search(
            [("model", "=", complaint._name), ("res_id", "=", complaint.id)]
        )

    def _notice(self, event, recipient, *ways, **vals):
        """A notice that tells by ``ways`` and nothing else."""
        vals = {"by_toast": False, **{f"by_{way}": True for way in ways}, **vals}
        return self.env["complaint.notice"].create({"event": event, "recipient": recipient, **vals})

    def _no_notices(self):
        """Forget the notices we ship: a test makes its own."""
        self.env["complaint.notice"].search([]).active = False
