-- What the policies read: one fact of the context that the application set for this transaction; null when it set none.
-- After a commit the setting is '' and not null, hence nullif. Always call it in a sub-select, so that it runs once a query.
create or replace function ctx(key text) returns text
    language sql stable parallel safe
    return nullif(current_setting('app.ctx', true), '')::jsonb ->> key;

-- For tables that only grow: whoever tries, and however (also TRUNCATE), is refused.
create or replace function refuse_change() returns trigger
    language plpgsql as
$$
begin
    raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'restrict_violation';
end
$$;
