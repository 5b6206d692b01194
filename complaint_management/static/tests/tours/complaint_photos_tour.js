import {registry} from "@web/core/registry";

/** @returns {Promise<File>} a small picture of one colour, as a camera or a screenshot gives it */
async function paint(name, colour, size = 64) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = size;
    const pencil = canvas.getContext("2d");
    pencil.fillStyle = colour;
    pencil.fillRect(0, 0, size, size);
    const blob = await new Promise((resolve) => {
        canvas.toBlob(resolve, "image/png");
    });
    return new File([blob], name, {type: "image/png"});
}

function carry(files) {
    const data = new DataTransfer();
    files.forEach((file) => data.items.add(file));
    return data;
}

/** As a person drags files from a folder: over the page, over the place, and lets them go. */
async function drop(files) {
    const dataTransfer = carry(files);
    document.body.dispatchEvent(new DragEvent("dragenter", {bubbles: true, dataTransfer}));
    const zone = await new Promise((resolve) => {
        const look = () => {
            const found = document.querySelector(".o_complaint_dropzone");
            found ? resolve(found) : setTimeout(look, 50);
        };
        look();
    });
    zone.dispatchEvent(new DragEvent("dragover", {bubbles: true, cancelable: true, dataTransfer}));
    zone.dispatchEvent(new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer}));
}

function paste(target, files, text) {
    const clipboardData = carry(files);
    if (text) {
        clipboardData.setData("text/plain", text);
    }
    target.dispatchEvent(
        new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData}),
    );
}

const WORDS = ".o_field_widget[name='description'] textarea";

registry.category("web_tour.tours").add("complaint_photos_draft", {
    steps: () => [
        {
            content: "A complaint that has no words yet cannot be saved: files wait",
            trigger: WORDS,
            run: async () => {
                await drop([await paint("first.png", "red"), await paint("second.png", "green")]);
            },
        },
        {
            content: "They are kept",
            trigger: ".o_complaint_photos:not(.d-none) .o_complaint_photo_waiting:eq(1)",
        },
        {trigger: WORDS, run: "edit The tips are rusty."},
        {trigger: ".o_form_button_save", run: "click"},
        {
            content: "Saved, and the files with it",
            trigger: "a.o_complaint_photo[title='second.png']",
        },
        {trigger: "body:not(:has(.o_complaint_photo_waiting))"},
        {
            content: "Two screenshots, and a file that is refused: the others go through",
            trigger: "a.o_complaint_photo[title='first.png']",
            run: async () => {
                const script = new File(["<html><script>1</script></html>"], "page.html", {
                    type: "text/html",
                });
                paste(document.body, [
                    await paint("shot one.png", "blue"),
                    script,
                    await paint("截图二.png", "black"),
                ]);
            },
        },
        {trigger: "a.o_complaint_photo[title='shot one.png']"},
        {trigger: "a.o_complaint_photo[title='截图二.png']"},
        {trigger: ".o_complaint_photo_error:contains(page.html)"},
        {
            content: "Text that is pasted with its picture stays text",
            trigger: WORDS,
            run: async ({anchor}) => {
                paste(anchor, [await paint("text.png", "white")], "Copied from a table");
            },
        },
        {
            content: "What is typed while a file arrives is not lost",
            trigger: WORDS,
            run: async ({anchor}) => {
                paste(document.body, [await paint("third.png", "yellow")]);
                anchor.value = "The tips are rusty, all of them.";
                anchor.dispatchEvent(new InputEvent("input", {bubbles: true}));
                anchor.dispatchEvent(new Event("change", {bubbles: true}));
            },
        },
        {trigger: "a.o_complaint_photo[title='third.png']"},
        {trigger: ".o_complaint_photo_refused .o_complaint_photo_dismiss", run: "click"},
        {trigger: "body:not(:has(.o_complaint_photo_refused))"},
        {trigger: ".o_form_saved, body:not(:has(.o_form_button_save:visible))"},
    ],
});

registry.category("web_tour.tours").add("complaint_photos_registered", {
    steps: () => [
        {
            content: "On whatever page of the form, also of a registered complaint",
            trigger: ".o_field_widget[name='line_ids']",
            run: async () => {
                await drop([await paint("later.png", "red")]);
            },
        },
        {trigger: ".nav-link[name='evidence']", run: "click"},
        {trigger: ".o_field_widget[name='evidence_ids'] .o_kanban_record:contains('later.png')"},
    ],
});
