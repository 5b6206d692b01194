import {registry} from "@web/core/registry";

/**
 * What the customer does on his page, on a desk and on a phone: the same steps, since everything is
 * where his thumb finds it.
 */

/**
 * Nothing is cut off at the side: who has to push the page around reads nothing.
 */
function fitsTheScreen() {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) {
        throw new Error(`The page is wider than the screen: ${width} px`);
    }
}

registry.category("web_tour.tours").add("complaint_portal_answer", {
    steps: () => [
        {
            content: "His complaint waits for his answer",
            trigger: ".o_complaint_list a:contains('KR-77'):contains('Please answer')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "He reads what we offer",
            trigger: ".o_complaint_page .alert-warning:contains('We made you an offer')",
            run: fitsTheScreen,
        },
        {
            content: "He chooses the second option",
            trigger: ".o_complaint_option:contains('The money back') input",
            run: "click",
        },
        {
            content: "He says something to it",
            trigger: ".o_complaint_accept textarea[name='remark']",
            run: "edit To the account you know",
        },
        {
            content: "He accepts",
            trigger: ".o_complaint_accept button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "We thank him",
            trigger: "#complaint_flash:contains('We have noted your choice')",
        },
        {
            content: "His choice is on the page",
            trigger: "#complaint_requests .border-success:contains('The money back')",
            run: fitsTheScreen,
        },
    ],
});

registry.category("web_tour.tours").add("complaint_portal_end", {
    steps: () => [
        {
            content: "He signs the sheet we sent",
            trigger: "#complaint_documents button:contains('Sign')",
            run: "click",
        },
        {
            content: "With his name, which stands there already",
            trigger: ".modal .o_web_sign_name_and_signature input:value(Pat Portal)",
        },
        {
            trigger: ".modal canvas.o_web_sign_signature",
            run: "canvasNotEmpty",
        },
        {
            content: "He sends it",
            trigger: ".modal .o_portal_sign_submit:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The signature is kept",
            trigger: "#complaint_documents:contains('Signed by Pat Portal')",
            run: fitsTheScreen,
        },
        {
            content: "He says a word",
            trigger: "#complaint_confirm textarea[name='remark']",
            run: "edit All fine now",
        },
        {
            content: "It is settled",
            trigger: "#complaint_confirm button:contains('Yes, it is settled')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "How content he is",
            trigger: "#complaint_rate label:contains('Very satisfied')",
            run: "click",
        },
        {
            trigger: "#complaint_rate button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "We thank him for it",
            trigger: "#complaint_flash:contains('Thank you for your opinion')",
            run: fitsTheScreen,
        },
    ],
});
