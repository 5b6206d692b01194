import {cleanPhone} from "./call_address";

/** What the search box finds: model of the document, and the key that holds its id. */
const DOCUMENTS = {
    order: ["sale.order", "order_id"],
    customer_order: ["sale.order", "order_id"],
    delivery: ["stock.picking", "picking_id"],
    invoice: ["account.move", "id"],
    product: ["product.product", "id"],
    complaint: ["complaint.complaint", "complaint_id"],
};

/** @returns {{model: string, id: number}|null} the document behind a result, to look at */
export function getDocument(result) {
    const [model, key] = DOCUMENTS[result.kind] || [];
    return key && result[key] ? {model, id: result[key]} : null;
}

/** @returns {object} `{order_id, picking_id, sale_line_id, lot_id}` of a complaint about a result */
export function getSource(result, orders) {
    const {kind, id, order_id, picking_id, sale_line_id} = result;
    if (kind === "product") {
        return findBought(id, orders);
    }
    const source = {order_id, picking_id, sale_line_id, lot_id: kind === "lot" ? id : null};
    return Object.fromEntries(Object.entries(source).filter(([, value]) => value));
}

/** The last time he bought a product, as far as the card shows it. */
function findBought(productId, orders) {
    for (const order of orders) {
        const line = order.lines.find(({product_id}) => product_id === productId);
        if (line) {
            return {order_id: order.id, sale_line_id: line.id};
        }
    }
    return {};
}

/**
 * Whose card a result opens. Who is on the phone stays so while one looks for what he talks about,
 * unless it is somebody else's: a wrong number in a complaint is worse than none.
 *
 * @param {object} result what was chosen, with the `term` that led to it
 * @param {object} state of the card: `{phone, partnerId, card}`
 * @returns {{phone: string, partnerId: number|null}}
 */
export function getCaller({kind, partner_id: partnerId, term}, {phone, partnerId: current, card}) {
    if (kind === "phone") {
        return {phone: cleanPhone(term), partnerId: partnerId || null};
    }
    if (kind === "product") {
        return {phone, partnerId: current};
    }
    const callers = card?.callers || [];
    if (kind !== "customer" && card && [card.partner_id, card.customer_id].includes(partnerId)) {
        return {phone, partnerId: card.partner_id};
    }
    const isHis = callers.some((caller) => [caller.id, caller.customer_id].includes(partnerId));
    return {phone: isHis || !callers.length ? phone : "", partnerId: partnerId || null};
}
