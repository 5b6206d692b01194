import {Component, onMounted, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useBus, useService} from "@web/core/utils/hooks";

// Filters say what is shown, these how: a card leaves them alone.
const SHAPING = ["groupBy", "dateGroupBy"];
const REFRESH_MS = 20000;

/**
 * The figures above the list of complaints. Each card is a button that sets the search filters of
 * its name; whose complaints the cards count follows from the filter that is set. The list never
 * waits for the figures.
 */
export class ComplaintOverview extends Component {
    static template = "complaint_management.ComplaintOverview";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.state = useState({scopes: null, isFailed: false});
        this.loadedAt = 0;
        onMounted(() => this.load());
        useBus(this.env.searchModel, "update", () => this.refresh());
    }

    async load() {
        this.loadedAt = Date.now();
        try {
            const {scopes} = await this.orm.silent.call("complaint.complaint", "retrieve_overview");
            Object.assign(this.state, {scopes, isFailed: false});
        } catch {
            // The list below works without them; what is wrong it says itself. Figures that are
            // shown stay: they are as old as they were.
            this.state.isFailed = !this.state.scopes;
        }
    }

    /** Another search shows other complaints of the same figures: not each asks for them again. */
    refresh() {
        if (Date.now() - this.loadedAt > REFRESH_MS) {
            this.load();
        }
        this.render();
    }

    // ---------------------------------------------------------------------------------------------
    // Cards
    // ---------------------------------------------------------------------------------------------
    get scopeCards() {
        const labels = {mine: _t("Mine"), team: _t("My teams"), all: _t("All")};
        const names = Object.keys(this.state.scopes || {mine: 0, all: 0});
        return names.map((name) =>
            this.makeCard(name, labels[name] || name, this.state.scopes?.[name].open, {
                filters: name === "all" ? ["working"] : [name, "working"],
                isOn: this.scope === name,
                hint: _t("Open complaints, without drafts, suggestions and praise"),
            }),
        );
    }

    get workCards() {
        const cards = [
            ["overdue", _t("Overdue"), "danger"],
            ["late_response", _t("Response late"), "danger"],
            ["late_plan", _t("Plan late"), "danger"],
            ["late_handling", _t("Handling late"), "danger"],
            ["late_report", _t("Report late"), "danger"],
            ["due_today", _t("Due today"), "warning"],
            ["waiting_customer", _t("Waiting for customer"), "info"],
        ];
        return cards.map(([name, label, tone]) => {
            const value = this.figures?.[name];
            return this.makeCard(name, label, value, {
                // The filter of the work list alone finds drafts and praise, too
                filters: name === "overdue" ? [...this.scopeFilters, "working", name] : undefined,
                tone: value ? tone : undefined,
            });
        });
    }

    get monthCards() {
        const {received, on_time: onTime} = this.figures || {};
        return [
            this.makeCard("received_month", _t("Received this month"), received?.month, {
                detail: received && _t("%s by now last month", received.same_span),
            }),
            this.makeCard("received_last_month", _t("Received last month"), received?.last_month),
            this.makeCard("late_month", _t("On time this month"), this.getRate(onTime?.month), {
                detail: onTime && _t("%s last month", this.getRate(onTime.last_month)),
                hint: _t(
                    "Deadlines due this month that were kept, of those that are decided. The month is that of the deadline; the analyses go by the month in which the complaint was received, unless grouped by deadline. Press to see the complaints that missed one.",
                ),
            }),
        ];
    }

    makeCard(name, label, value, {filters, isOn, tone, detail, hint} = {}) {
        const own = filters || [...this.scopeFilters, name];
        return {
            name,
            label,
            detail,
            hint: hint || label,
            value: value ?? "–",
            filters: own,
            isOn: isOn ?? this.isShown(own),
            tone: tone || "secondary",
        };
    }

    getRate(counts) {
        if (!counts?.decided) {
            return "–";
        }
        // Never 100 % as long as one deadline was missed
        return `${Math.floor((100 * counts.kept) / counts.decided)} %`;
    }

    get figures() {
        return this.state.scopes?.[this.scope];
    }

    // ---------------------------------------------------------------------------------------------
    // Search
    // ---------------------------------------------------------------------------------------------
    /** Names of the filters set now. */
    get filters() {
        const {query, searchItems} = this.env.searchModel;
        return query
            .map(({searchItemId}) => searchItems[searchItemId])
            .filter((item) => !SHAPING.includes(item.type))
            .map((item) => item.name || item.description);
    }

    get scope() {
        const names = Object.keys(this.state.scopes || {mine: 0});
        return names.find((name) => this.filters.includes(name)) || "all";
    }

    get scopeFilters() {
        return this.scope === "all" ? [] : [this.scope];
    }

    isShown(names) {
        const current = this.filters;
        return current.length === names.length && names.every((name) => current.includes(name));
    }

    /** Show what the card counts; pressed again, all of the same people that is in work. */
    press(card) {
        const names = card.isOn ? [...this.scopeFilters, "working"] : card.filters;
        const model = this.env.searchModel;
        const items = model.getSearchItems((item) => names.includes(item.name));
        const kept = model.query.filter(({searchItemId}) =>
            SHAPING.includes(model.searchItems[searchItemId].type),
        );
        const ids = items.map((item) => item.id);
        model.query = [...kept, ...ids.slice(0, -1).map((searchItemId) => ({searchItemId}))];
        // Told once, by the last
        model.toggleSearchItem(ids.at(-1));
    }
}
