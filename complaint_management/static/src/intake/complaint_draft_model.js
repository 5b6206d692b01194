import {x2ManyCommands} from "@web/core/orm_service";
import {getBasicEvalContext, getFieldsSpec} from "@web/model/relational_model/utils";
import {Record} from "@web/model/relational_model/record";
import {RelationalModel} from "@web/model/relational_model/relational_model";
import {isX2Many} from "@web/views/utils";
import {markRaw, reactive} from "@odoo/owl";

/**
 * Saves a draft where it stands. Core's own save reads everything back and makes all rows anew:
 * the open one closes, the cursor is gone, and what is pressed meanwhile reaches rows that are no
 * longer shown. Here the server's ids are given to the rows that are there.
 */
export class DraftRecord extends Record {
    setup(...args) {
        super.setup(...args);
        this.isSavingItself = false;
    }

    get isDraft() {
        return !this._parentRecord && this.data.state === "draft";
    }

    /** Opening a new complaint saves nothing: it needs words first. */
    get hasWords() {
        return Boolean((this.data.description || "").trim());
    }

    /**
     * @returns {Promise<Object>} `saved`: nothing is left to save; `isSeen`: nobody else changed
     *      the draft meanwhile
     */
    saveItself() {
        return this.model.mutex.exec(() => this._saveItself());
    }

    async _saveItself() {
        if (!this.isDraft || (this.isNew && !this.hasWords)) {
            return {saved: this.isDraft && !this.dirty};
        }
        const changes = this._getChanges();
        delete changes.id;
        if (!this.isNew && !Object.keys(changes).length) {
            this._acceptSaved({});
            return {saved: true, isSeen: true};
        }
        if (!this._checkValidity({silent: true})) {
            return {saved: false};
        }
        const specification = this._getDraftSpecification(changes);
        this.isSavingItself = true;
        let result = null;
        try {
            result = await this.model.orm.silent.call(
                this.resModel,
                "save_draft",
                [this.resId ? [this.resId] : [], changes],
                {specification, seen_version: this.data.version, context: this.context},
            );
        } finally {
            this.isSavingItself = false;
        }
        const [values] = result.records;
        if (!result.is_seen) {
            delete values.version;
        }
        if (!this._acceptRows(values)) {
            // Somebody else added rows of his own: show them
            await this._load();
            return {saved: true, isSeen: result.is_seen};
        }
        this._acceptSaved(values);
        return {saved: true, isSeen: result.is_seen};
    }

    /** What the server computes, and the ids of rows that were sent. */
    _getDraftSpecification(changes) {
        const evalContext = getBasicEvalContext(this.config);
        const specification = getFieldsSpec(this.activeFields, this.fields, evalContext);
        for (const name of Object.keys(specification)) {
            if (isX2Many(this.fields[name])) {
                delete specification[name];
                if (name in changes) {
                    specification[name] = {};
                }
            }
        }
        return specification;
    }

    /** @returns {Boolean} whether every row that was sent got its id */
    _acceptRows(values) {
        const created = [];
        for (const name of Object.keys(values)) {
            if (isX2Many(this.fields[name])) {
                const ids = getNewIds(this.data[name], values[name]);
                if (!ids) {
                    return false;
                }
                created.push([this.data[name], ids]);
                delete values[name];
            }
        }
        for (const [list, ids] of created) {
            giveIds(list, ids);
        }
        return true;
    }

    _acceptSaved(values) {
        if (!this.resId && values.id) {
            const patch = {resId: values.id, resIds: this.resIds.concat([values.id])};
            this.model._updateConfig(this.config, patch, {reload: false});
        }
        acceptChanges(this);
        delete values.id;
        this._applyValues(values);
    }

    /** What is on its way must not be sent a second time: then the browser asks before leaving. */
    async urgentSave() {
        if (this.isSavingItself) {
            return false;
        }
        return super.urgentSave();
    }
}

/** @returns {Array|null} ids of created rows in the order in which they were sent */
function getNewIds(list, ids) {
    const known = new Set(list._currentIds);
    const created = getCreated(list);
    const newIds = ids.filter((id) => !known.has(id)).sort((a, b) => a - b);
    return created.length === newIds.length ? newIds : null;
}

function getCreated(list) {
    return list._commands
        .filter(([kind, id]) => kind === x2ManyCommands.CREATE && !list._cache[id].resId)
        .map(([, id]) => id);
}

function giveIds(list, newIds) {
    const created = getCreated(list);
    for (const [index, virtualId] of created.entries()) {
        const row = list._cache[virtualId];
        const resId = newIds[index];
        list.model._updateConfig(row.config, {resId, resIds: [resId]}, {reload: false});
        delete list._cache[virtualId];
        list._cache[resId] = row;
        row._manuallyAdded = false;
        row._setEvalContext();
        list._currentIds = list._currentIds.map((id) => (id === virtualId ? resId : id));
    }
}

/** What was sent is what is there now. */
function acceptChanges(record) {
    // Rows a new complaint came with are no change, but were sent as well
    for (const [name, value] of Object.entries({...record._values, ...record._changes})) {
        if (isX2Many(record.fields[name])) {
            acceptList(value);
        }
    }
    record._values = markRaw({...record._values, ...record._changes});
    record._changes = markRaw({});
    record._initialTextValues = {...record._textValues};
    record.dirty = false;
}

function acceptList(list) {
    for (const row of Object.values(list._cache)) {
        if (row.dirty || Object.keys(row._changes).length) {
            acceptChanges(row);
        }
    }
    const resIds = [...list._currentIds];
    list.model._updateConfig(list.config, {resIds}, {reload: false});
    list._initialCurrentIds = [...resIds];
    list._initialCommands = [];
    list._clearCommands();
}

export class DraftModel extends RelationalModel {
    static Record = DraftRecord;
    // What the browser remembers of a draft is older than what was typed since
    static withCache = false;

    setup(...args) {
        super.setup(...args);
        /** What the sign beside the title says: "", "waiting", "saved", "stale" */
        this.draftSign = reactive({state: "", reason: ""});
    }
}
