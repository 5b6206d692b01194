import {registry} from "@web/core/registry";

/**
 * Choose pictures as the camera of a phone gives them: large.
 *
 * @param {HTMLInputElement} input
 * @param {Object} sizes name → longest side in pixels
 */
async function takePhotos(input, sizes) {
    const transfer = new window.DataTransfer();
    for (const [name, side] of Object.entries(sizes)) {
        const canvas = document.createElement("canvas");
        canvas.width = side;
        canvas.height = side;
        const context = canvas.getContext("2d");
        // Noise: what does not compress is large
        const pixels = context.createImageData(side, side);
        for (let i = 0; i < pixels.data.length; i += 4) {
            pixels.data[i] = (i * 7919) % 256;
            pixels.data[i + 1] = (i * 104729) % 251;
            pixels.data[i + 2] = (i / side) % 256;
            pixels.data[i + 3] = 255;
        }
        context.putImageData(pixels, 0, 0);
        const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.98));
        transfer.items.add(new window.File([blob], name, {type: "image/jpeg"}));
    }
    input.files = transfer.files;
    input.dispatchEvent(new window.Event("change", {bubbles: true}));
}

function fitsWidth() {
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
        throw new Error(`The page is ${root.scrollWidth} wide, the screen ${root.clientWidth}`);
    }
}

const words = [
    {
        content: "More than delivered asks why, before sending",
        trigger:
            ".o_complaint_goods .list-group-item:contains('Screwdriver') .o_complaint_quantity",
        run: "edit 7",
    },
    {
        trigger: ".o_complaint_reason:not(.d-none) textarea:visible",
        run: fitsWidth,
    },
    {
        trigger:
            ".o_complaint_goods .list-group-item:contains('Screwdriver') .o_complaint_quantity",
        run: "edit 2",
    },
    {
        content: "A number ticks the row",
        trigger:
            "body:has(.o_complaint_reason.d-none) .list-group-item:contains('Screwdriver') .o_complaint_take:checked",
    },
    {
        trigger: "#complaint_description",
        run: "edit The tips are rusty",
    },
    {
        content: "Two photos at once",
        trigger: ".o_complaint_files",
        run({anchor}) {
            return takePhotos(anchor, {"first.jpeg": 2600, "second.jpeg": 300});
        },
    },
    {
        trigger: ".o_complaint_previews:has(figure:nth-child(2)) ~ .form-text",
    },
    {
        content: "Another one from a second visit to the camera",
        trigger: ".o_complaint_send:enabled",
        run() {
            return takePhotos(document.querySelector(".o_complaint_files"), {"third.jpeg": 200});
        },
    },
    {
        content: "… and one left out again",
        trigger: ".o_complaint_previews figure:nth-child(3) button",
        run: "click",
    },
    {
        trigger: ".o_complaint_previews:has(figure:nth-child(2)):not(:has(figure:nth-child(3)))",
        run: fitsWidth,
    },
    {
        trigger: "label[for='demand_exchange']",
        run: "click",
    },
];

const send = [
    {
        trigger: ".o_complaint_send:enabled",
        run: "click",
        expectUnloadPage: true,
    },
    {
        trigger: "#complaint_thanks",
        run: fitsWidth,
    },
];

registry.category("web_tour.tours").add("complaint_customer_raises", {
    steps: () => [
        {
            content: "All of the page is there",
            trigger: "#chatterRoot:shadow .o-mail-Composer-input",
        },
        {
            content: "The button stands on the order",
            trigger: "#complaint_sidebar_button",
            run: "click",
            expectUnloadPage: true,
        },
        ...words,
        ...send,
        {
            content: "What he sent stands on the page of the complaint",
            trigger: "#complaint_thanks a.btn-primary",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "#wrap:contains('The tips are rusty')",
            run: fitsWidth,
        },
        {
            trigger: "#chatterRoot:shadow .o-mail-Chatter",
        },
    ],
});

registry.category("web_tour.tours").add("complaint_qr_raises", {
    steps: () => [
        ...words,
        {
            trigger: "#complaint_phone",
            run: "edit 0755 1",
        },
        ...send,
    ],
});
