import {browser} from "@web/core/browser/browser";
import {router, routerBus} from "@web/core/browser/router";

/** Path of the action: `/odoo/call?phone=…`, `?partner=ID` or `?q=term` opens the card. */
export const PATH = "call";
const KEYS = ["phone", "partner", "q"];
/** So many digits may be the number of somebody whom we do not know. */
const PHONE = /^\+?(?:[\s().\-/]*\d){6,}[\s().\-/]*$/;
const TELEPHONE = /^(?:tel|callto|sips?):/i;

// An address is followed once: who opens "Call" from the menu wants an empty card.
let isToBeFollowed = true;
routerBus.addEventListener("ROUTE_CHANGE", () => {
    isToBeFollowed = true;
});

/**
 * Values of the address as they were written. Core's router turns what looks like a number into
 * one, which costs "+49…" its plus and a lot "0012" its zeros; and softphones send the plus
 * unescaped, which `URLSearchParams` would turn into a space.
 */
function readRaw() {
    const {pathname, search} = browser.location;
    const values = {};
    if (pathname.split("/").at(-1) !== PATH) {
        return values;
    }
    for (const part of search.slice(1).split("&")) {
        const [key, ...rest] = part.split("=");
        if (KEYS.includes(key)) {
            try {
                values[key] = decodeURIComponent(rest.join("="));
            } catch {
                // A stray percent sign: better the text as it came than nothing
                values[key] = rest.join("=");
            }
        }
    }
    return values;
}

function isSame(raw, value) {
    return raw === value || (typeof value === "number" && Number(raw) === value);
}

export function isPhone(text) {
    return PHONE.test(text);
}

/** The caller's number without the scheme of a link and without the host of a SIP address. */
export function cleanPhone(text) {
    const number = String(text ?? "")
        .trim()
        .replace(TELEPHONE, "")
        .split(/[@;]/)[0];
    // A plus within is a space that somebody wrote as forms do
    return number.replace(/(?!^)\+/g, " ").trim();
}

/** @returns {{phone: string, partnerId: number|null, term: string}|null} what the address asks for */
function readAddress() {
    const isFollowed = isToBeFollowed && router.current.action === PATH;
    isToBeFollowed = false;
    if (!isFollowed) {
        return null;
    }
    const raw = readRaw();
    const [phone, partner, term] = KEYS.map((key) =>
        isSame(raw[key], router.current[key]) ? raw[key] : router.current[key],
    );
    return {
        phone: cleanPhone(phone),
        partnerId: Number(partner) || null,
        term: String(term ?? "").replace(/^"(.*)"$/, "$1"),
    };
}

/**
 * @param {object} props of the card, as an action has them
 * @returns {{phone: string, partnerId: number|null, term: string}} what the card starts with
 */
export function readStart({state, action}) {
    const address = readAddress();
    // Where an address was followed, it says who is meant: core brings the last action of the tab
    // with it, and the params of that one may be about the caller before.
    if (state || address) {
        return state || address;
    }
    const params = action.params || {};
    // A call without a number is one, too: not the one the address is still about
    if (["phone", "partner", "q"].some((key) => key in params)) {
        return {
            phone: cleanPhone(params.phone),
            partnerId: params.partner || null,
            term: params.q || "",
        };
    }
    return {phone: "", partnerId: null, term: ""};
}

/** What the address says, so that reloading and going back lead to the same card. */
export function writeAddress({phone, partnerId, term}) {
    return {
        // A scheme and quotation marks keep the router from making numbers of them.
        phone: phone ? `tel:${phone}` : undefined,
        partner: partnerId || undefined,
        q: term && !isNaN(term) ? `"${term}"` : term || undefined,
    };
}
