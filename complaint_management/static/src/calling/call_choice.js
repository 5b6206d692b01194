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

/** @returns {boolean} whether somebody on the card is this `res.partner`, or works for it */
function isOf(caller, partnerId) {
    return [caller.id, caller.customer_id].includes(partnerId);
}

/**
 * Who is on the phone while the card shows somebody else, whose goods he talks about.
 *
 * @param {object|null} card
 * @param {number|null} callerId who it was, of several with his number
 * @returns {object|null} one of the card's callers; null where the card is about whoever calls
 */
export function getOnPhone(card, callerId) {
    const callers = card?.callers || [];
    if (!card?.partner_id || callers.some((caller) => caller.customer_id === card.customer_id)) {
        return null;
    }
    return callers.find(({id}) => id === callerId) || callers[0] || null;
}

/**
 * Whose card a result opens. Who is on the phone stays so while one looks for what he talks about,
 * though it may be somebody else's. Who is chosen by name instead is another one: a wrong number in
 * a complaint is worse than none.
 *
 * @param {object} result what was chosen, with the `term` that led to it
 * @param {object} state of the card: `{phone, partnerId, callerId, card}`
 * @returns {{phone: string, partnerId: number|null, callerId: number|null}}
 */
export function getCaller(result, {phone, partnerId: current, callerId, card}) {
    const {kind, partner_id: partnerId, term} = result;
    const callers = card?.callers || [];
    if (kind === "phone") {
        return {phone: cleanPhone(term), partnerId: partnerId || null, callerId: null};
    }
    if (kind === "product") {
        return {phone, partnerId: current, callerId};
    }
    if (kind === "customer" || !callers.length) {
        const isHis = callers.some((caller) => isOf(caller, partnerId));
        const isShown =
            kind !== "customer" && [card?.partner_id, card?.customer_id].includes(partnerId);
        return {
            phone: isHis || !callers.length ? phone : "",
            partnerId: isShown ? card.partner_id : partnerId || null,
            callerId: null,
        };
    }
    const shown = callers.find(({id}) => id === card.partner_id);
    const caller = getOnPhone(card, callerId) || shown || callers[0];
    const his = [caller, ...callers].find((other) => isOf(other, partnerId));
    return {phone, partnerId: his?.id || partnerId || caller.id, callerId: caller.id};
}
