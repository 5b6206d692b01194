import {formatCurrency} from "@web/core/currency";
import {
    deserializeDate,
    deserializeDateTime,
    formatDate,
    formatDateTime,
    toLocaleDateString,
} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {ConnectionLostError, RPCError} from "@web/core/network/rpc";
import {formatFloat} from "@web/core/utils/numbers";

const DATE_LENGTH = "2026-01-31".length;

function parse(text) {
    if (!text) {
        return null;
    }
    return text.length > DATE_LENGTH ? deserializeDateTime(text) : deserializeDate(text);
}

/** What templates need to show dates, money and quantities as everywhere else in Odoo. */
export const format = {
    date: (text) => formatDate(parse(text)),
    /** With the time of day, where there is one. */
    moment: (text) =>
        text?.length > DATE_LENGTH ? formatDateTime(parse(text)) : formatDate(parse(text)),
    /** Short: without the year if it is this one. */
    day: (text) => toLocaleDateString(parse(text)),
    money: (amount, currencyId) => formatCurrency(amount || 0, currencyId),
    quantity: (value) => formatFloat(value || 0, {digits: [16, 3], trailingZeros: false}),
};

/** Only addresses a browser may follow; what a carrier's data holds is somebody else's text. */
export function safeUrl(url) {
    return /^https?:\/\//i.test(url || "") ? url : null;
}

/**
 * @param {Error} error
 * @returns {string} what went wrong, for people
 */
export function describeError(error) {
    if (error instanceof RPCError) {
        return error.data?.message || error.message;
    }
    if (error instanceof ConnectionLostError) {
        return _t("The server cannot be reached. Please try again in a moment.");
    }
    throw error;
}

/** A warning in colour and in words: not everybody sees colours. */
export function showWarning(warning) {
    const levels = {
        danger: {colour: "alert-danger", icon: "fa-exclamation-triangle", label: _t("Danger")},
        warning: {colour: "alert-warning", icon: "fa-exclamation-circle", label: _t("Careful")},
        info: {colour: "alert-info", icon: "fa-info-circle", label: _t("Note")},
    };
    return {...warning, ...levels[warning.level]};
}
