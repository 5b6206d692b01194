import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {registry} from "@web/core/registry";
import {TextField, textField} from "@web/views/fields/text/text_field";

/**
 * A text in which placeholders are picked from the list that the record offers
 * (`placeholder_list`: `[key, label]`); nobody has to know or type them.
 */
export class ComplaintPlaceholderField extends TextField {
    static template = "complaint_management.PlaceholderField";
    static components = {...TextField.components, Dropdown, DropdownItem};

    get placeholders() {
        return this.props.record.data.placeholder_list || [];
    }

    onPick(key) {
        const input = this.textareaRef.el;
        const position = Math.min(this.selectionStart, input.value.length);
        input.setRangeText(`{{${key}}}`, position, position, "end");
        this.selectionStart = input.selectionStart;
        // As if it had been typed: the field is changed now, and saved when it is left.
        input.dispatchEvent(new window.InputEvent("input", {bubbles: true}));
        input.dispatchEvent(new window.Event("change", {bubbles: true}));
        input.focus();
    }
}

registry.category("fields").add("complaint_placeholder", {
    ...textField,
    component: ComplaintPlaceholderField,
    fieldDependencies: [{name: "placeholder_list", type: "json", readonly: true}],
});
