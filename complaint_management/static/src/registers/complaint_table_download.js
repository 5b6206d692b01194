import {_t} from "@web/core/l10n/translation";
import {download} from "@web/core/network/download";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";

/**
 * Fetches the file of a table; until it is there the screen says that it is being made. Errors of
 * the server (too many rows, no right) are shown as those of any button.
 *
 * @param {Object} env
 * @param {Object} action its params are the request, see complaint.table
 */
export async function downloadComplaintTable(env, action) {
    const ui = env.services.ui;
    const companies = user.activeCompanies.map((company) => company.id);
    ui.block({message: _t("The table is being made…"), delay: 300});
    try {
        await download({
            url: "/complaint/table",
            data: {data: JSON.stringify({...action.params, companies})},
        });
    } finally {
        ui.unblock();
    }
}

registry.category("actions").add("complaint_table_download", downloadComplaintTable);
