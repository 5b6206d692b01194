// Rules of `make lint` for JavaScript; eslint itself is pinned in launcher/js.
const browser = ["window", "document", "console", "setTimeout", "clearTimeout", "URL", "fetch"];
const files = ["FormData", "File", "DataTransfer"];
const events = ["Event", "InputEvent", "DragEvent", "ClipboardEvent"];
const odoo = ["odoo", "luxon", "owl"];

export default [
    {
        files: ["complaint_management*/static/**/*.js"],
        ignores: ["**/static/lib/**"],
        languageOptions: {
            ecmaVersion: 2022,
            sourceType: "module",
            globals: Object.fromEntries(
                [...browser, ...files, ...events, ...odoo].map((name) => [name, "readonly"]),
            ),
        },
        rules: {
            curly: "error",
            eqeqeq: ["error", "always", {null: "ignore"}],
            "no-console": ["error", {allow: ["warn", "error"]}],
            "no-debugger": "error",
            "no-dupe-keys": "error",
            "no-duplicate-imports": "error",
            "no-eval": "error",
            "no-redeclare": "error",
            "no-shadow": "error",
            "no-undef": "error",
            "no-unreachable": "error",
            "no-unused-vars": ["error", {args: "after-used", argsIgnorePattern: "^_"}],
            "no-var": "error",
            "prefer-const": "error",
        },
    },
];
