import {dateField, DateTimeField} from "@web/views/fields/datetime/datetime_field";
import {registry} from "@web/core/registry";

/** A month: chosen and shown as one, kept as a day of it, which the open field shows. */
export class ComplaintMonthField extends DateTimeField {
    /** @override */
    getFormattedValue(valueIndex) {
        const value = this.values[valueIndex];
        return value ? value.toLocaleString({month: "long", year: "numeric"}) : "";
    }
}

export const complaintMonthField = {
    ...dateField,
    component: ComplaintMonthField,
    supportedOptions: [],
    extractProps: (...args) => ({
        ...dateField.extractProps(...args),
        minPrecision: "months",
    }),
};

registry.category("fields").add("complaint_month", complaintMonthField);
