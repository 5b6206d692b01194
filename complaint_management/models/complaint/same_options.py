"""A selection field with the options of another one."""


def same_options(model_name, field_name):
    """What a field takes as its ``selection``: core translates no options that are computed.

    :param str model_name: model of the other selection field
    :param str field_name: its name
    :return: function of a model → its options, in the language of whoever reads
    """
    return lambda model: model.env[model_name]._fields[field_name]._description_selection(model.env)
