"""What is told at one event, said in each reader's language."""

MAX_NAMES = 5


class News:
    """One event on some complaints, on its way to its readers.

    :param str event: key of ``EVENTS``
    :param text: callable ``(complaints, env)`` → sentence in the language of ``env``, whose context
        names the reader (``complaint_reader``); default the event's label and the complaints
    :param messages: ``mail.message`` on the complaints that say it already
    """

    def __init__(self, event, text=None, messages=None):
        self.event = event
        self.text = text
        self.messages = messages

    def say(self, complaints, user):
        """:return: one sentence about ``complaints`` for ``user``, in his language"""
        complaints = complaints.with_context(lang=user.lang, complaint_reader=user)
        env = complaints.env
        if self.text:
            return self.text(complaints, env)
        names = ", ".join(complaints[:MAX_NAMES].mapped("display_name"))
        if len(complaints) > MAX_NAMES:
            names = env._(
                "%(names)s and %(number)s more", names=names, number=len(complaints) - MAX_NAMES
            )
        return env._("%(event)s: %(names)s", event=self.get_label(env), names=names)

    def get_label(self, env):
        """:return: what happened, in the language of ``env``"""
        field = env["complaint.notice"]._fields["event"]
        return dict(field._description_selection(env))[self.event]
