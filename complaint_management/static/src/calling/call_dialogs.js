import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

import {CallContactDialog} from "./call_contact_dialog";
import {CallLogDialog} from "./call_log_dialog";

const MODEL = "complaint.call";

/**
 * What the card asks in a window of its own.
 *
 * @param {object} page the `CallCard` this is for
 * @returns {{log: Function, createContact: Function}}
 */
export function useCallDialogs(page) {
    const dialog = useService("dialog");
    const notification = useService("notification");
    const orm = useService("orm");

    async function saveCall(values) {
        const logged = await orm.call(MODEL, "log", [], {
            partner_id: page.callerId,
            number: page.state.phone,
            ...values,
        });
        notification.add(_t("The call is logged: %s", logged.name), {type: "success"});
        await page.load();
    }

    /** @returns {Promise<object[]>} who might be the same; nobody was made then */
    async function saveContact(values) {
        const {partner_id: partnerId, duplicates} = await orm.call(MODEL, "create_contact", [], {
            number: page.state.phone,
            ...values,
        });
        if (partnerId) {
            page.show(partnerId);
        }
        return duplicates;
    }

    return {
        /** @param {object|null} complaint what the call is about; a note on the contact without */
        log(complaint = null) {
            const isBound = !page.card.partner_id;
            const complaints = isBound ? page.consumerComplaints : page.openComplaints;
            dialog.add(CallLogDialog, {
                complaints: complaints.map(({id, name, subject}) => ({id, name, subject})),
                complaintId: (complaint || (isBound && complaints[0]))?.id,
                isBound,
                onSave: ({said, complaintId}) =>
                    saveCall({said, complaint_id: complaintId || null}),
            });
        },

        createContact() {
            dialog.add(CallContactDialog, {
                number: page.shownNumber,
                onSave: saveContact,
                onTake: (partnerId) => page.show(partnerId),
            });
        },
    };
}
